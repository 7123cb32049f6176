/** A part of what can be found: the base, the delta, or what the wire has. All count their entries in one row of ordinals. */
import type { ColumnRow } from '#domain/columns.ts'
import type { Postings } from '#domain/posting.ts'
import type { Group } from '#domain/group.ts'
import type { SearchEntry } from '#domain/search-entry.ts'

export interface Part {
  readonly start: number
  readonly count: number
  /** Tokens of all its entries, field by field. */
  readonly totals: readonly number[]
  groupOf(doc: number): Group
  /** Whether its cards are on this device, so that reading all of them is no question of the network. */
  isAtHand(): boolean
  /** Of these terms, those that stand in it. A piece that cannot be had is told to `asking` */
  postingsOf(terms: readonly string[], asking: Asking): Promise<ReadonlyMap<string, Postings>>
  /** All its terms that begin so, sorted. */
  termsWith(prefix: string, asking: Asking): Promise<readonly string[]>
  /** What listings of one category are filtered and sorted by. @param docs ascending; rows of others may be missing */
  rowsOf(category: string, docs: Uint32Array, asking: Asking): Promise<readonly ColumnRow[]>
  /** Entries whole; one that is gone or could not be had is missing. */
  cardsOf(docs: readonly number[], asking: Asking): Promise<ReadonlyMap<number, SearchEntry>>
}

/** A question as those see it who have to fetch for it. */
export interface Asking {
  /** A piece could not be had: the answer is not whole. */
  trouble(): void
  /** Aborted once the question no longer stands; what is on its way for it alone need not come. */
  readonly signal: AbortSignal
}
