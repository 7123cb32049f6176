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
  /** Of these terms, those that stand in it. @param trouble called when a piece could not be had */
  postingsOf(terms: readonly string[], trouble: Trouble): Promise<ReadonlyMap<string, Postings>>
  /** All its terms that begin so, sorted. */
  termsWith(prefix: string, trouble: Trouble): Promise<readonly string[]>
  /** What listings of one category are filtered and sorted by. @param docs ascending; rows of others may be missing */
  rowsOf(category: string, docs: Uint32Array, trouble: Trouble): Promise<readonly ColumnRow[]>
  /** Entries whole; one that is gone or could not be had is missing. */
  cardsOf(docs: readonly number[], trouble: Trouble): Promise<ReadonlyMap<number, SearchEntry>>
}

export type Trouble = () => void
