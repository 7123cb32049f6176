/** Favourites: the map `favourites` of the private workspace, listing → `<price last seen, in fen, or nothing> <title>`. */
import type { OpenRoom } from '#src/sync/session.ts'

/** Side by side. */
export const mostCompared = 4

export interface Favourite {
  readonly id: string
  readonly title: string
  /** As its owner last saw it. */
  readonly priceFen: number | null
}

export interface Favourites {
  list(): readonly Favourite[]
  has(id: string): boolean
  /** Kept, or its price seen anew. */
  keep(favourite: Favourite): void
  drop(id: string): void
  watch(changed: () => void): () => void
}

export function createFavourites({ doc }: Pick<OpenRoom, 'doc'>): Favourites {
  const map = doc.getMap<string>('favourites')
  return {
    list: () => [...map].flatMap(([id, text]) => favouriteOf(id, text)),
    has: (id) => map.has(id),
    keep({ id, title, priceFen }) {
      const text = `${priceFen ?? ''} ${title}`
      if (map.get(id) !== text) map.set(id, text)
    },
    drop: (id) => map.delete(id),
    watch(changed) {
      map.observe(changed)
      return () => map.unobserve(changed)
    },
  }
}

/** What another version wrote and this one does not understand is left alone. */
function favouriteOf(id: string, text: string): readonly Favourite[] {
  const [, price, title] = /^(\d*) (.*)$/s.exec(text) ?? []
  return title === undefined ? [] : [{ id, title, priceFen: price ? Number(price) : null }]
}
