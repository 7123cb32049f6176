/**
 * The first lines of what was found. Within a part entries of one group stand newest first, so equal scores there are in
 * order by ordinal; only where entries of different parts tie, their times have to be known.
 */
import type { SearchEntry } from '#domain/search-entry.ts'
import type { Collection } from './collection.ts'
import type { Asking } from './part.ts'

export interface Ranked {
  readonly doc: number
  /** Greater is better. */
  readonly rank: number
}

/** @param ranked of one group @returns the first `limit` and, of those whose card was needed to order them, the card */
export async function firstOf(
  ranked: readonly Ranked[],
  limit: number,
  collection: Collection,
  asking: Asking,
): Promise<{ readonly docs: readonly number[]; readonly cards: ReadonlyMap<number, SearchEntry> }> {
  const best = collection.parts.flatMap(({ start, count }) =>
    ranked
      .filter(({ doc }) => doc >= start && doc < start + count)
      .sort((a, b) => b.rank - a.rank || a.doc - b.doc)
      .slice(0, limit),
  )
  const cards = await cardsOf(tiedAcrossParts(best, collection), collection, asking)
  const docs = best.sort((a, b) => b.rank - a.rank || compare(a.doc, b.doc, cards)).slice(0, limit)
  return { docs: docs.map(({ doc }) => doc), cards }
}

/** Those with an equal rank that do not all stand in one part. */
function tiedAcrossParts(best: readonly Ranked[], collection: Collection): readonly number[] {
  const byRank = new Map<number, number[]>()
  for (const { doc, rank } of best) byRank.set(rank, [...(byRank.get(rank) ?? []), doc])
  return [...byRank.values()].filter((docs) => new Set(docs.map(collection.partOf)).size > 1).flat()
}

function compare(a: number, b: number, cards: ReadonlyMap<number, SearchEntry>): number {
  const [one, other] = [cards.get(a), cards.get(b)]
  if (!one || !other) return a - b
  return other.at - one.at || (one.id < other.id ? -1 : 1)
}

/** The entries themselves, from each part at once. */
export async function cardsOf(
  docs: readonly number[],
  { parts }: Collection,
  asking: Asking,
): Promise<ReadonlyMap<number, SearchEntry>> {
  const all = await Promise.all(
    parts.map((part) =>
      part.cardsOf(
        docs.filter((doc) => doc >= part.start && doc < part.start + part.count),
        asking,
      ),
    ),
  )
  return new Map(all.flatMap((cards) => [...cards]))
}
