/**
 * The press by itself, as a process of its own: a base of all listings, then a delta after 500 changes, each file
 * compressed as it is stored; without database and disk. Then cold queries against what was printed (cold-query.ts).
 * Arguments: listings, queries of each kind, now. Prints one line of JSON.
 */
import { brotliCompressSync, constants } from 'node:zlib'
import type { SearchEntry } from '#domain/search-entry.ts'
import { inPrint, tokensOf } from '#domain/search-entry.ts'
import { searchFields } from '#domain/posting.ts'
import { createPrinting } from '../../server/projector/printing.ts'
import { forgetPeak, residentBytes } from '../relay/accounts.ts'
import { coldQuery, type Printed } from './cold-query.ts'
import { materialOf, ownCpuMs, percentile, town } from './material.ts'

export interface PressFigures {
  readonly base: Print
  readonly delta: Print
  readonly packBytes: number
  readonly updateBytes: number
  readonly cold: Readonly<Record<string, Spread>>
}
export interface Print {
  readonly cpuMs: number
  readonly ms: number
  readonly peakBytes: number
  readonly files: number
}
export interface Spread {
  readonly p50: number
  readonly p95: number
  readonly requestsP50: number
  readonly requestsP95: number
}

const [count = '0', each = '0', now = '0'] = process.argv.slice(2)
const { corpus, listings, queries } = materialOf(Number(count), Number(each), Number(now))
const churn = corpus.churned(listings, 500 / listings.length)

const packed = (bytes: Uint8Array, quality: number): Uint8Array =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })

const gone = (globalThis as { gc?: () => void }).gc
const ordinals = new Map<string, number>()

function print(entries: readonly SearchEntry[], start: number, replaced: readonly SearchEntry[]) {
  gone?.()
  forgetPeak(process.pid)
  const [cpuBefore, startedAt] = [ownCpuMs(), performance.now()]
  const files = new Map<string, Uint8Array>()
  const press = createPrinting(start, (kind, n, bytes) => void files.set(`${kind}/${n}`, packed(bytes, 5)))
  const placed = entries.map((entry) => [entry.id, press.add(entry, tokensOf(entry, town))] as const)
  const dead = replaced.map(({ id }) => ordinals.get(id) ?? 0).sort((a, b) => a - b)
  const deadTotals = searchFields.map(() => 0)
  for (const entry of replaced) {
    const tokens = tokensOf(entry, town)
    searchFields.forEach((field, f) => (deadTotals[f] = (deadTotals[f] ?? 0) + tokens[field].length))
  }
  const directory = press.finish({ dead, deadTotals })
  files.set('edition', packed(directory, 11))
  const figures: Print = {
    cpuMs: ownCpuMs() - cpuBefore,
    ms: performance.now() - startedAt,
    peakBytes: residentBytes(process.pid).peak,
    files: files.size,
  }
  for (const [id, ordinal] of placed) ordinals.set(id, ordinal)
  return { figures, printed: { directory, files } satisfies Printed }
}

const base = print(
  listings.map(({ entry }) => entry),
  0,
  [],
)
const changed = [...churn.edited, ...churn.added].map(({ entry }) => entry).sort(inPrint)
const touched = new Set([...churn.edited, ...churn.gone].map(({ entry }) => entry.id))
const replaced = listings.map(({ entry }) => entry).filter(({ id }) => touched.has(id))
const delta = print(changed, listings.length, replaced)

const segments = [base.printed, delta.printed]
const byOrdinal = new Map(
  [...listings, ...churn.edited, ...churn.added].map(({ entry }) => [ordinals.get(entry.id) ?? 0, entry]),
)
const spread = (some: typeof queries): Spread => {
  const costs = some.map((query) =>
    coldQuery(
      segments,
      query,
      (ordinal) => byOrdinal.get(ordinal),
      (bytes) => packed(bytes, 5),
    ),
  )
  const of = (key: 'bytes' | 'requests', share: number) =>
    percentile(
      costs.map((cost) => cost[key]),
      share,
    )
  return {
    p50: of('bytes', 0.5),
    p95: of('bytes', 0.95),
    requestsP50: of('requests', 0.5),
    requestsP95: of('requests', 0.95),
  }
}
const weight = ({ files }: Printed): number => [...files.values()].reduce((sum, { length }) => sum + length, 0)
const kinds = [...new Set(queries.map(({ kind }) => kind))]
const figures: PressFigures = {
  base: base.figures,
  delta: delta.figures,
  packBytes: weight(base.printed) + weight(delta.printed),
  updateBytes: weight(delta.printed),
  cold: Object.fromEntries([
    ['all', spread(queries)],
    ...kinds.map((kind) => [kind, spread(queries.filter((query) => query.kind === kind))] as const),
  ]),
}
console.log(JSON.stringify(figures))
