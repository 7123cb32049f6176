/** What a category page shows: the list, the filters as a form and as chips, and where each chip and page leads. */
import type { Category } from '#domain/category.ts'
import { isFiltered, pairsOf, queryOf, without } from '#domain/filters.ts'
import type { Histograms } from '#domain/histogram.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import type { ListQuery, ReadModel } from '#domain/read-model.ts'
import { spreadOf } from '#src/i18n/bar-words.ts'
import { browse } from '#src/i18n/browse.ts'
import { filterWordsOf } from '#src/i18n/filter-words.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'

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
  const [found, histograms] = await Promise.all([readModel.list(query, now), readModel.histograms(query, now)])
  const at = (change: Partial<ListQuery>) => hrefOf({ ...query, ...change }, locale)
  const isPlain = !isFiltered(query) && found.page === 1
  return {
    query,
    found,
    isFiltered: isFiltered(query),
    /** New lines may appear on top only where they belong: in the whole list, newest first, on its first page. */
    isLive: isPlain && (query.sort ?? 'newest') === 'newest',
    chips: chipsOf(category, query, locale),
    spreads: spreadsOf(category, query, histograms, locale),
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

const chipsOf = (category: Category, query: ListQuery, locale: Locale): readonly Chip[] =>
  filterWordsOf(category, query, locale).map(({ name, says }) => ({
    name: says,
    href: hrefOf(without(query, name), locale),
  }))

/** The bars beside a filter from and to: each leads to the list of its range, the chosen one to the list without. */
const spreadsOf = (category: Category, query: ListQuery, histograms: Histograms, locale: Locale) =>
  Object.fromEntries(
    Object.entries(histograms).map(([id, histogram]) => [
      id,
      spreadOf(category, id, histogram, query, locale, (to) => hrefOf(to, locale)),
    ]),
  )
export type Spreads = CategoryPage['spreads']
