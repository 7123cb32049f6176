/**
 * HR-3, one thing once: how alike two listings are. A listing's sketch is the 64 smallest hashes of the two-character pieces of its
 * folded words, so that short ones are compared exactly, long ones by an even sample, and no text is read twice. The relay refuses what is
 * the same again; the form warns of what is nearly so, and lets its author decide.
 */
import { plainOf } from './house-rules.ts'
import type { ListingBody } from './listing.ts'

export type Sketched = Pick<ListingBody, 'title' | 'text' | 'priceFen' | 'fields'>

export interface Sketch {
  /** Price and typed fields: two things that differ in them are two things. */
  readonly facts: number
  /** Ascending, none twice. */
  readonly pieces: Uint32Array
}

/** Of titles and texts together, 0 to 1. A word changed in a long text leaves more than `sameFrom`. */
export const sameFrom = 0.9
export const nearFrom = 0.6
const mostPieces = 64

export function sketch({ title, text, priceFen, fields }: Sketched): Sketch {
  const characters = [...plainOf(`${title}\n${text}`).replace(/[\s\p{P}\p{S}]+/gu, '')]
  const hashes = new Set(characters.map((one, i) => hashOf(one + (characters[i + 1] ?? ''))))
  const told = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    facts: hashOf(JSON.stringify([priceFen, told])),
    pieces: Uint32Array.from(hashes).sort().slice(0, mostPieces),
  }
}

/** How much of their words two listings share (Jaccard), among the smallest hashes of both together. */
export function alike({ pieces: a }: Pick<Sketch, 'pieces'>, { pieces: b }: Pick<Sketch, 'pieces'>): number {
  const cut = a.length < mostPieces && b.length < mostPieces ? Infinity : mostPieces
  let [i, j, both, all] = [0, 0, 0, 0]
  while (all < cut && (i < a.length || j < b.length)) {
    const [one, other] = [a[i] ?? Infinity, b[j] ?? Infinity]
    if (one <= other) i++
    if (other <= one) j++
    if (one === other) both++
    all++
  }
  return all === 0 ? 0 : both / all
}

/** The same words, and neither price nor a typed field that would tell two things apart. The category may be another. */
export const isSameAgain = (one: Sketch, other: Sketch): boolean =>
  one.facts === other.facts && alike(one, other) >= sameFrom

/** For a table: the facts, then the pieces, four bytes each. */
export function sketchToBytes({ facts, pieces }: Sketch): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * (1 + pieces.length)))
  ;[facts, ...pieces].forEach((value, i) => view.setUint32(4 * i, value))
  return new Uint8Array(view.buffer)
}

export function bytesToSketch(bytes: Uint8Array): Sketch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values = Uint32Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getUint32(4 * i))
  return { facts: values[0] ?? 0, pieces: values.subarray(1) }
}

/** FNV-1a, then mixed (MurmurHash3), so that the smallest ones are of no particular characters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
