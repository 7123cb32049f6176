/**
 * What is fetched when the service worker is installed: the hashed files of the build, and the offline page of every language.
 * Files of an earlier build are not thrown away with it: saved copies were written for them.
 */
import { PrecacheController, type PrecacheEntry } from 'workbox-precaching'
import { localeOfPath, localePath } from '#domain/locale.ts'
import { cacheNames, dropOldest } from './copies.ts'

export const offlinePath = '/offline'
const mostFiles = 300 // about five builds

const isHashedFile = (url: URL): boolean => url.pathname.startsWith('/_a/')

export interface Shell {
  install(event: ExtendableEvent): Promise<unknown>
  activate(event: ExtendableEvent): Promise<void>
  /** Whether this file is answered from here. */
  has(url: URL): boolean
  /** A file from wherever it is kept, else from the network; a hashed one is then kept. */
  file(request: Request): Promise<Response>
  /** In the language of the page that cannot be shown. */
  offlinePage(address: string): Promise<Response | undefined>
}

export function createShell(entries: readonly PrecacheEntry[]): Shell {
  const controller = new PrecacheController()
  controller.addToCacheList([...entries])
  return {
    install: (event) => controller.install(event),
    async activate(event) {
      await carryOver(controller)
      await controller.activate(event)
    },
    has: (url) => isHashedFile(url) || controller.getCacheKeyForURL(url.href) !== undefined,
    async file(request) {
      const kept = (await controller.matchPrecache(request)) ?? (await caches.match(request, { ignoreVary: true }))
      if (kept) return kept
      const fetched = await fetch(request)
      if (fetched.ok && isHashedFile(new URL(request.url))) await keepFile(request.url, fetched.clone())
      return fetched
    },
    offlinePage: (address) =>
      controller.matchPrecache(localePath(localeOfPath(new URL(address).pathname).locale, offlinePath)),
  }
}

/** Moves what the new build no longer has out of the cache that is about to be swept. */
async function carryOver(controller: PrecacheController): Promise<void> {
  const cache = await caches.open(controller.strategy.cacheName)
  const current = new Set(controller.getURLsToCacheKeys().values())
  for (const { url } of await cache.keys()) {
    const file = isHashedFile(new URL(url)) && !current.has(url) && (await cache.match(url))
    if (file) await keepFile(url, file)
  }
}

async function keepFile(url: string, file: Response): Promise<void> {
  await (await caches.open(cacheNames.files)).put(url, file)
  await dropOldest(cacheNames.files, mostFiles)
}
