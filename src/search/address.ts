/** A search as an address says it: `q`, then a category and the filters of its page (domain/filters.ts), or a district alone, then `sort`. */
import type { Category } from '#domain/category.ts'
import { pairsOf, queryOf } from '#domain/filters.ts'
import { cutQuery } from '#domain/query.ts'
import { categoryOf, town } from '#src/i18n/town.ts'
import { sorts, type Chips, type Sort } from './asked.ts'

export interface Looked {
  readonly query: string
  readonly chips: Chips
  readonly sort: Sort
}

/** Without a category only a district narrows: all other filters belong to one. */
const nowhere = { id: '', intents: [], kinds: [], fields: [], price: null } as unknown as Category

/** What means nothing here is left out, so an old or mistyped link still finds something. */
export function readAddress(pairs: URLSearchParams): Looked {
  const category = categoryOf(pairs.get('category') ?? '')
  const { district, ...rest } = queryOf(category ?? nowhere, town.portal.districts, pairs)
  const { sort: _sort, page: _page, ...filters } = rest
  return {
    query: cutQuery(pairs.get('q') ?? '').trim(),
    chips: { ...(category && filters), ...(district !== undefined && { district }) },
    sort: sorts.find((sort) => sort === pairs.get('sort')) ?? 'best',
  }
}

/** In a fixed order, without a question mark: the same search has one address. */
export function addressOf({ query, chips, sort }: Looked): string {
  const { group: _group, category, ...filters } = chips
  const pairs: readonly (readonly [string, string])[] = [
    ...(query === '' ? [] : [['q', query] as const]),
    ...(category === undefined ? [] : [['category', category] as const]),
    ...pairsOf({ ...filters, category: category ?? '' } as Parameters<typeof pairsOf>[0]),
    ...(sort === 'best' ? [] : [['sort', sort] as const]),
  ]
  return new URLSearchParams(pairs.map((pair) => [...pair])).toString()
}
