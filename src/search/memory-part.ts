/** Entries at hand as a part: those of the wire. They are cut as the publisher cuts them, each once. */
import type { ColumnRow } from '#domain/columns.ts'
import { createInverted, type FieldTokens } from '#domain/inverted.ts'
import type { Town } from '#domain/listing.ts'
import { filtersOf, groupOf, inPrint, isPrinted, tokensOf, type SearchEntry } from '#domain/search-entry.ts'
import type { Part } from './part.ts'

const cuts = new WeakMap<SearchEntry, FieldTokens>()

export function createMemoryPart(start: number, given: Iterable<SearchEntry>, town: Town): Part {
  const entries = [...given].sort(inPrint)
  const inverted = createInverted()
  entries.forEach((entry, i) => inverted.add(start + i, cutOf(entry, town), filtersOf(entry)))
  const at = (doc: number) => entries[doc - start]
  return {
    start,
    count: entries.length,
    totals: inverted.totals,
    isAtHand: () => true,
    groupOf: (doc) => groupOf(at(doc) as SearchEntry),
    postingsOf: async (terms) =>
      new Map(
        terms.flatMap((term) => {
          const postings = inverted.postingsOf(term)
          return postings ? [[term, postings] as const] : []
        }),
      ),
    termsWith: async (prefix) => inverted.terms().filter((term) => term.startsWith(prefix)),
    rowsOf: async (category) =>
      entries.flatMap((entry, i): ColumnRow[] =>
        !isPrinted(entry) && entry.category === category ? [{ ...entry, ordinal: start + i }] : [],
      ),
    cardsOf: async (docs) =>
      new Map(
        docs.flatMap((doc) => {
          const entry = at(doc)
          return entry ? [[doc, entry] as const] : []
        }),
      ),
  }
}

function cutOf(entry: SearchEntry, town: Town): FieldTokens {
  const known = cuts.get(entry) ?? tokensOf(entry, town)
  cuts.set(entry, known)
  return known
}
