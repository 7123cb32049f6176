/** What somebody asked to be told about, looked up in the worker: searches kept by name, and listings by their id. */
import type { Entry } from '#domain/entry.ts'
import { isPrinted, type SearchEntry } from '#domain/search-entry.ts'
import type { Asked, Found } from './asked.ts'
import type { Collection } from './collection.ts'
import { search } from './engine.ts'
import type { Part } from './part.ts'

export interface Matching {
  readonly searches: readonly Asked[]
  readonly listings: readonly Sought[]
}

/** @property title by which it is searched for where the printed cards are not on this device; without it only those are read */
export interface Sought {
  readonly id: string
  readonly title?: string
}

export interface Matched {
  /** In the order of the searches. */
  readonly found: readonly Found[]
  readonly listings: readonly Entry[]
}

export async function match({ searches, listings }: Matching, asker: Asker, collection: Collection): Promise<Matched> {
  const found: Found[] = []
  for (const asked of searches) found.push((await search(asked, collection)).found) // one by one: nobody is waiting
  return { found, listings: await listingsOf(listings, asker, collection) }
}

type Asker = Pick<Asked, 'locale' | 'now'>

async function listingsOf(sought: readonly Sought[], asker: Asker, collection: Collection): Promise<readonly Entry[]> {
  const missing = new Map(sought.map((one) => [one.id, one]))
  const listings: Entry[] = []
  const take = (entries: Iterable<SearchEntry>) => {
    for (const entry of entries) if (!isPrinted(entry) && missing.delete(entry.id)) listings.push(entry)
  }
  for (const part of [...collection.parts].reverse())
    // the wire first: there it costs nothing
    for await (const cards of cardsAtHand(part, collection)) {
      if (missing.size === 0) return listings
      take(cards)
    }
  for (const { title } of missing.values()) if (title) take(await withTitle(title, asker, collection))
  return listings
}

const batch = 64

async function* cardsAtHand(part: Part, collection: Collection): AsyncGenerator<Iterable<SearchEntry>> {
  if (!part.isAtHand()) return
  for (let from = part.start; from < part.start + part.count; from += batch) {
    const docs = Array.from({ length: Math.min(batch, part.start + part.count - from) }, (_, i) => from + i)
    yield (
      await part.cardsOf(
        docs.filter((doc) => !collection.isDead(doc)),
        { trouble: () => undefined, signal: new AbortController().signal },
      )
    ).values()
  }
}

const titleCharacters = 8 // enough to find it, few enough that it costs what a person's own search does
const mostAlike = 40

async function withTitle(title: string, asker: Asker, collection: Collection): Promise<readonly SearchEntry[]> {
  const query = [...title]
    .slice(0, titleCharacters)
    .join('')
    .replace(/["“”„＂«»\-－–—]/g, ' ')
  const limits = { listing: mostAlike, guide: 0, notice: 0, directory: 0 }
  const { found } = await search({ ...asker, query, limits }, collection)
  return found.hits.map(({ entry }) => entry)
}
