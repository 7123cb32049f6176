/** Rows of the table: what each side gave, and what the design allows ours. */
import { kilobytes, megabytes, milliseconds } from '../relay/rows.ts'
import type { Told } from './children.ts'
import type { Row } from './rows.ts'
import type { Taken } from './sides.ts'

export const columns = ['editions', 'full lunr', 'MiniSearch', 'Pagefind'] as const
type Column = (typeof columns)[number]

/** Cold bytes up to the first 20 lines, p50 and p95; a small town has no budget of its own and gets that of 10,000. */
const coldBudget = (count: number): readonly [number, number] => (count > 10_000 ? [50, 100] : [35, 55])

/** Of a warm query in the worker, ms. */
const warmBudget = (count: number): readonly [number, number] => (count > 10_000 ? [60, 250] : [15, 60])

export function rowsOf(count: number, { town, press, lunr, minisearch, pagefind }: Taken): readonly Row[] {
  const of = <T>(told: Told<T> | undefined, text: (value: T) => string): string =>
    told?.ok ? text(told.value) : told ? 'failed' : ''
  const row = (what: string, cells: Partial<Record<Column, string>>, more: Partial<Row> = {}): Row => ({
    what: `${count.toLocaleString('en')}: ${what}`,
    cells,
    ...more,
  })
  const ours = town?.ok ? town.value : undefined
  const [most50, most95] = coldBudget(count)
  const [warm50, warm95] = warmBudget(count)
  const within = (value: number | undefined, most: number) => (value === undefined ? undefined : value <= most)
  const all = ours?.cold['all']
  const isLarge = count >= 100_000
  const failures = [town, press, lunr, minisearch, pagefind].flatMap((told) => (told && !told.ok ? told.why : []))
  return [
    row('index built, CPU', {
      editions: of(town, ({ base }) => milliseconds(base.cpuMs)),
      'full lunr': of(lunr, ({ buildCpuMs }) => milliseconds(buildCpuMs)),
      MiniSearch: of(minisearch, ({ buildCpuMs }) => milliseconds(buildCpuMs)),
      Pagefind: of(pagefind, ({ buildMs }) => `${milliseconds(buildMs)} wall`),
    }),
    row(
      'memory at most while built',
      {
        editions: of(town, ({ base }) => megabytes(base.peakBytes)),
        'full lunr': of(lunr, ({ peakBytes }) => megabytes(peakBytes)),
        MiniSearch: of(minisearch, ({ peakBytes }) => megabytes(peakBytes)),
        Pagefind: of(pagefind, ({ peakBytes }) => megabytes(peakBytes)),
      },
      { note: 'editions: the whole server' },
    ),
    row(
      'some 500 changes printed, CPU',
      { editions: of(town, ({ base, delta, judgingMs }) => share(delta.cpuMs - judgingMs, base.cpuMs)) },
      {
        note: of(
          town,
          ({ changes, judgingMs }) => `${changes}; taking and judging them cost ${milliseconds(judgingMs)} beside`,
        ),
        ...(isLarge && {
          budget: '<= 1/20',
          met: within(ours && (ours.delta.cpuMs - ours.judgingMs) / ours.base.cpuMs, 1 / 20),
        }),
      },
    ),
    row('the same in the press alone', {
      editions: of(press, ({ base, delta }) => share(delta.cpuMs, base.cpuMs)),
    }),
    row(
      'memory at most meanwhile',
      { editions: of(town, ({ delta }) => megabytes(delta.peakBytes)) },
      { note: 'the whole server' },
    ),
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
    ...Object.entries(ours?.cold ?? {})
      .filter(([kind]) => kind !== 'all')
      .map(([kind, { p50, p95 }]) =>
        row(`of them ${kind}, p50 / p95`, { editions: `${kilobytes(p50)} / ${kilobytes(p95)}` }),
      ),
    row('requests of a cold query, p50 / p95', {
      editions: all ? `${all.requestsP50} / ${all.requestsP95}` : '',
      'full lunr': lunr ? '1 / 1' : '',
      MiniSearch: minisearch ? '1 / 1' : '',
      Pagefind: of(pagefind, ({ requestsP50, requestsP95 }) => `${requestsP50} / ${requestsP95}`),
    }),
    row('read before the first query', {
      'full lunr': of(lunr, ({ loadMs }) => milliseconds(loadMs)),
      MiniSearch: of(minisearch, ({ loadMs }) => milliseconds(loadMs)),
    }),
    ...(['P50', 'P95'] as const).map((p) => {
      const [own, whole] = [ours?.[`warm${p}`], lunr?.ok ? lunr.value[`warm${p}`] : undefined]
      const most = p === 'P50' ? warm50 : warm95
      const fits = within(own, most)
      const isFaster = !isLarge || own === undefined || whole === undefined || own <= whole
      return row(
        `warm query, ${p.toLowerCase()}`,
        {
          editions: own === undefined ? '' : milliseconds(own),
          'full lunr': whole === undefined ? '' : milliseconds(whole),
          MiniSearch: of(minisearch, (told) => milliseconds(told[`warm${p}`])),
          Pagefind: of(pagefind, (told) => milliseconds(told[`warm${p}`])),
        },
        {
          budget: `<= ${most} ms${isLarge ? ', <= lunr' : ''}`,
          met: fits === undefined ? undefined : fits && isFaster,
        },
      )
    }),
    row(
      'everything for offline',
      {
        editions: of(town, ({ packBytes }) => megabytes(packBytes)),
        'full lunr': of(lunr, ({ brotliBytes }) => megabytes(brotliBytes)),
        MiniSearch: of(minisearch, ({ brotliBytes }) => megabytes(brotliBytes)),
        Pagefind: of(pagefind, ({ indexBytes }) => megabytes(indexBytes)),
      },
      { note: 'editions and Pagefind with what is shown of each entry, the others without' },
    ),
    row(
      'update of it after the changes',
      {
        editions: of(
          town,
          ({ packBytes, updateBytes }) => `${kilobytes(updateBytes)} = ${fraction(updateBytes / packBytes)}`,
        ),
      },
      isLarge ? { budget: '<= 1/20', met: within(ours && ours.updateBytes / ours.packBytes, 1 / 20) } : {},
    ),
    ...failures.map((why) => row('failed', {}, { note: why })),
  ]
}

const share = (partMs: number, wholeMs: number): string => `${milliseconds(partMs)} = ${fraction(partMs / wholeMs)}`
const fraction = (value: number): string => (value >= 1 ? value.toFixed(1) : `1/${(1 / value).toFixed(1)}`)
