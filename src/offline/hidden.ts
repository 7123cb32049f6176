/** Copies of pages that show what moderators have hidden go: the page itself for good, one that only lists it is fetched anew. */
import { labelsCache, labelsPath } from '#domain/hidden.ts'
import { cacheNames } from './copies.ts'

const patienceMs = 10_000 // a worker that waits for an answer cannot give way to a newer one
/** With this list the copies were gone through last. */
const doneKey = '/labels-done'

/** @param again fetches a page into its cache @throws without a network */
export async function dropHidden(again: (address: string) => Promise<void>): Promise<void> {
  const answer = await fetch(labelsPath, { signal: AbortSignal.timeout(patienceMs) })
  const list = await answer.text()
  const labels = await caches.open(labelsCache)
  if (!answer.ok || (await (await labels.match(doneKey))?.text()) === list) return
  const seen = await caches.open(cacheNames.seen)
  const names = (text = ''): boolean =>
    [...text.matchAll(/\/(?:l|u)\/([a-z2-7]{26})/g)].some(([, id = '']) => list.includes(id))
  const listing: string[] = []
  for (const { url } of await seen.keys()) {
    if (!names(await (await seen.match(url))?.text())) continue
    await seen.delete(url)
    if (!names(url)) listing.push(url)
  }
  await labels.put(doneKey, new Response(list))
  for (const url of listing) await again(url)
}
