/** Parts merged into one collection: what of them counts, lunr's figures over all of it, and the postings of terms. */
import { emptyPostings, fieldCount, type Postings } from '#domain/posting.ts'
import type { Asking, Part } from './part.ts'

export interface Collection {
  readonly parts: readonly Part[]
  /** Entries that count: lunr's number of documents. */
  readonly count: number
  /** One more than the greatest ordinal. */
  readonly end: number
  /** lunr's average field lengths. */
  readonly averages: readonly number[]
  isDead(doc: number): boolean
  partOf(doc: number): Part | undefined
  /** The postings of each term in all parts, without the dead. Terms that nobody holds are missing. */
  postingsOf(terms: readonly string[], asking: Asking): Promise<ReadonlyMap<string, Postings>>
  termsWith(prefix: string, asking: Asking): Promise<readonly string[]>
}

/** @param parts in the order of their ordinals @param dead ordinals @param deadTotals their tokens, field by field */
export function createCollection(
  parts: readonly Part[],
  dead: Iterable<number>,
  deadTotals: readonly number[],
): Collection {
  const end = parts.reduce((most, { start, count }) => Math.max(most, start + count), 0)
  const isDead = new Uint8Array(end)
  for (const doc of dead) isDead[doc] = 1
  const count = parts.reduce((sum, part) => sum + part.count, 0) - isDead.reduce((sum, flag) => sum + flag, 0)
  const averages = Array.from({ length: fieldCount }, (_, f) => {
    const tokens = parts.reduce((sum, { totals }) => sum + (totals[f] ?? 0), 0) - (deadTotals[f] ?? 0)
    return tokens / count
  })
  return {
    parts,
    count,
    end,
    averages,
    isDead: (doc) => isDead[doc] === 1,
    partOf: (doc) => parts.find(({ start, count: own }) => doc >= start && doc < start + own),
    async postingsOf(terms, asking) {
      const found = await Promise.all(parts.map((part) => part.postingsOf(terms, asking)))
      return new Map(
        terms.flatMap((term) => {
          const merged = merge(
            found.flatMap((postings) => postings.get(term) ?? []),
            isDead,
          )
          return merged.ordinals.length > 0 ? [[term, merged] as const] : []
        }),
      )
    },
    async termsWith(prefix, asking) {
      const found = await Promise.all(parts.map((part) => part.termsWith(prefix, asking)))
      return [...new Set(found.flat())].sort()
    },
  }
}

/** Parts follow one another, so their postings do too. */
function merge(all: readonly Postings[], isDead: Uint8Array): Postings {
  let n = 0
  for (const { ordinals } of all) for (const doc of ordinals) if (isDead[doc] === 0) n++
  const only = all[0]
  if (all.length === 1 && only?.ordinals.length === n) return only
  const merged = emptyPostings(n)
  let to = 0
  for (const { ordinals, frequencies, lengths } of all)
    for (let i = 0; i < ordinals.length; i++) {
      const doc = ordinals[i] ?? 0
      if (isDead[doc] !== 0) continue
      merged.ordinals[to] = doc
      for (let f = 0; f < fieldCount; f++) {
        ;(merged.frequencies[f] as Uint16Array)[to] = frequencies[f]?.[i] ?? 0
        ;(merged.lengths[f] as Uint32Array)[to] = lengths[f]?.[i] ?? 0
      }
      to++
    }
  return merged
}

/** In how many fields of how many entries the term stands: what lunr counts for its idf. */
export function occurrencesOf({ frequencies }: Postings): number {
  let n = 0
  for (const of of frequencies) for (const frequency of of) if (frequency > 0) n++
  return n
}
