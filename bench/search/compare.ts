/** Rows of the table: what each side gave, and what the design allows ours. */
import { kilobytes, megabytes, milliseconds } from '../relay/rows.ts'
import type { Told } from './children.ts'
import type { Row } from './rows.ts'
import type { Taken } from './sides.ts'

export const columns = ['editions', 'full lunr', 'MiniSearch', 'Pagefind'] as const
type Column = (typeof columns)[number]

/** Cold bytes up to the first 20 lines, p50 and p95; a small town has no budget of its own and gets that of 10,000. */
const coldBudget = (count: number): readonly [number, number] => (count > 10_000 ? [50, 100] : [35, 55])

export function rowsOf(count: number, { press, lunr, minisearch, pagefind }: Taken): readonly Row[] {
  const of = <T>(told: Told<T> | undefined, text: (value: T) => string): string =>
    told?.ok ? text(told.value) : told ? 'failed' : ''
  const row = (what: string, cells: Partial<Record<Column, string>>, more: Partial<Row> = {}): Row => ({
    what: `${count.toLocaleString('en')}: ${what}`,
    cells,
    ...more,
  })
  const printed = press?.ok ? press.value : undefined
  const all = printed?.cold['all']
  const [most50, most95] = coldBudget(count)
  const within = (value: number | undefined, most: number) => (value === undefined ? undefined : value <= most)
  const share = (part: number | undefined, whole: number | undefined) =>
    part !== undefined && whole ? part / whole : undefined
  const deltaShare = share(printed?.delta.cpuMs, printed?.base.cpuMs)
  const updateShare = share(printed?.updateBytes, printed?.packBytes)
  const isLarge = count >= 100_000
  const asFraction = (value: number | undefined) => (value === undefined ? '' : `1/${(1 / value).toFixed(1)}`)
  const failures = [press, lunr, minisearch, pagefind].flatMap((told) => (told && !told.ok ? told.why : []))
  return [
    row('index built, CPU', {
      editions: of(press, ({ base }) => milliseconds(base.cpuMs)),
      'full lunr': of(lunr, ({ buildCpuMs }) => milliseconds(buildCpuMs)),
      MiniSearch: of(minisearch, ({ buildCpuMs }) => milliseconds(buildCpuMs)),
      Pagefind: of(pagefind, ({ buildMs }) => `${milliseconds(buildMs)} wall`),
    }),
    row('memory at most while built', {
      editions: of(press, ({ base }) => megabytes(base.peakBytes)),
      'full lunr': of(lunr, ({ peakBytes }) => megabytes(peakBytes)),
      MiniSearch: of(minisearch, ({ peakBytes }) => megabytes(peakBytes)),
      Pagefind: of(pagefind, ({ peakBytes }) => megabytes(peakBytes)),
    }),
    row(
      '500 changes printed, CPU',
      { editions: of(press, ({ delta }) => `${milliseconds(delta.cpuMs)} = ${asFraction(deltaShare)}`) },
      isLarge ? { budget: '<= 1/20', met: within(deltaShare, 1 / 20) } : { note: 'the others are built again' },
    ),
    row('memory at most meanwhile', { editions: of(press, ({ delta }) => megabytes(delta.peakBytes)) }),
    row(
      'bytes of a cold query, p50',
      {
        editions: all ? kilobytes(all.p50) : '',
        'full lunr': of(lunr, ({ brotliBytes }) => kilobytes(brotliBytes)),
        MiniSearch: of(minisearch, ({ brotliBytes }) => kilobytes(brotliBytes)),
        Pagefind: of(pagefind, ({ bytesP50 }) => kilobytes(bytesP50)),
      },
      { budget: `<= ${most50} kB`, met: within(all?.p50, most50 * 1024) },
    ),
    row(
      'bytes of a cold query, p95',
      { editions: all ? kilobytes(all.p95) : '', Pagefind: of(pagefind, ({ bytesP95 }) => kilobytes(bytesP95)) },
      { budget: `<= ${most95} kB`, met: within(all?.p95, most95 * 1024) },
    ),
    row('requests of a cold query, p50 / p95', {
      editions: all ? `${all.requestsP50} / ${all.requestsP95}` : '',
      'full lunr': lunr ? '1 / 1' : '',
      MiniSearch: minisearch ? '1 / 1' : '',
      Pagefind: of(pagefind, ({ requestsP50, requestsP95 }) => `${requestsP50} / ${requestsP95}`),
    }),
    ...Object.entries(printed?.cold ?? {})
      .filter(([kind]) => kind !== 'all')
      .map(([kind, { p50, p95 }]) =>
        row(`of them ${kind}, p50 / p95`, { editions: `${kilobytes(p50)} / ${kilobytes(p95)}` }),
      ),
    row('whole index read before the first query', {
      'full lunr': of(lunr, ({ loadMs }) => milliseconds(loadMs)),
      MiniSearch: of(minisearch, ({ loadMs }) => milliseconds(loadMs)),
    }),
    row('warm query, p50 / p95', {
      'full lunr': of(lunr, ({ warmP50, warmP95 }) => `${milliseconds(warmP50)} / ${milliseconds(warmP95)}`),
      MiniSearch: of(minisearch, ({ warmP50, warmP95 }) => `${milliseconds(warmP50)} / ${milliseconds(warmP95)}`),
      Pagefind: of(pagefind, ({ warmP50, warmP95 }) => `${milliseconds(warmP50)} / ${milliseconds(warmP95)}`),
    }),
    row(
      'everything for offline',
      {
        editions: of(press, ({ packBytes }) => megabytes(packBytes)),
        'full lunr': of(lunr, ({ brotliBytes }) => megabytes(brotliBytes)),
        MiniSearch: of(minisearch, ({ brotliBytes }) => megabytes(brotliBytes)),
        Pagefind: of(pagefind, ({ indexBytes }) => megabytes(indexBytes)),
      },
      { note: 'editions and Pagefind with what is shown of each entry, the others without' },
    ),
    row(
      'update of it after 500 changes',
      { editions: of(press, ({ updateBytes }) => `${kilobytes(updateBytes)} = ${asFraction(updateShare)}`) },
      isLarge ? { budget: '<= 1/20', met: within(updateShare, 1 / 20) } : {},
    ),
    ...failures.map((why) => row('failed', {}, { note: why })),
  ]
}
