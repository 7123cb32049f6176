/**
 * Copies of what moderators have hidden or a key's owner had erased go: the page itself for good, one that only lists it is fetched anew, and
 * of what was erased the rooms and files in which it may stand too. A list that does not check out changes nothing and is told.
 */
import { labelsCache, labelsPath, markOf, openHidden } from '#domain/hidden.ts'
import { seenIn, seenKey } from '#domain/seen.ts'
import { townCache } from '#domain/kept-town.ts'
import { cacheNames, copyOf } from './copies.ts'

const patienceMs = 10_000
/** With this list the copies were gone through last. */
const doneKey = '/labels-done'

/** Run by pages: the service worker, which every visit loads, stays small. @throws without a network */
export async function dropHidden(): Promise<void> {
  const answer = await fetch(labelsPath, { signal: AbortSignal.timeout(patienceMs) })
  const list = await answer.text()
  const labels = await caches.open(labelsCache)
  const done = await (await labels.match(doneKey))?.text()
  if (!answer.ok || done === list) return
  const before = done === undefined ? undefined : await openHidden(done, undefined)
  const hidden = await openHidden(list, typeof before === 'string' ? undefined : before)
  if (typeof hidden === 'string') return console.error(`${labelsPath}: ${hidden}`)
  for (const label of hidden.wrong) console.error(`${labelsPath}: not a moderator's: ${label}`)
  const { ids, gone, erased } = hidden
  const names = async (text = ''): Promise<boolean> => {
    if ([...text.matchAll(/\/(?:l|u)\/([a-z2-7]{26})/g)].some(([, id = '']) => ids.has(id))) return true
    const dids = erased.size > 0 ? new Set(text.match(/did:key:z6Mk\w{44}/g)) : []
    for (const did of dids) if (erased.has(await markOf(did))) return true
    return false
  }
  const seen = await caches.open(cacheNames.seen)
  const listing: string[] = []
  for (const { url } of await seen.keys()) {
    if (!(await names(await (await seen.match(url))?.text()))) continue
    await seen.delete(url)
    if (!(await names(url.replaceAll('%3A', ':')))) listing.push(url)
  }
  forgetSeen(ids)
  const told = typeof before === 'object' ? before.gone : new Set<string>()
  await dropErased([...gone].filter((id) => !told.has(id)))
  await labels.put(labelsPath, new Response(list))
  await labels.put(doneKey, new Response(list))
  for (const url of listing) {
    const copy = copyOf(
      await fetch(url, { cache: 'no-cache', priority: 'low', headers: { accept: 'text/html' } }),
      Date.now(),
    )
    if (copy) await seen.put(url, copy)
  }
}

/** What this device remembers to have shown. */
function forgetSeen(ids: ReadonlySet<string>): void {
  try {
    const seen = seenIn(localStorage.getItem(seenKey))
    const rest = seen.filter(({ id }) => !ids.has(id))
    if (rest.length < seen.length) localStorage.setItem(seenKey, JSON.stringify(rest))
  } catch {
    // storage is blocked: nothing was remembered
  }
}

/** Rooms that the relay writes are given again; a file of the kept town is fetched again when it is asked for. */
async function dropErased(gone: readonly string[]): Promise<void> {
  if (gone.length === 0) return
  for (const { name = '' } of (await indexedDB.databases?.().catch(() => [])) ?? [])
    if (/^xxg\/(?:wire|latest)\//.test(name)) indexedDB.deleteDatabase(name)
  const town = await caches.open(townCache)
  for (const file of await town.keys()) {
    const text = (await (await town.match(file))?.text()) ?? ''
    if (gone.some((id) => text.includes(id))) await town.delete(file)
  }
}
