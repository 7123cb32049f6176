/**
 * How the service worker answers a navigation: from the network if it answers within three seconds, else from a copy.
 * Three kinds of pages differ only in where copies are kept and for how long.
 */
import type { WorkboxPlugin } from 'workbox-core'
import { NetworkFirst } from 'workbox-strategies'
import { cacheNames, copyOf, dropOldest, keyOf, markedCopy } from './copies.ts'

const waitSeconds = 3
const mostSeen = 200

export interface PagesDeps {
  /** Revision by key, of the pages printed with the site. */
  readonly printed: ReadonlyMap<string, string>
  readonly offlinePage: (address: string) => Promise<Response | undefined>
}

export function createPages({ printed, offlinePage }: PagesDeps) {
  const strategy = (cacheName: string, keepsQuery: boolean, plugin: WorkboxPlugin) =>
    new NetworkFirst({
      cacheName,
      networkTimeoutSeconds: waitSeconds,
      plugins: [
        {
          cacheKeyWillBeUsed: async ({ request }) => keyOf(request.url, keepsQuery),
          fetchDidSucceed: async ({ request, response }) => {
            const { status } = response
            if (status >= 502 && status <= 504) throw new Error('the server behind the proxy is away')
            if (status === 404 || status === 410)
              await (await caches.open(cacheName)).delete(keyOf(request.url, keepsQuery)) // removed there, removed here
            return response
          },
          handlerDidError: async ({ request }) => offlinePage(request.url),
        },
        plugin,
      ],
    })
  return {
    /** Rendered for this request: listings, categories, people. */
    seen: strategy(cacheNames.seen, true, {
      cacheWillUpdate: async ({ response }) => copyOf(response, Date.now()),
      cacheDidUpdate: () => dropOldest(cacheNames.seen, mostSeen),
      cachedResponseWillBeUsed: markedCopy,
    }),
    /** Printed with the site: guides, rules, phones. */
    printed: strategy(cacheNames.printed, false, {
      cacheWillUpdate: async ({ request, response }) =>
        copyOf(response, Date.now(), printed.get(keyOf(request.url, false))),
      cachedResponseWillBeUsed: markedCopy,
    }),
    /** About one's own things, which are on this device anyway: no mark. What a query asked of the server is not kept. */
    own: strategy(cacheNames.own, false, {
      cacheWillUpdate: async ({ request, response }) =>
        new URL(request.url).search ? null : copyOf(response, Date.now()),
    }),
  }
}
