/**
 * The filters of a category page, as they stand in its address. A value that means nothing here is ignored, so an old or
 * mistyped link still shows a list.
 *
 *   intent sub district by sort page      one id (a number for page)
 *   price-min price-max                   yuan
 *   <field>                               a choice's id, or `yes` for a flag
 *   <field>-min <field>-max               a number's range
 */
import type { Category, Field, FieldValue } from './category.ts'
import type { Portal } from './portal.ts'
import { posterKinds } from './poster.ts'
import { fenOfText } from './money.ts'
import type { ListQuery } from './read-model.ts'

export const sorts = ['newest', 'cheapest', 'dearest'] as const
const lastPage = 10_000

export type Range = { readonly min?: number; readonly max?: number }
type Filter = FieldValue | Range

export const isRange = (filter: Filter): filter is Range => typeof filter === 'object'

/** Whatever has a few values or is a number; words are searched for, and days are read. */
export const filterFieldsOf = ({ fields }: Category): readonly Field[] =>
  fields.filter(({ type }) => type === 'choice' || type === 'number' || type === 'flag')

/** @param pairs the address's query; of a name that stands twice the first counts */
export function queryOf(
  category: Category,
  districts: Portal['districts'],
  pairs: Iterable<readonly [string, string]>,
): ListQuery {
  const given = new Map([...pairs].reverse())
  const oneOf = <T extends string>(name: string, ids: readonly T[]) => ids.find((id) => id === given.get(name))
  const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)
  const price = category.price && priceOf(given, category.price.maxFen)
  const fields = fieldsOf(category, given)
  const page = pageOf(given.get('page'))
  const found = {
    intent: oneOf('intent', idsOf(category.intents)),
    sub: oneOf('sub', idsOf(category.kinds)),
    district: oneOf('district', idsOf(districts)),
    by: oneOf('by', posterKinds),
    minFen: price?.min,
    maxFen: price?.max,
    fields: Object.keys(fields).length > 0 ? fields : undefined,
    sort: oneOf('sort', category.price ? sorts : ['newest']),
    page: page > 1 ? page : undefined,
  }
  return { category: category.id, ...present(found) }
}

/** The address's query of a filter, in a fixed order; what is left out is the default. */
export function pairsOf(query: ListQuery): readonly (readonly [string, string])[] {
  const { intent, sub, district, by, minFen, maxFen, fields = {}, sort, page } = query
  const pairs: [string, string | undefined][] = [
    ['intent', intent],
    ['sub', sub],
    ['district', district],
    ['by', by],
    ['price-min', minFen === undefined ? undefined : String(minFen / 100)],
    ['price-max', maxFen === undefined ? undefined : String(maxFen / 100)],
    ...Object.entries(fields).flatMap(([id, filter]) => fieldPairsOf(id, filter)),
    ['sort', sort === 'newest' ? undefined : sort],
    ['page', page && page > 1 ? String(page) : undefined],
  ]
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
}

/** One filter taken away: a typed field by its id, anything else by its name; `price` stands for both ends. Back to page 1. */
export function without(query: ListQuery, name: string): ListQuery {
  const { page: _page, ...rest } = query
  const kept = Object.entries(rest).filter(([key]) => key !== name && !(name === 'price' && /^(min|max)Fen$/.test(key)))
  const { fields, ...others } = Object.fromEntries(kept) as Omit<ListQuery, 'page'>
  const left = Object.fromEntries(Object.entries(fields ?? {}).filter(([id]) => id !== name))
  return { ...others, ...(Object.keys(left).length > 0 && { fields: left }) }
}

/** A number's range put in place of the one that was there; that of the price is in yuan. Back to page 1. */
export function withRange(query: ListQuery, name: string, { min, max }: Range): ListQuery {
  const rest = without(query, name)
  const fenOf = (yuan: number | undefined) => (yuan === undefined ? undefined : Math.round(yuan * 100))
  if (name === 'price') return { ...rest, ...present({ minFen: fenOf(min), maxFen: fenOf(max) }) }
  return { ...rest, fields: { ...rest.fields, [name]: present({ min, max }) } }
}

export const isFiltered = ({ category: _category, sort: _sort, page: _page, ...filters }: ListQuery): boolean =>
  Object.keys(filters).length > 0

function fieldsOf(category: Category, given: ReadonlyMap<string, string>): Readonly<Record<string, Filter>> {
  const found = filterFieldsOf(category).map((field) => [field.id, filterOf(field, given)] as const)
  return Object.fromEntries(found.filter((pair): pair is [string, Filter] => pair[1] !== undefined))
}

function filterOf(field: Field, given: ReadonlyMap<string, string>): Filter | undefined {
  const { id } = field
  if (field.type === 'number') return rangeOf(numberOf(given.get(`${id}-min`)), numberOf(given.get(`${id}-max`)))
  if (field.type === 'choice') return field.options.find((option) => option.id === given.get(id))?.id
  if (field.type === 'flag') return given.get(id) === 'yes' ? true : undefined
  return undefined // texts, dates and months are not filtered by
}

/** Two ends the wrong way round are turned; none at all is no filter. */
function rangeOf(a: number | undefined, b: number | undefined): Range | undefined {
  if (a === undefined && b === undefined) return undefined
  const turned = a !== undefined && b !== undefined && a > b
  return present({ min: turned ? b : a, max: turned ? a : b })
}

function priceOf(given: ReadonlyMap<string, string>, maxFen: number): Range | undefined {
  const endOf = (name: string) => {
    const fen = fenOfText(given.get(name) ?? '', maxFen)
    return fen.ok ? fen.value : undefined
  }
  return rangeOf(endOf('price-min'), endOf('price-max'))
}

const numberOf = (text = ''): number | undefined =>
  /^-?\d{1,9}(\.\d{1,2})?$/.test(text.trim()) ? Number(text) : undefined
const pageOf = (text = ''): number => (/^[1-9]\d{0,4}$/.test(text) ? Math.min(Number(text), lastPage) : 1)

function fieldPairsOf(id: string, filter: Filter): [string, string | undefined][] {
  if (!isRange(filter)) return [[id, filter === true ? 'yes' : String(filter)]]
  const endOf = (end: number | undefined) => (end === undefined ? undefined : String(end))
  return [
    [`${id}-min`, endOf(filter.min)],
    [`${id}-max`, endOf(filter.max)],
  ]
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const present = <T extends object>(values: T): Present<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>
