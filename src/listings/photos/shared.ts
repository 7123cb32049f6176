/** What another app handed over: the service worker keeps it until the form opens (src/offline/shared.ts). Taken once. */
import { sharedCache, sharedPaths } from '#domain/shared.ts'

export async function sharedFiles(): Promise<readonly File[]> {
  const cache = await caches.open(sharedCache)
  const keys = (await cache.keys()).filter(({ url }) => new URL(url).pathname.startsWith(sharedPaths.photos))
  const files = await Promise.all(
    keys.map(async (key) => {
      const kept = await cache.match(key)
      await cache.delete(key)
      const blob = await kept?.blob()
      const name = decodeURIComponent(kept?.headers.get('x-name') ?? '')
      return blob ? [new File([blob], name, { type: blob.type })] : []
    }),
  )
  return files.flat()
}

export async function sharedText(): Promise<Readonly<Record<string, string>>> {
  const cache = await caches.open(sharedCache)
  const kept = await cache.match(sharedPaths.words)
  await cache.delete(sharedPaths.words)
  return ((await kept?.json()) as Record<string, string> | undefined) ?? {}
}
