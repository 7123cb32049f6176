/**
 * How the numbers of a category lie, under everything else that is chosen: what a reader sees beside a filter from and to.
 * A bar counts what its range finds, and as in the filters both ends belong to it: a value on an edge stands on both sides.
 */
import { barsOf } from './bars.ts'
import type { Category, FieldValue } from './category.ts'
import type { Columns } from './columns.ts'
import { filterFieldsOf, isRange, type Range } from './filters.ts'
import type { ListQuery } from './read-model.ts'

export interface Bar extends Range {
  readonly count: number
}
export interface Histogram {
  readonly bars: readonly Bar[]
  /** Listings that do not say this number: they are in no range. */
  readonly unsaid: number
}
/** By the field's id; `price` is in yuan. Where there is nothing to choose from, there is none. */
export type Histograms = Readonly<Record<string, Histogram>>

export type Narrowing = Omit<ListQuery, 'category' | 'sort' | 'page'>

/** So few are looked at one by one. */
const fewestValues = 4
const mostSampled = 2_000

/** @param counts whether a row is meant at all: by its ordinal, and when it ends */
export function histogramsOf(
  category: Category,
  query: Narrowing,
  pages: readonly Columns[],
  counts: (ordinal: number, until: number) => boolean,
): Histograms {
  const lots = measuresOf(category).map((measure) => gather(measure, query, pages, counts))
  return Object.fromEntries(
    lots.flatMap(({ id, alike, fitting, unsaid }) => {
      const bars = alike.length < fewestValues ? [] : barsOf(sampleOf(alike)).map((range) => counted(range, fitting))
      return bars.length < 2 || fitting.length === 0 ? [] : [[id, { bars, unsaid }] as const]
    }),
  )
}

export const measuresOf = (category: Category): readonly string[] => [
  ...(category.price ? ['price'] : []),
  ...filterFieldsOf(category).flatMap(({ id, type }) => (type === 'number' ? [id] : [])),
]

interface Lot {
  readonly id: string
  /** Values of what meets the choices, whatever its numbers: the bars stay where they are while ranges are chosen. */
  readonly alike: number[]
  /** Values of what also lies in the ranges chosen for other numbers. */
  readonly fitting: number[]
  unsaid: number
}

function gather(
  id: string,
  query: Narrowing,
  pages: readonly Columns[],
  counts: (ordinal: number, until: number) => boolean,
): Lot {
  const lot: Lot = { id, alike: [], fitting: [], unsaid: 0 }
  for (const page of pages) {
    const values = numbersOf(page, id)
    const choices = choicesIn(page, query)
    const ranges = rangesIn(page, query).filter(([name]) => name !== id)
    let ordinal = 0
    for (let i = 0; i < page.ordinal.length; i++) {
      ordinal += page.ordinal[i] ?? 0
      if (!counts(ordinal, page.until[i] ?? 0) || !choices.every(([all, wanted]) => all?.[i] === wanted)) continue
      const value = values(i)
      const isFitting = ranges.every(([, of, range]) => isIn(of(i), range))
      if (value !== undefined) lot.alike.push(value)
      if (isFitting && value !== undefined) lot.fitting.push(value)
      if (isFitting && value === undefined) lot.unsaid++
    }
  }
  return lot
}

type Choice = readonly [values: readonly unknown[] | undefined, wanted: FieldValue]

function choicesIn(page: Columns, { intent, sub, district, by, fields = {} }: Narrowing): readonly Choice[] {
  const chosen: readonly (readonly [Choice[0], FieldValue | Range | undefined])[] = [
    [page.intent, intent],
    [page.sub, sub],
    [page.district, district],
    [page.by, by],
    ...Object.entries(fields).map(([id, wanted]) => [page.fields[id], wanted] as const),
  ]
  return chosen.flatMap(([values, wanted]) =>
    wanted === undefined || isRange(wanted) ? [] : [[values, wanted] as const],
  )
}

type NumberAt = (row: number) => number | undefined
type Bound = readonly [id: string, values: NumberAt, range: Range]

function rangesIn(page: Columns, { minFen, maxFen, fields = {} }: Narrowing): readonly Bound[] {
  const price = {
    ...(minFen !== undefined && { min: minFen / 100 }),
    ...(maxFen !== undefined && { max: maxFen / 100 }),
  }
  const all = [['price', price] as const, ...Object.entries(fields)]
  return all.flatMap(([id, range]) =>
    isRange(range) && Object.keys(range).length > 0 ? [[id, numbersOf(page, id), range] as const] : [],
  )
}

function numbersOf(page: Columns, id: string): NumberAt {
  if (id === 'price') return (i) => (typeof page.priceFen[i] === 'number' ? page.priceFen[i] / 100 : undefined)
  const values = page.fields[id]
  return (i) => (typeof values?.[i] === 'number' ? values[i] : undefined)
}

const isIn = (value: number | undefined, { min, max }: Range): boolean =>
  value !== undefined && (min === undefined || value >= min) && (max === undefined || value <= max)

const counted = (range: Range, values: readonly number[]): Bar => ({
  ...range,
  count: values.reduce((n, value) => (isIn(value, range) ? n + 1 : n), 0),
})

/** Ascending. Of very many values some of all ages tell where they lie. */
function sampleOf(values: readonly number[]): readonly number[] {
  const step = Math.ceil(values.length / mostSampled)
  return values.filter((_, i) => i % step === 0).sort((a, b) => a - b)
}
