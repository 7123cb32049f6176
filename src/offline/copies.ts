/**
 * Copies of pages in the browser's caches, as the service worker writes and reads them. A copy carries the time it was
 * saved and, when it was printed with the site, its revision; only whole answers (200, HTML, not redirected) become copies.
 */
import type { Kept, KeptPage } from '#domain/asking.ts'

/** Three caches, since they are emptied by different rules: 200 newest; with the build; never. */
export const cacheNames = {
  seen: 'seen',
  printed: 'printed',
  own: 'own',
  files: 'files',
  pictures: 'pictures',
} as const

const savedAtHeader = 'x-saved-at'
const revisionHeader = 'x-revision'

/** One key per page: the trailing slash makes no second one. */
export function keyOf(address: string, keepsQuery: boolean): string {
  const url = new URL(address)
  const path = url.pathname.replace(/(?<=.)\/$/, '')
  return url.origin + path + (keepsQuery ? url.search : '')
}

/** The copy to store, or null for an answer that is not to be kept. */
export function copyOf(response: Response, savedAt: number, revision?: string): Response | null {
  const isWhole = response.status === 200 && response.type === 'basic' && !response.redirected
  if (!isWhole || !isHtml(response) || /no-store/.test(response.headers.get('cache-control') ?? '')) return null
  const headers = new Headers(response.headers)
  headers.set(savedAtHeader, String(savedAt))
  if (revision) headers.set(revisionHeader, revision)
  return new Response(response.body, { headers })
}

const isHtml = (response: Response): boolean => response.headers.get('content-type')?.startsWith('text/html') ?? false

/** The copy as a reader gets it: `data-saved-at` on its root brings out the mark that every page carries. */
export async function markedCopy({
  cachedResponse: copy,
}: {
  cachedResponse?: Response
}): Promise<Response | undefined> {
  if (!copy) return undefined
  const headers = new Headers(copy.headers)
  for (const name of ['content-length', 'content-encoding']) headers.delete(name) // they told of other bytes
  const html = await copy.text()
  return new Response(html.replace('<html', `<html data-saved-at="${savedAtOf(copy)}"`), { headers })
}

/** A cache lists its entries in the order they were stored, and storing one again moves it to the end. */
export async function dropOldest(cacheName: string, most: number): Promise<void> {
  const cache = await caches.open(cacheName)
  const keys = await cache.keys()
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key)
}

const savedAtOf = (copy: Response): number => Number(copy.headers.get(savedAtHeader))

export async function isKept(cacheName: string, key: string, revision?: string): Promise<boolean> {
  const copy = await (await caches.open(cacheName)).match(key)
  return copy !== undefined && (!revision || copy.headers.get(revisionHeader) === revision)
}

/** What the offline page lists, newest first. */
export async function listKept(): Promise<Kept> {
  const [seen, printed] = [await pagesIn(cacheNames.seen), await pagesIn(cacheNames.printed)]
  const isGuide = ({ path }: KeptPage): boolean => /\/guides\/./.test(path)
  return { pages: seen, guides: printed.filter(isGuide) }
}

async function pagesIn(cacheName: string): Promise<readonly KeptPage[]> {
  const cache = await caches.open(cacheName)
  const pages = (await cache.keys()).map(async ({ url }): Promise<readonly KeptPage[]> => {
    const copy = await cache.match(url)
    if (!copy) return [] // removed meanwhile
    const { pathname, search } = new URL(url)
    const title = /<title>([^<]*)/.exec(await copy.text())?.[1] ?? pathname
    return [{ path: pathname + search, title, savedAt: savedAtOf(copy) }]
  })
  return (await Promise.all(pages)).flat().sort((a, b) => b.savedAt - a.savedAt)
}
