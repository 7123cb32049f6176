/** Favourites: the map `favourites` of the private workspace, listing → its title and the price last seen, as JSON. */
import * as z from 'zod/mini'
import type { OpenRoom } from '#src/sync/session.ts'

const Held = z.object({ title: z.string(), priceFen: z.nullable(z.number()) })

export interface Favourite extends z.infer<typeof Held> {
  readonly id: string
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
      const text = JSON.stringify({ title, priceFen })
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
  try {
    const held = Held.safeParse(JSON.parse(text))
    return held.success ? [{ id, ...held.data }] : []
  } catch {
    return []
  }
}
