/**
 * What is fetched when the service worker is installed: the hashed files of the build, and the offline page of every language.
 * Files of an earlier build are not thrown away with it: saved copies were written for them.
 */
import { shellCache, type BuiltFile } from '#domain/built-files.ts'
import { localeOfPath, localePath } from '#domain/locale.ts'
import { cacheNames, dropOldest } from './copies.ts'

export const offlinePath = '/offline'
const mostFiles = 300 // about five builds
/** Fetched at the same time: one after the other, a far server would make it a long installation. */
const lanes = 6

const isHashedFile = (url: URL): boolean => url.pathname.startsWith('/_a/')

export interface Shell {
  /** What is already here is not fetched again, so that one that broke off goes on where it was. @throws without a network */
  install(): Promise<unknown>
  activate(): Promise<void>
  /** Whether this file is answered from here. */
  has(url: URL): boolean
  /** A file from wherever it is kept, else from the network; a hashed one is then kept. */
  file(request: Request): Promise<Response>
  /** In the language of the page that cannot be shown. */
  offlinePage(address: string): Promise<Response | undefined>
}

export function createShell(files: readonly BuiltFile[]): Shell {
  /** Under which key a file is kept: its revision is part of it. */
  const keys = new Map(
    files.map(({ url, revision }) => {
      const { href } = new URL(url, self.location.origin)
      return [href, revision ? `${href}?${revision}` : href]
    }),
  )
  const opened = (): Promise<Cache> => caches.open(shellCache)
  const kept = async (address: string): Promise<Response | undefined> =>
    (await opened()).match(keys.get(new URL(address, self.location.origin).href) ?? address, { ignoreVary: true })
  return {
    async install() {
      const cache = await opened()
      const missing = keys.entries()
      const lane = async (): Promise<void> => {
        for (const [url, key] of missing) if (!(await cache.match(key))) await cache.put(key, await fetched(url, key))
      }
      await Promise.all(Array.from({ length: lanes }, lane))
    },
    /** Moves what the new build no longer has out of the way. */
    async activate() {
      const cache = await opened()
      const current = new Set(keys.values())
      for (const { url } of await cache.keys()) {
        const file = !current.has(url) && (await cache.match(url))
        if (!file) continue
        if (isHashedFile(new URL(url))) await keepFile(url, file)
        await cache.delete(url)
      }
    },
    has: (url) => isHashedFile(url) || keys.has(url.href),
    async file(request) {
      const found = (await kept(request.url)) ?? (await caches.match(request, { ignoreVary: true }))
      if (found) return found
      const answer = await fetch(request)
      if (answer.ok && isHashedFile(new URL(request.url))) await keepFile(request.url, answer.clone())
      return answer
    },
    offlinePage: (address) => kept(localePath(localeOfPath(new URL(address).pathname).locale, offlinePath)),
  }
}

/** What has a revision may stand in the browser's cache with an older one. */
async function fetched(url: string, key: string): Promise<Response> {
  const answer = await fetch(url, { cache: url === key ? 'default' : 'reload', priority: 'low' })
  if (!answer.ok || answer.redirected) throw new Error(`${url}: ${answer.status}`)
  return answer
}

async function keepFile(url: string, file: Response): Promise<void> {
  await (await caches.open(cacheNames.files)).put(url, file)
  await dropOldest(cacheNames.files, mostFiles)
}
