/**
 * A category page's filters as SQL. Every value is bound; what is not a value (a column, a JSON path, an order) comes
 * from the tables here or from the category's own schema, never from the query.
 */
import type { Category, Field, FieldValue } from '#domain/category.ts'
import type { ListQuery } from '#domain/read-model.ts'
import { longestLifeMs } from './listing-line.ts'

export interface Filter {
  readonly where: string
  readonly values: readonly (string | number)[]
  /** Nothing but category and kind is asked, so the tallies know how many there are. */
  readonly isTallied: boolean
}
type Condition = readonly [sql: string, ...values: (string | number)[]]

export function filterOf(query: ListQuery, category: Category, now: number): Filter {
  const narrowing: readonly Condition[] = [
    ...equal('intent', query.intent),
    ...equal('district', query.district),
    ...equal('"by"', query.by),
    ...range('price_fen', query.minFen, query.maxFen),
    ...category.fields.flatMap((field) => conditionsOf(field, query.fields)),
  ]
  const conditions: readonly Condition[] = [
    ['category = ? AND live = 1 AND until >= ? AND at >= ?', category.id, now, now - longestLifeMs],
    ...equal('sub', query.sub),
    ...narrowing,
  ]
  return {
    isTallied: narrowing.length === 0,
    where: conditions.map(([sql]) => sql).join(' AND '),
    values: conditions.flatMap(([, ...values]) => values),
  }
}

// prettier-ignore
export const orders: Readonly<Record<NonNullable<ListQuery['sort']>, string>> = {
  newest:   'at DESC, id',
  cheapest: 'price_fen IS NULL, price_fen, at DESC, id', // by agreement is no price, so it comes last either way
  dearest:  'price_fen IS NULL, price_fen DESC, at DESC, id',
}

const equal = (column: string, value: string | undefined): readonly Condition[] =>
  value === undefined ? [] : [[`${column} = ?`, value]]

const range = (column: string, min: number | undefined, max: number | undefined): readonly Condition[] => [
  ...(isBound(min) ? [[`${column} >= ?`, min] as const] : []),
  ...(isBound(max) ? [[`${column} <= ?`, max] as const] : []),
]
const isBound = (value: number | undefined): value is number => value !== undefined && !Number.isNaN(value)

/** A field of another type than what is asked of it filters nothing out by accident: the condition is simply never true. */
function conditionsOf(field: Field, asked: ListQuery['fields']): readonly Condition[] {
  const value = asked && Object.hasOwn(asked, field.id) ? asked[field.id] : undefined
  if (value === undefined) return []
  const column = `json_extract(body, '$.fields.${field.id}')` // an id of the schema: letters and digits only
  return typeof value === 'object' ? range(column, value.min, value.max) : [[`${column} = ?`, boundOf(value)]]
}

/** JSON's true and false come out of SQLite as 1 and 0. */
const boundOf = (value: FieldValue): string | number => (typeof value === 'boolean' ? Number(value) : value)
