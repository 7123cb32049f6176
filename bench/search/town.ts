/**
 * Search as it is: a real server on a town's data folder prints a base as it starts; then 500 and some more changes come in
 * over sockets, and it prints a delta. The search worker's own engine asks it over HTTP, cold with everything new for each
 * query, warm with all queries asked before. Arguments: listings, queries of each kind, now. Prints one line of JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wireLimit } from '#domain/edition.ts'
import { createEditionFiles } from '#src/search/files.ts'
import { search } from '#src/search/engine.ts'
import { createLibrary } from '#src/search/library.ts'
import type { CorpusQuery } from '../corpus/queries.ts'
import { forgetPeak, processorMs, quiet, residentBytes } from '../relay/accounts.ts'
import { origin } from '../relay/material.ts'
import { sendChanges } from './changes.ts'
import { createCountingFetch } from './counting-fetch.ts'
import { materialOf, percentile, town } from './material.ts'
import { freePort, startPortal } from './portal-process.ts'
import { createAuthors } from './records.ts'
import { fillFolder } from './town-folder.ts'
import type { Spread } from './press.ts'

export interface TownFigures {
  readonly base: Printed
  readonly delta: Printed
  readonly changes: number
  /** Of the delta's processor time, what the changes would have cost without a print. */
  readonly judgingMs: number
  readonly packBytes: number
  readonly updateBytes: number
  readonly cold: Readonly<Record<string, Spread>>
  readonly warmP50: number
  readonly warmP95: number
  readonly slowest: string
  readonly found: number
  readonly facetBytes: number
}
export interface Printed {
  readonly cpuMs: number
  readonly ms: number
  readonly peakBytes: number
}

const [count = '0', each = '0', now = '0'] = process.argv.slice(2)
const { corpus, listings, queries } = materialOf(Number(count), Number(each), Number(now))
const authors = createAuthors(listings.length)
const folder = mkdtempSync(join(tmpdir(), 'bench-town-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
await fillFolder(folder, listings, authors)
const address = { port: await freePort(), origin }

const start = async () => {
  const startedAt = performance.now()
  const portal = await startPortal(folder, address)
  const pointer = await portal.printed()
  await quiet(portal.pid)
  const cost = {
    cpuMs: processorMs(portal.pid),
    ms: performance.now() - startedAt,
    peakBytes: residentBytes(portal.pid).peak,
  }
  if (!pointer) throw new Error('nothing was printed')
  return { portal, pointer, cost }
}
const first = await start()
await first.portal.stop()
const { portal, pointer, cost } = await start() // the edition is there: what a start costs without a print
const base: Printed = {
  cpuMs: first.cost.cpuMs - cost.cpuMs,
  ms: first.cost.ms - cost.ms,
  peakBytes: first.cost.peakBytes,
}

const wanted = Math.max(500, wireLimit(listings.length) + 8) // a few more than 500 where the wire takes 512
const churn = corpus.churned(listings, (wanted * 1.08) / listings.length)
forgetPeak(portal.pid)
const [cpuBefore, changedAt] = [processorMs(portal.pid), performance.now()]
const changes = await sendChanges(portal.sync, authors, listings, churn, 1)
await portal.printed(pointer.edition)
await quiet(portal.pid)
const delta: Printed = {
  cpuMs: processorMs(portal.pid) - cpuBefore,
  ms: performance.now() - changedAt,
  peakBytes: residentBytes(portal.pid).peak,
}

// What it costs to take and judge such changes, from some that are too few for another print.
const touched = new Set([...churn.edited, ...churn.gone].map(({ entry }) => entry.id))
const untouched = listings.filter(({ entry }) => !touched.has(entry.id))
const few = corpus.churned(untouched, wireLimit(listings.length) / 2 / untouched.length)
const judgedBefore = processorMs(portal.pid)
const judged = await sendChanges(portal.sync, authors, listings, few, 2)
await quiet(portal.pid)
const judgingMs = ((processorMs(portal.pid) - judgedBefore) / judged) * changes

const newest = await portal.printed()
if (!newest) throw new Error('no edition')

async function library() {
  const counted = createCountingFetch(portal.http)
  const files = createEditionFiles({ fetch: counted.fetch, cache: async () => undefined, onStale: () => undefined })
  const nothing = () => undefined
  const made = createLibrary({
    town,
    files,
    locale: () => 'zh-Hans',
    onLoaded: (edition) => made.hear(edition, { entries: [], dead: [], held: true }),
    onBare: nothing,
    onInForce: nothing,
    whenWhole: async (_, then) => then(),
    onChanged: nothing,
  })
  await made.look()
  const collection = made.collection()
  if (!collection) throw new Error('no collection')
  return { counted, collection }
}
const askedOf = ({ query, category, district }: CorpusQuery) => ({
  query,
  locale: 'zh-Hans' as const,
  now: Date.now(),
  chips: { ...(category && { category }), ...(district && { district }) },
})

const cold: { kind: string; bytes: number; requests: number }[] = []
let facetBytes = 0
for (const asked of queries) {
  const { counted, collection } = await library()
  const { facets } = await search(askedOf(asked), collection)
  cold.push({ kind: asked.kind, ...counted.taken() })
  if (asked === queries[0]) {
    await facets()
    facetBytes = counted.taken().bytes
  }
}
const { collection } = await library()
let found = 0
for (const asked of queries) found += (await search(askedOf(asked), collection)).found.counts.listing
for (const asked of queries.slice(0, 60)) await search(askedOf(asked), collection)
const warm: { ms: number; query: string }[] = []
for (const asked of queries) {
  const at = performance.now()
  await search(askedOf(asked), collection)
  warm.push({ ms: performance.now() - at, query: asked.query })
}
await portal.stop()

const spread = (some: typeof cold): Spread => {
  const of = (key: 'bytes' | 'requests', share: number) =>
    percentile(
      some.map((one) => one[key]),
      share,
    )
  return {
    p50: of('bytes', 0.5),
    p95: of('bytes', 0.95),
    requestsP50: of('requests', 0.5),
    requestsP95: of('requests', 0.95),
  }
}
const kinds = [...new Set(queries.map(({ kind }) => kind))]
const times = warm.map(({ ms }) => ms)
const figures: TownFigures = {
  base,
  delta,
  changes,
  judgingMs,
  packBytes: newest.bytes,
  updateBytes: newest.base === pointer.base ? newest.bytes - pointer.bytes : newest.bytes,
  cold: Object.fromEntries([
    ['all', spread(cold)],
    ...kinds.map((kind) => [kind, spread(cold.filter((one) => one.kind === kind))] as const),
  ]),
  warmP50: percentile(times, 0.5),
  warmP95: percentile(times, 0.95),
  slowest: [...warm]
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 6)
    .map(({ ms, query }) => `${query} ${ms.toFixed(0)}`)
    .join(', '),
  found,
  facetBytes,
}
console.log(JSON.stringify(figures))
process.exit(0)
