/** What each chosen filter is called, as a chip says it: on category pages, in search, in the name of a saved search. */
import type { Category, Field } from '#domain/category.ts'
import { filterFieldsOf, isRange } from '#domain/filters.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import { yuanOfFen } from '#domain/money.ts'
import type { ListQuery } from '#domain/read-model.ts'
import { browse } from './browse.ts'
import { unitIn } from './facts.ts'
import { listing } from './listing.ts'
import { inLocale } from './strings.ts'
import { districtOf } from './town.ts'

export interface FilterWords {
  /** By which `without` (filters.ts) takes it away. */
  readonly name: string
  readonly says: string
}

export function filterWordsOf(category: Category, query: ListQuery, locale: Locale): readonly FilterWords[] {
  const told = (name: string, says: string | undefined): readonly FilterWords[] => (says ? [{ name, says }] : [])
  const named = (rows: Category['intents'], id: string | undefined) => {
    const row = rows.find((one) => one.id === id)
    return row && wordIn(row.name, locale)
  }
  const yuan = (fen: number | undefined) => (fen === undefined ? undefined : `¥${yuanOfFen(fen)}`)
  return [
    ...told('intent', named(category.intents, query.intent)),
    ...told('sub', named(category.kinds, query.sub)),
    ...told('district', districtWords(query.district, locale)),
    ...told('by', query.by && inLocale(listing, locale).posterLong[query.by]),
    ...told('price', rangeIn(yuan(query.minFen), yuan(query.maxFen), locale)),
    ...filterFieldsOf(category).flatMap((field) => told(field.id, fieldWords(field, query, locale))),
  ]
}

export function districtWords(id: string | undefined, locale: Locale): string | undefined {
  const district = id === undefined ? undefined : districtOf(id)
  return district && wordIn(district.name, locale)
}

function fieldWords(field: Field, { fields = {} }: ListQuery, locale: Locale): string | undefined {
  const filter = fields[field.id]
  if (filter === undefined) return undefined
  const label = wordIn(field.label, locale)
  if (isRange(filter)) {
    const unit = (n: number) => (field.type === 'number' ? ` ${unitIn(field, n, locale)}` : '')
    const end = (n: number | undefined) => (n === undefined ? undefined : `${n}${unit(n)}`)
    return `${label} ${rangeIn(end(filter.min), end(filter.max), locale)}`
  }
  const option = field.type === 'choice' ? field.options.find(({ id }) => id === filter) : undefined
  return option ? wordIn(option.name, locale) : label
}

export function rangeIn(from: string | undefined, to: string | undefined, locale: Locale): string | undefined {
  const words = inLocale(browse, locale).category
  if (from !== undefined && from === to) return from
  if (from !== undefined && to !== undefined) return words.span(from, to)
  if (from !== undefined) return words.atLeast(from)
  return to === undefined ? undefined : words.atMost(to)
}
