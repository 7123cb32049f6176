/** What is new to somebody: hits of a saved search since he last looked, and favourites that cost less than when he saw them. */
import type { Found, Hit } from './asked.ts'
import type { Favourite } from './favourites.ts'
import type { SavedSearch } from './saved.ts'

export interface SearchNews {
  readonly search: SavedSearch
  /** Newest first. */
  readonly hits: readonly Hit[]
}

export interface PriceDrop {
  readonly id: string
  readonly title: string
  readonly fromFen: number
  readonly toFen: number
}

export interface News {
  readonly searches: readonly SearchNews[]
  readonly drops: readonly PriceDrop[]
}

/** @param found for each search in turn, newest first */
export function newsOf(searches: readonly SavedSearch[], found: readonly Found[]): readonly SearchNews[] {
  return searches.map((search, i) => ({
    search,
    hits: (found[i]?.hits ?? []).filter(({ at }) => at > search.seenAt).sort((a, b) => b.at - a.at),
  }))
}

/** "By agreement" has no price to fall from or to; a favourite of which nothing is known now costs what it did. */
export function dropsOf(
  favourites: readonly Favourite[],
  current: readonly { readonly id: string; readonly title: string; readonly priceFen: number | null }[],
): readonly PriceDrop[] {
  const now = new Map(current.map((listing) => [listing.id, listing]))
  return favourites.flatMap(({ id, priceFen: fromFen }) => {
    const listing = now.get(id)
    const toFen = listing?.priceFen ?? null
    if (!listing || fromFen === null || toFen === null || toFen >= fromFen) return []
    return [{ id, title: listing.title, fromFen, toFen }]
  })
}

export const countOf = ({ searches, drops }: News): number =>
  searches.reduce((sum, { hits }) => sum + hits.length, drops.length)
