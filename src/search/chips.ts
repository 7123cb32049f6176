/** Chips as needs and as sets over ordinals, and the counts beside them: from terms that only filter, or the rows of a category. */
import type { Category } from '#domain/category.ts'
import { columnsOf, type ColumnRow } from '#domain/columns.ts'
import { histogramsOf, measuresOf, type Histograms } from '#domain/histogram.ts'
import { categoryMark, categoryTerm, districtMark, districtTerm } from '#domain/search-entry.ts'
import type { Need } from '#domain/text.ts'
import type { Chips, Facets, Sort } from './asked.ts'
import type { Collection } from './collection.ts'
import type { Asking } from './part.ts'

/** Whether a chip needs more of a listing than where it belongs. */
const needsRows = ({ intent, sub, by, minFen, maxFen, fields }: Chips): boolean =>
  [intent, sub, by, minFen, maxFen, fields].some((chip) => chip !== undefined)

/** Category and district are needed as words are: their terms are asked for together with those of the query. */
export const needsOf = ({ category, district }: Chips): readonly Need[] =>
  [
    ...(category === undefined ? [] : [categoryTerm(category)]),
    ...(district === undefined ? [] : [districtTerm(district)]),
  ].map((term) => ({ run: term, ways: [[term]] }))

/** Keeps of entries that meet the needs of the chips those that fit the rest of them. */
export async function fitting(
  docs: Uint32Array,
  chips: Chips,
  collection: Collection,
  asking: Asking,
): Promise<Uint32Array> {
  const grouped =
    chips.group === undefined ? docs : docs.filter((doc) => collection.partOf(doc)?.groupOf(doc) === chips.group)
  if (!needsRows(chips)) return grouped
  const rows = await rowsOf(grouped, chips.category, collection, asking)
  return grouped.filter((doc) => {
    const row = rows.get(doc)
    return row !== undefined && fits(row, chips)
  })
}

function fits({ district, intent, sub, by, priceFen, fields }: ColumnRow, chips: Chips): boolean {
  const isOne = (chip: string | undefined, value: string) => chip === undefined || chip === value
  if (
    !isOne(chips.district, district) ||
    !isOne(chips.intent, intent) ||
    !isOne(chips.sub, sub) ||
    !isOne(chips.by, by)
  )
    return false
  if ((chips.minFen !== undefined || chips.maxFen !== undefined) && priceFen === null) return false
  if (priceFen !== null && (priceFen < (chips.minFen ?? 0) || priceFen > (chips.maxFen ?? Number.POSITIVE_INFINITY)))
    return false
  return Object.entries(chips.fields ?? {}).every(([id, wanted]) => {
    const value = fields[id]
    if (typeof wanted !== 'object') return value === wanted
    return (
      typeof value === 'number' &&
      value >= (wanted.min ?? Number.NEGATIVE_INFINITY) &&
      value <= (wanted.max ?? Number.POSITIVE_INFINITY)
    )
  })
}

/** Of one category, or of every one that these entries stand in. */
async function rowsOf(
  docs: Uint32Array,
  category: string | undefined,
  collection: Collection,
  asking: Asking,
): Promise<ReadonlyMap<number, ColumnRow>> {
  const categories =
    category === undefined ? Object.keys(await tally(docs, categoryMark, collection, asking)) : [category]
  const all = await Promise.all(
    collection.parts.flatMap((part) => categories.map((id) => part.rowsOf(id, docs, asking))),
  )
  return new Map(all.flat().map((row) => [row.ordinal, row]))
}

/** Ranks by price need the rows; entries without a price come last. */
export async function pricesOf(
  docs: Uint32Array,
  sort: Extract<Sort, 'cheapest' | 'dearest'>,
  category: string | undefined,
  collection: Collection,
  asking: Asking,
): Promise<Float64Array> {
  const rows = await rowsOf(docs, category, collection, asking)
  return Float64Array.from(docs, (doc) => {
    const price = rows.get(doc)?.priceFen ?? null
    if (price === null) return Number.NEGATIVE_INFINITY
    return sort === 'cheapest' ? -price : price
  })
}

/** How the numbers lie of what meets words and chips, all but the ranges. @param met what meets the needs @param now ms: what ended before it does not count */
export async function histogramsIn(
  met: Uint32Array,
  category: Category,
  chips: Chips,
  now: number,
  collection: Collection,
  asking: Asking,
): Promise<Histograms> {
  if (measuresOf(category).length === 0) return {}
  const rows = await Promise.all(collection.parts.map((part) => part.rowsOf(category.id, met, asking)))
  const isMet = setOf(met, collection)
  return histogramsOf(category, chips, rows.map(columnsOf), (doc, until) => isMet[doc] === 1 && now <= until)
}

export async function facetsOf(docs: Uint32Array, collection: Collection, asking: Asking): Promise<Facets> {
  const [category, district] = await Promise.all([
    tally(docs, categoryMark, collection, asking),
    tally(docs, districtMark, collection, asking),
  ])
  return { category, district }
}

/** How many of the entries hold each term with the mark; those that none holds are left out. */
async function tally(
  docs: Uint32Array,
  mark: string,
  collection: Collection,
  asking: Asking,
): Promise<Readonly<Record<string, number>>> {
  const postings = await collection.postingsOf(await collection.termsWith(mark, asking), asking)
  const isOne = setOf(docs, collection)
  const counts = [...postings].map(([term, { ordinals }]) => {
    let count = 0
    for (const doc of ordinals) count += isOne[doc] ?? 0
    return [term.slice(mark.length), count] as const
  })
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

function setOf(docs: Uint32Array, { end }: Collection): Uint8Array {
  const set = new Uint8Array(end)
  for (const doc of docs) set[doc] = 1
  return set
}
