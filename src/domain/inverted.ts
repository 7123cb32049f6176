/**
 * Turns entries into postings. Publisher and browser use the same: one for a town's entries, the other for the few of the
 * wire. What is gathered lies as varuints in one growing buffer a term, so that fifteen million postings fit into memory.
 */
import { emptyPostings, fieldCount, type Postings, type SearchField, searchFields } from './posting.ts'

export type FieldTokens = Readonly<Record<SearchField, readonly string[]>>

export interface Inverted {
  /** @param ordinal greater than every one before @param filters terms that stand in no field */
  add(ordinal: number, tokens: FieldTokens, filters?: readonly string[]): void
  has(term: string): boolean
  /** Sorted by UTF-16 code units. */
  terms(): readonly string[]
  postingsOf(term: string): Postings | undefined
  /** Tokens of all entries, field by field. */
  readonly totals: readonly number[]
}

export function createInverted(): Inverted {
  const held = new Map<string, Gathered>()
  const totals: number[] = searchFields.map(() => 0)
  return {
    totals,
    add(ordinal, tokens, filters = []) {
      const lengths = searchFields.map((field) => tokens[field].length)
      lengths.forEach((length, f) => (totals[f] = (totals[f] ?? 0) + length))
      for (const [term, counts] of countsOf(tokens, filters)) {
        const gathered = held.get(term) ?? { bytes: new Uint8Array(12), used: 0, n: 0, last: 0 }
        if (gathered.n === 0) held.set(term, gathered)
        put(gathered, ordinal - gathered.last)
        for (let f = 0; f < fieldCount; f++) {
          const count = counts[f] ?? 0
          put(gathered, count)
          if (count > 0) put(gathered, lengths[f] ?? 0)
        }
        gathered.last = ordinal
        gathered.n++
      }
    },
    has: (term) => held.has(term),
    terms: () => [...held.keys()].sort(),
    postingsOf: (term) => {
      const gathered = held.get(term)
      return gathered && postingsIn(gathered)
    },
  }
}

/** gap, then for each field the frequency and, where that is not 0, the length */
interface Gathered {
  bytes: Uint8Array
  used: number
  n: number
  last: number
}

function countsOf(tokens: FieldTokens, filters: readonly string[]): ReadonlyMap<string, number[]> {
  const counts = new Map(filters.map((filter) => [filter, searchFields.map(() => 0)]))
  searchFields.forEach((field, f) => {
    for (const token of tokens[field]) {
      const known = counts.get(token)
      if (known) known[f] = (known[f] ?? 0) + 1
      else
        counts.set(
          token,
          searchFields.map((_, g) => (g === f ? 1 : 0)),
        )
    }
  })
  return counts
}

function put(gathered: Gathered, value: number): void {
  if (gathered.used + 5 > gathered.bytes.length) {
    const wider = new Uint8Array(gathered.bytes.length * 2)
    wider.set(gathered.bytes)
    gathered.bytes = wider
  }
  let left = value
  while (left > 127) {
    gathered.bytes[gathered.used++] = (left & 127) | 128
    left >>>= 7
  }
  gathered.bytes[gathered.used++] = left
}

function postingsIn({ bytes, n }: Gathered): Postings {
  const postings = emptyPostings(n)
  let at = 0
  const take = (): number => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) return value >>> 0
    }
  }
  for (let i = 0, ordinal = 0; i < n; i++) {
    postings.ordinals[i] = ordinal += take()
    for (let f = 0; f < fieldCount; f++) {
      const frequency = take()
      postings.frequencies[f]?.fill(frequency, i, i + 1)
      if (frequency > 0) postings.lengths[f]?.fill(take(), i, i + 1)
    }
  }
  return postings
}
