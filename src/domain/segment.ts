/**
 * A segment of an edition: immutable entries with numbers (ordinals), and the files they are printed as. An edition has a
 * base and at most one delta; the delta's ordinals go on where the base's end. Ordinals follow group, then newest first,
 * then id, so that a group is a stretch of them and entries of one segment with equal scores stand in order already.
 *
 *   /edition/<segment>        the directory: this file's format below
 *   /t/<segment>/<n>          chunk n (chunk.ts)
 *   /cols/<segment>/<n>       what 1,024 listings of one category are filtered by number and sorted by (columns.ts)
 *   /cards/<segment>/<n>      64 entries whole, as JSON
 *   /whole/<segment>          all of them but the directory, of a small one (whole.ts)
 *
 *   directory := check:u32 · version:u8 · start:varuint · count:varuint · group end:varuint × 4 · tokens:varuint × 3
 *                · dead:varuint · gap:varuint × dead · dead tokens:varuint × 3
 *                · chunks:varuint · (shared:varuint · rest:string) × chunks
 *                · pages:varuint · (category:string · first:varuint · last:varuint · rows:varuint) × pages
 *
 * A segment's name is a hash of all its files, so their addresses are immutable and need no name of their own. `dead` are
 * ordinals of the base that the delta replaces or that are gone; `dead tokens` are what they had, field by field, for
 * lunr's average field lengths.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { checked, readTerms, unchecked, writeTerms } from './chunk.ts'
import { searchFields } from './posting.ts'
import { err, ok, type Result } from './result.ts'
import { groups, type Group } from './group.ts'

export const segmentPattern = /^[0-9a-f]{24}$/
export const cardsInPage = 64
export const rowsInPage = 1_024

export interface ColumnPage {
  readonly category: string
  /** Ordinals of its first and last row. */
  readonly first: number
  readonly last: number
  readonly rows: number
}

export interface Directory {
  readonly start: number
  readonly count: number
  /** The ordinal after each group's last, in the order of `groups`. */
  readonly groupEnds: readonly number[]
  /** Tokens of all entries, field by field. */
  readonly totals: readonly number[]
  readonly dead: readonly number[]
  readonly deadTotals: readonly number[]
  /** The first term of each chunk. */
  readonly chunks: readonly string[]
  readonly columns: readonly ColumnPage[]
}
export type BadDirectory = { readonly kind: 'bad-directory' }

const version = 1

export const encodeDirectory = (directory: Directory): Uint8Array =>
  checked(
    encoding.encode((out) => {
      const { start, count, groupEnds, totals, dead, deadTotals, chunks, columns } = directory
      encoding.writeUint8(out, version)
      for (const number of [start, count, ...groupEnds, ...totals, dead.length]) encoding.writeVarUint(out, number)
      dead.forEach((ordinal, i) => encoding.writeVarUint(out, ordinal - (dead[i - 1] ?? 0)))
      for (const number of [...deadTotals, chunks.length]) encoding.writeVarUint(out, number)
      writeTerms(out, chunks)
      encoding.writeVarUint(out, columns.length)
      for (const { category, first, last, rows } of columns) {
        encoding.writeVarString(out, category)
        for (const number of [first, last, rows]) encoding.writeVarUint(out, number)
      }
    }),
  )

export function decodeDirectory(bytes: Uint8Array): Result<Directory, BadDirectory> {
  try {
    const body = unchecked(bytes)
    if (!body || body[0] !== version) return err({ kind: 'bad-directory' })
    const input = decoding.createDecoder(body)
    decoding.readUint8(input)
    const number = () => decoding.readVarUint(input)
    const numbers = (n: number) => Array.from({ length: n }, number)
    const [start, count] = [number(), number()]
    const groupEnds = numbers(groups.length)
    const totals = numbers(searchFields.length)
    let at = 0
    const dead = Array.from({ length: number() }, () => (at += number()))
    const deadTotals = numbers(searchFields.length)
    const chunks = readTerms(input, number())
    const columns = Array.from({ length: number() }, () => {
      const category = decoding.readVarString(input)
      return { category, first: number(), last: number(), rows: number() }
    })
    return ok({ start, count, groupEnds, totals, dead, deadTotals, chunks, columns })
  } catch {
    return err({ kind: 'bad-directory' })
  }
}

/** The chunk a term would stand in; -1 when it sorts before them all. */
export function chunkOfTerm({ chunks }: Directory, term: string): number {
  let low = 0
  let high = chunks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((chunks[middle] ?? '') <= term) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** @param ordinal one of this segment's */
export const groupOfOrdinal = ({ groupEnds }: Directory, ordinal: number): Group =>
  groups[groupEnds.findIndex((end) => ordinal < end)] ?? 'directory'
