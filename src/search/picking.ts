/** Which entries answer a question: sets over the ordinals of a collection, one byte each. */
import type { Postings } from '#domain/posting.ts'
import type { Need } from '#domain/text.ts'

type Held = ReadonlyMap<string, Postings>

/** Entries that meet the need in one of its ways. */
export function answering({ ways }: Pick<Need, 'ways'>, postings: Held, end: number): Uint8Array {
  const set = new Uint8Array(end)
  for (const way of ways) for (const doc of holdingAll(way, postings)) set[doc] = 1
  return set
}

/** Entries with every one of these terms, in any field. Shortest list first, so the work is that of the rarest. */
function holdingAll(terms: readonly string[], postings: Held): Iterable<number> {
  const lists = [...new Set(terms)].map((term) => postings.get(term)?.ordinals)
  if (lists.length === 0 || lists.some((list) => list === undefined)) return []
  const [first = new Uint32Array(), ...rest] = (lists as Uint32Array[]).sort((a, b) => a.length - b.length)
  return rest.reduce(common, first)
}

function common(few: Uint32Array, many: Uint32Array): Uint32Array {
  const both = new Uint32Array(few.length)
  let n = 0
  for (let i = 0, j = 0; i < few.length; i++) {
    const doc = few[i] ?? 0
    while (j < many.length && (many[j] ?? 0) < doc) j++
    if (many[j] === doc) both[n++] = doc
  }
  return both.subarray(0, n)
}

/** Entries in every set of `all` and in none of `none`, ascending. @param all at least one */
export function meeting(all: readonly Uint8Array[], none: readonly Uint8Array[]): Uint32Array {
  const [first = new Uint8Array(), ...rest] = all
  const found: number[] = []
  for (let doc = 0; doc < first.length; doc++)
    if (first[doc] === 1 && rest.every((set) => set[doc] === 1) && none.every((set) => set[doc] === 0)) found.push(doc)
  return Uint32Array.from(found)
}
