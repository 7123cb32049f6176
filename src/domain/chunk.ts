/**
 * A chunk: the postings of a few terms that stand side by side, 1 to 8 kB.
 *
 *   chunk := check:u32 · count:varuint · (shared:varuint · rest:string · size:varuint) × count · postings × count
 *
 * Terms are sorted by UTF-16 code units; `shared` counts the units a term has in common with the one before. `size` is
 * that of the term's postings in bytes. `check` is FNV-1a over all that follows it, so that a chunk that was cut or
 * damaged on its way is told from a whole one.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { emptyPostings, readPostings, writePostings, type Postings } from './posting.ts'
import { err, ok, type Result } from './result.ts'

/**
 * About; a term with more has a chunk for itself. A query fetches a chunk for each term, and the directory names them all:
 * what both weigh together is least where a chunk grows with the root of the segment.
 */
export const chunkBytesFor = (entries: number): number =>
  Math.max(1_024, Math.min(8_192, Math.round(24 * Math.sqrt(entries))))

export interface Chunk {
  readonly terms: readonly string[]
  /** Read when asked: most terms of a chunk are not. @throws never; a chunk that was decoded is whole */
  postingsOf(term: string): Postings | undefined
}
export type BadChunk = { readonly kind: 'bad-chunk' }

/** Cuts sorted terms into chunks; `first` is a chunk's first term. @param most bytes of a chunk, about */
export function* chunksOf(
  terms: Iterable<string>,
  postingsOf: (term: string) => Postings | undefined,
  most: number,
): Generator<{ readonly first: string; readonly bytes: Uint8Array }> {
  let held: { term: string; bytes: Uint8Array }[] = []
  let size = 0
  for (const term of terms) {
    const postings = postingsOf(term) ?? emptyPostings(0)
    const bytes = encoding.encode((out) => writePostings(out, postings))
    if (held.length > 0 && size + bytes.length > most) {
      yield chunkOf(held)
      held = []
      size = 0
    }
    held.push({ term, bytes })
    size += bytes.length + term.length
  }
  if (held.length > 0) yield chunkOf(held)
}

function chunkOf(held: readonly { readonly term: string; readonly bytes: Uint8Array }[]) {
  const body = encoding.encode((out) => {
    encoding.writeVarUint(out, held.length)
    writeTerms(
      out,
      held.map(({ term }) => term),
      (i) => encoding.writeVarUint(out, held[i]?.bytes.length ?? 0),
    )
    for (const { bytes } of held) encoding.writeUint8Array(out, bytes)
  })
  return { first: held[0]?.term ?? '', bytes: checked(body) }
}

export function decodeChunk(bytes: Uint8Array): Result<Chunk, BadChunk> {
  try {
    const body = unchecked(bytes)
    if (!body) return err({ kind: 'bad-chunk' })
    const input = decoding.createDecoder(body)
    const sizes: number[] = []
    const terms = readTerms(input, decoding.readVarUint(input), () => void sizes.push(decoding.readVarUint(input)))
    const places = new Map<string, Uint8Array>()
    terms.forEach((term, i) => places.set(term, decoding.readUint8Array(input, sizes[i] ?? 0)))
    return ok({
      terms,
      postingsOf(term) {
        const place = places.get(term)
        return place && readPostings(decoding.createDecoder(place))
      },
    })
  } catch {
    return err({ kind: 'bad-chunk' }) // lib0 throws on a short buffer
  }
}

/** Sorted terms, each by what it does not share with the one before; `beside` writes what stands behind each. */
export function writeTerms(out: encoding.Encoder, terms: readonly string[], beside?: (i: number) => void): void {
  let before = ''
  terms.forEach((term, i) => {
    const shared = sharedLength(before, term)
    encoding.writeVarUint(out, shared)
    encoding.writeVarString(out, term.slice(shared))
    beside?.(i)
    before = term
  })
}

export function readTerms(input: decoding.Decoder, count: number, beside?: () => void): readonly string[] {
  if (count > input.arr.length) throw new RangeError('more terms than bytes')
  const terms: string[] = []
  for (let i = 0; i < count; i++) {
    const shared = decoding.readVarUint(input)
    terms.push((terms[i - 1] ?? '').slice(0, shared) + decoding.readVarString(input))
    beside?.()
  }
  return terms
}

/** Never in the middle of a surrogate pair: half of one is no UTF-8. */
function sharedLength(a: string, b: string): number {
  let n = 0
  while (n < a.length && n < b.length && a.charCodeAt(n) === b.charCodeAt(n)) n++
  const last = b.charCodeAt(n - 1)
  return last >= 0xd800 && last < 0xdc00 ? n - 1 : n
}

/** A body behind its check. */
export function checked(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 4)
  new DataView(bytes.buffer).setUint32(0, fnv1a(body))
  bytes.set(body, 4)
  return bytes
}

/** The body, if the check is right. */
export function unchecked(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < 4) return undefined
  const body = bytes.subarray(4)
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) === fnv1a(body) ? body : undefined
}

function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
