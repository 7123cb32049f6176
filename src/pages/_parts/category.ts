/** What a category page shows: the list, the filters as a form and as chips, and where each chip and page leads. */
import type { Category, Field } from '#domain/category.ts'
import { filterFieldsOf, isFiltered, isRange, pairsOf, queryOf, without } from '#domain/filters.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import { yuanOfFen } from '#domain/money.ts'
import type { ListQuery, ReadModel } from '#domain/read-model.ts'
import { browse } from '#src/i18n/browse.ts'
import { listing } from '#src/i18n/listing.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { districtOf, town } from '#src/i18n/town.ts'

export interface Chip {
  readonly name: string
  /** The same list without this filter. */
  readonly href: string
}

export async function categoryPageOf(
  category: Category,
  { readModel, now, url, locale }: { readModel: ReadModel; now: number; url: URL; locale: Locale },
) {
  const query = queryOf(category, town.portal.districts, url.searchParams)
  const found = await readModel.list(query, now)
  const at = (change: Partial<ListQuery>) => hrefOf({ ...query, ...change }, locale)
  const isPlain = !isFiltered(query) && found.page === 1
  return {
    query,
    found,
    isFiltered: isFiltered(query),
    /** New lines may appear on top only where they belong: in the whole list, newest first, on its first page. */
    isLive: isPlain && (query.sort ?? 'newest') === 'newest',
    chips: chipsOf(category, query, locale),
    kinds: kindsOf(category, query, locale),
    sorts: sortsOf(category, query, locale),
    canonical: hrefOf({ category: category.id, page: found.page }, locale),
    previous: found.page > 1 ? at({ page: found.page - 1 }) : undefined,
    next: found.page < found.pages ? at({ page: found.page + 1 }) : undefined,
  }
}

export type CategoryPage = Awaited<ReturnType<typeof categoryPageOf>>

const hrefOf = (query: ListQuery, locale: Locale): string => {
  const search = new URLSearchParams(pairsOf(query).map((pair) => [...pair])).toString()
  return pathTo(locale).category(query.category) + (search && `?${search}`)
}

/** The sub-kinds as links above the list, for the one tap that most filtering is. */
function kindsOf(category: Category, query: ListQuery, locale: Locale) {
  const all = {
    name: inLocale(browse, locale).category.all,
    href: hrefOf(without(query, 'sub'), locale),
    on: !query.sub,
  }
  const rest = category.kinds.map(({ id, name }) => ({
    name: wordIn(name, locale),
    href: hrefOf({ ...without(query, 'sub'), sub: id }, locale),
    on: query.sub === id,
  }))
  return [all, ...rest]
}

function sortsOf(category: Category, query: ListQuery, locale: Locale) {
  const { sorts } = inLocale(browse, locale).category
  const ids = category.price ? (['newest', 'cheapest', 'dearest'] as const) : []
  return ids.map((id) => ({
    name: sorts[id],
    href: hrefOf({ ...query, sort: id, page: 1 }, locale),
    on: (query.sort ?? 'newest') === id,
  }))
}

function chipsOf(category: Category, query: ListQuery, locale: Locale): readonly Chip[] {
  const chip = (name: string, words: string | undefined): readonly Chip[] =>
    words ? [{ name: words, href: hrefOf(without(query, name), locale) }] : []
  const named = (rows: Category['intents'], id: string | undefined) => {
    const row = rows.find((one) => one.id === id)
    return row && wordIn(row.name, locale)
  }
  const district = query.district === undefined ? undefined : districtOf(query.district)
  const yuan = (fen: number | undefined) => (fen === undefined ? undefined : `¥${yuanOfFen(fen)}`)
  return [
    ...chip('intent', named(category.intents, query.intent)),
    ...chip('sub', named(category.kinds, query.sub)),
    ...chip('district', district && wordIn(district.name, locale)),
    ...chip('by', query.by && inLocale(listing, locale).posterLong[query.by]),
    ...chip('price', rangeIn(yuan(query.minFen), yuan(query.maxFen), locale)),
    ...filterFieldsOf(category).flatMap((field) => chip(field.id, fieldChipOf(field, query, locale))),
  ]
}

function fieldChipOf(field: Field, { fields = {} }: ListQuery, locale: Locale): string | undefined {
  const filter = fields[field.id]
  if (filter === undefined) return undefined
  const label = wordIn(field.label, locale)
  if (isRange(filter)) {
    const unit = field.type === 'number' ? ` ${wordIn(field.unit, locale)}` : ''
    const end = (n: number | undefined) => (n === undefined ? undefined : `${n}${unit}`)
    return `${label} ${rangeIn(end(filter.min), end(filter.max), locale)}`
  }
  const option = field.type === 'choice' ? field.options.find(({ id }) => id === filter) : undefined
  return option ? wordIn(option.name, locale) : label
}

function rangeIn(from: string | undefined, to: string | undefined, locale: Locale): string | undefined {
  const words = inLocale(browse, locale).category
  if (from !== undefined && to !== undefined) return words.span(from, to)
  if (from !== undefined) return words.atLeast(from)
  return to === undefined ? undefined : words.atMost(to)
}
