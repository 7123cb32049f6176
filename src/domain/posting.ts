/**
 * A term's postings as bytes: who holds it, in which fields, how often, and how long those fields are.
 *
 *   postings := n:varuint · gap:varuint × n · shape:u8 × n · frequency:varuint … · length:varuint …
 *
 * The first gap is the first ordinal, the others the steps to the next. Of a shape, bit `f` says that field `f` holds the
 * term, bit 3 that it holds it once wherever it does; only without bit 3 its frequencies follow. Lengths are those of the
 * fields that hold it, in tokens, field by field. A shape without a field is that of a term which only filters (search-entry.ts). The streams lie one after the other because they compress better so.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** The fields of an entry that are searched, in the order of the bits; a title counts five times. */
export const searchFields = ['title', 'text', 'labels'] as const
export type SearchField = (typeof searchFields)[number]
export const fieldBoosts: Readonly<Record<SearchField, number>> = { title: 5, text: 1, labels: 1 }
export const fieldCount = searchFields.length

/** `frequencies[f][i]` is how often field `f` of `ordinals[i]` holds the term (0: not), `lengths[f][i]` that field's length in tokens (0 where it does not hold it). */
export interface Postings {
  readonly ordinals: Uint32Array
  readonly frequencies: readonly Uint16Array[]
  readonly lengths: readonly Uint32Array[]
}

const allOnce = 1 << fieldCount

export const emptyPostings = (n: number): Postings => ({
  ordinals: new Uint32Array(n),
  frequencies: searchFields.map(() => new Uint16Array(n)),
  lengths: searchFields.map(() => new Uint32Array(n)),
})

export function writePostings(out: encoding.Encoder, { ordinals, frequencies, lengths }: Postings): void {
  const shapes = Uint8Array.from(ordinals, (_, i) => shapeAt(frequencies, i))
  encoding.writeVarUint(out, ordinals.length)
  ordinals.forEach((ordinal, i) => encoding.writeVarUint(out, i === 0 ? ordinal : ordinal - (ordinals[i - 1] ?? 0)))
  encoding.writeUint8Array(out, shapes)
  shapes.forEach((shape, i) => {
    if (!(shape & allOnce)) for (const f of fieldsIn(shape)) encoding.writeVarUint(out, frequencies[f]?.[i] ?? 0)
  })
  for (let f = 0; f < fieldCount; f++)
    shapes.forEach((shape, i) => {
      if (shape & (1 << f)) encoding.writeVarUint(out, lengths[f]?.[i] ?? 0)
    })
}

/** @throws on bytes that are cut short; whoever reads a chunk catches it */
export function readPostings(input: decoding.Decoder): Postings {
  const n = decoding.readVarUint(input)
  if (n > input.arr.length) throw new RangeError('more postings than bytes')
  const postings = emptyPostings(n)
  const { ordinals, frequencies, lengths } = postings
  for (let i = 0, at = 0; i < n; i++) ordinals[i] = at += decoding.readVarUint(input)
  const shapes = decoding.readUint8Array(input, n)
  shapes.forEach((shape, i) => {
    for (const f of fieldsIn(shape)) frequencies[f]?.fill(shape & allOnce ? 1 : decoding.readVarUint(input), i, i + 1)
  })
  for (let f = 0; f < fieldCount; f++)
    shapes.forEach((shape, i) => {
      if (shape & (1 << f)) lengths[f]?.fill(decoding.readVarUint(input), i, i + 1)
    })
  return postings
}

function shapeAt(frequencies: readonly Uint16Array[], i: number): number {
  let shape = allOnce
  for (let f = 0; f < fieldCount; f++) {
    const frequency = frequencies[f]?.[i] ?? 0
    if (frequency > 0) shape |= 1 << f
    if (frequency > 1) shape &= ~allOnce
  }
  return shape
}

/** The fields of every shape, looked up and not counted out: this runs once for each posting. */
const fieldsOfShape: readonly (readonly number[])[] = Array.from({ length: allOnce }, (_, shape) =>
  searchFields.flatMap((_field, f) => (shape & (1 << f) ? [f] : [])),
)
const fieldsIn = (shape: number): readonly number[] => fieldsOfShape[shape & (allOnce - 1)] ?? []
