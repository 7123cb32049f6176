/** Chips as sets over ordinals, and the counts beside them: from the places of a few entries, or the rows of a category. */
import type { ColumnRow } from '#domain/columns.ts'
import type { Chips, Facets, Sort } from './asked.ts'
import type { Collection } from './collection.ts'
import type { Place, Trouble } from './part.ts'

/** Whether a chip needs more of a listing than where it belongs. */
const needsRows = ({ intent, sub, by, minFen, maxFen, fields }: Chips): boolean =>
  [intent, sub, by, minFen, maxFen, fields].some((chip) => chip !== undefined)

/** Keeps of these entries those that fit the chips. */
export async function fitting(
  docs: Uint32Array,
  chips: Chips,
  collection: Collection,
  trouble: Trouble,
): Promise<Uint32Array> {
  const grouped =
    chips.group === undefined ? docs : docs.filter((doc) => collection.partOf(doc)?.groupOf(doc) === chips.group)
  if (chips.category !== undefined && needsRows(chips)) {
    const rows = await rowsOf(grouped, chips.category, collection, trouble)
    return grouped.filter((doc) => {
      const row = rows.get(doc)
      return row !== undefined && fits(row, chips)
    })
  }
  if (chips.category === undefined && chips.district === undefined) return grouped
  const places = await placesOf(grouped, collection, trouble)
  return grouped.filter((_, i) => {
    const { category, district } = places[i] ?? nowhere
    return (
      (chips.category ?? category) === category && (chips.district ?? district) === district && category !== undefined
    )
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

const nowhere: Place = { category: undefined, district: undefined }

/** In the order of `docs`. */
async function placesOf(docs: Uint32Array, { parts }: Collection, trouble: Trouble): Promise<readonly Place[]> {
  const all = await Promise.all(
    parts.map(({ start, count, placesOf: ask }) =>
      ask(
        [...docs].filter((doc) => doc >= start && doc < start + count),
        trouble,
      ),
    ),
  )
  return all.flat() // parts follow one another, and so do the ascending docs
}

async function rowsOf(
  docs: Uint32Array,
  category: string,
  { parts }: Collection,
  trouble: Trouble,
): Promise<ReadonlyMap<number, ColumnRow>> {
  const [first = 0, last = -1] = [docs[0], docs.at(-1)]
  const all = await Promise.all(parts.map((part) => part.rowsOf(category, first, last, trouble)))
  return new Map(all.flat().map((row) => [row.ordinal, row]))
}

/** Ranks by price need the rows; entries without a price come last. */
export async function pricesOf(
  docs: Uint32Array,
  sort: Extract<Sort, 'cheapest' | 'dearest'>,
  category: string | undefined,
  collection: Collection,
  trouble: Trouble,
): Promise<Float64Array> {
  const places = category === undefined ? await placesOf(docs, collection, trouble) : []
  const categories = category === undefined ? [...new Set(places.flatMap((place) => place.category ?? []))] : [category]
  const rows = new Map(
    (await Promise.all(categories.map((id) => rowsOf(docs, id, collection, trouble)))).flatMap((each) => [...each]),
  )
  return Float64Array.from(docs, (doc) => {
    const price = rows.get(doc)?.priceFen ?? null
    if (price === null) return Number.NEGATIVE_INFINITY
    return sort === 'cheapest' ? -price : price
  })
}

export async function facetsOf(docs: Uint32Array, collection: Collection, trouble: Trouble): Promise<Facets> {
  const places = await placesOf(docs, collection, trouble)
  return {
    category: tally(places.flatMap(({ category }) => category ?? [])),
    district: tally(places.flatMap(({ district }) => district ?? [])),
  }
}

function tally(ids: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const id of ids) counts[id] = (counts[id] ?? 0) + 1
  return counts
}
