/**
 * The service worker: the site without a network (see "Offline" in the design). It answers navigations and hashed files
 * and lets everything else pass: contacts, health, the relay and every POST never come near a cache.
 */
import { unpackFiles, type PackedFiles } from '#domain/built-files.ts'
import { localeOfPath, localePath, scriptFolder, type Locale } from '#domain/locale.ts'
import type { Ask } from '#domain/asking.ts'
import { cacheNames, isKept, keyOf, listKept } from './copies.ts'
import { createPages } from './pages.ts'
import { picture } from './pictures.ts'
import { takeShared } from './shared.ts'
import { createShell, offlinePath } from './shell.ts'

/** `builtFiles` is where the build writes the addresses and revisions of its files. */
declare const self: ServiceWorkerGlobalScope & { readonly builtFiles: PackedFiles }

/** Pages for one's own things, by their address without a locale; kept from the installation on, in other languages from the first page on. */
const ownPaths = ['/post', '/me', '/data', '/business', '/search']
/** The town's own pages, which moderators edit. */
const townPaths = ['/phones', '/links', '/notices']
/** Answered by the server alone, by their address without a locale; the files of editions by the kept town too, which the search worker reads itself. */
const passedOn = /^\/(api|contact|rooms|latest|blobs|sync|healthz|readyz|metrics|edition|whole|t|cols|cards)(\/|$)/

/** A page's address has no extension; what has one, and the offline pages, is the shell, but for scripts in one language. */
const manifest = unpackFiles(self.builtFiles)
const isPage = (path: string): boolean => {
  const plain = localeOfPath(path).path
  return !/\.[^/]*$/.test(plain) && plain !== offlinePath && !passedOn.test(plain)
}
const isScript = (path: string): boolean => /^\/_a\/.*\//.test(path)
const printed = manifest.filter(({ url }) => isPage(url))
const absolute = (path: string): string => new URL(path, self.location.origin).href
const printedKeys = new Map(printed.map(({ url, revision }) => [keyOf(absolute(url), false), revision ?? '']))

const shell = createShell(manifest.filter(({ url }) => !isPage(url) && !isScript(url)))
const pages = createPages({ printed: printedKeys, offlinePage: shell.offlinePage })

function strategyFor(url: URL) {
  if (ownPaths.includes(localeOfPath(keyedPath(url)).path)) return pages.own
  return printedKeys.has(keyOf(url.href, false)) ? pages.printed : pages.seen
}
const keyedPath = (url: URL): string => new URL(keyOf(url.href, false)).pathname

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== self.location.origin) return
  if (request.method === 'POST' && request.mode === 'navigate' && localeOfPath(url.pathname).path === '/post')
    return event.respondWith(takeShared(request))
  if (request.method !== 'GET') return
  if (url.pathname.startsWith('/blobs/')) return event.respondWith(picture(request))
  if (shell.has(url)) event.respondWith(shell.file(request))
  else if (request.mode === 'navigate' && isPage(url.pathname))
    event.respondWith(strategyFor(url).handle({ request, event }))
})

self.addEventListener('install', (event) => {
  event.waitUntil(Promise.all([shell.install(), ...ownPaths.map((path) => keepOwn(path, event))]))
})

async function keepOwn(path: string, event: ExtendableEvent): Promise<void> {
  const [answer, done] = pages.own.handleAll({ request: fresh(path), event })
  const { ok } = await answer
  await done
  if (!ok || !(await isKept(cacheNames.own, absolute(path)))) throw new Error(`${path} could not be kept`) // installed again later
}

self.addEventListener('activate', (event) => {
  event.waitUntil(
    shell
      .activate()
      .then(dropGone)
      .then(() => self.clients.claim()),
  )
})

/** Printed pages that are no longer printed. */
async function dropGone(): Promise<void> {
  const cache = await caches.open(cacheNames.printed)
  for (const { url } of await cache.keys()) if (!printedKeys.has(url)) await cache.delete(url)
}

self.addEventListener('message', (event) => {
  const ask = event.data as Ask
  if (ask.kind === 'take-over') void self.skipWaiting()
  if (ask.kind === 'fill') event.waitUntil((filling ??= fill(ask.page, event)))
  if (ask.kind === 'rest') event.waitUntil(rest().then(() => event.ports[0]?.postMessage(true)))
  if (ask.kind === 'list') event.waitUntil(listKept().then((kept) => event.ports[0]?.postMessage(kept)))
})

/** A notification of what is new in what somebody watches: the page it names, in a window that is open or in a new one. */
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { path } = event.notification.data as { readonly path: string }
  event.waitUntil(show(path))
})

async function show(path: string): Promise<void> {
  const [open] = await self.clients.matchAll({ type: 'window' })
  if (!open) return void (await self.clients.openWindow(path))
  await open.focus()
  await open.navigate(path)
}

let filling: Promise<void> | undefined
let isResting = false

async function rest(): Promise<void> {
  isResting = true
  await filling
  isResting = false
}

/** One page after the other and of low priority, so that a reader's own requests go first; what is missing is asked again by the next page. */
async function fill(page: string, event: ExtendableEvent): Promise<void> {
  try {
    const { locale } = localeOfPath(new URL(page).pathname)
    await keepSeen(page, event)
    for (const path of ['/', '/guides', ...townPaths]) await keepSeen(absolute(localePath(locale, path)), event)
    for (const notice of await noticesKept(locale)) await keepSeen(notice, event)
    await keepSpoken(locale, event)
    for (const [key, revision] of printedKeys) {
      const isOurs = localeOfPath(new URL(key).pathname).locale === locale
      if (isOurs && !(await isKept(cacheNames.printed, key, revision))) await keep(pages.printed, key, event)
    }
  } catch {
    // the network went; the next page asks again
  } finally {
    filling = undefined
  }
}

/** Those that the kept page of notices leads to. */
async function noticesKept(locale: Locale): Promise<readonly string[]> {
  const all = absolute(localePath(locale, '/notices'))
  const page = (await (await (await caches.open(cacheNames.seen)).match(all))?.text()) ?? ''
  return [...page.matchAll(/href="(\/[^"]*notices\/[a-z0-9-]+)"/g)].map(([, path = '']) => absolute(path))
}

/** What the installation kept in one language only: pages for one's own things, and the scripts with words in them. */
async function keepSpoken(locale: Locale, event: ExtendableEvent): Promise<void> {
  for (const own of ownPaths.map((path) => absolute(localePath(locale, path))))
    if (!(await isKept(cacheNames.own, own))) await keep(pages.own, own, event)
  const folder = scriptFolder(locale)
  for (const { url } of manifest)
    if (!isResting && folder && url.startsWith(`/_a/${folder}`)) await shell.file(new Request(url, { priority: 'low' }))
}

/** The first page a browser ever opens was loaded before this worker was there. */
async function keepSeen(address: string, event: ExtendableEvent): Promise<void> {
  const url = new URL(address)
  if (url.origin !== self.location.origin || !isPage(url.pathname) || strategyFor(url) !== pages.seen) return
  if (!(await isKept(cacheNames.seen, keyOf(address, true)))) await keep(pages.seen, address, event)
}

const fresh = (address: string): Request =>
  new Request(address, { cache: 'no-cache', priority: 'low', headers: { accept: 'text/html' } })

async function keep(strategy: typeof pages.seen, address: string, event: ExtendableEvent): Promise<void> {
  if (isResting) return
  const [answer, done] = strategy.handleAll({ request: fresh(address), event })
  await answer
  await done
}
