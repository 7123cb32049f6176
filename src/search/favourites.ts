/**
 * Favourites: the map `favourites` of the private workspace, listing → `<price last seen, in fen, or nothing> <title>`, and
 * beside it `favourite-covers`, listing → the hash of its first photo.
 */
import type { OpenRoom } from '#src/sync/session.ts'

/** Side by side. */
export const mostCompared = 4

export interface Favourite {
  readonly id: string
  readonly title: string
  /** As its owner last saw it. */
  readonly priceFen: number | null
  /** The hash of its first photo, as far as it was ever known. */
  readonly cover?: string | undefined
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
  const covers = doc.getMap<string>('favourite-covers')
  const write = (into: typeof map, id: string, text: string | undefined) => {
    if (into.get(id) === text) return
    if (text === undefined) into.delete(id)
    else into.set(id, text)
  }
  return {
    list: () => [...map].flatMap(([id, text]) => favouriteOf(id, text, covers.get(id))),
    has: (id) => map.has(id),
    keep: ({ id, title, priceFen, cover }) =>
      doc.transact(() => {
        write(map, id, `${priceFen ?? ''} ${title}`)
        write(covers, id, cover)
      }),
    drop: (id) =>
      doc.transact(() => {
        write(map, id, undefined)
        write(covers, id, undefined)
      }),
    watch(changed) {
      for (const one of [map, covers]) one.observe(changed)
      return () => [map, covers].forEach((one) => one.unobserve(changed))
    },
  }
}

/** What another version wrote and this one does not understand is left alone. */
function favouriteOf(id: string, text: string, cover = ''): readonly Favourite[] {
  const [, price, title] = /^(\d*) (.*)$/s.exec(text) ?? []
  if (title === undefined) return []
  return [{ id, title, priceFen: price ? Number(price) : null, ...(/^[0-9a-f]{64}$/.test(cover) && { cover }) }]
}
