/**
 * The short way through `judgeUpdate` for what nearly every update is: one client goes on where it left off, with texts or
 * plain values, and deletes something or not. Reads no further than it must and makes no structs. Whatever is not of this
 * kind, or is not plainly right, is undefined: then the long way decides.
 */
import { isUtf8 } from 'node:buffer'
import * as decoding from 'lib0/decoding'
import type { Known, News } from './gaps.ts'
import { covers, type Range } from './ranges.ts'

const has = { origin: 0x80, rightOrigin: 0x40, parentSub: 0x20 }
const content = { string: 4, any: 8 }
const kindBits = 0x1f
const mostBranchesHere = 32 // more of them are looked at one by one

export function skim(update: Uint8Array, known: Known): News | undefined {
  try {
    return read(update, known)
  } catch {
    return undefined // lib0 throws on a short buffer
  }
}

function read(update: Uint8Array, known: Known): News | undefined {
  const input = decoding.createDecoder(update)
  if (decoding.readVarUint(input) !== 1) return undefined
  const count = decoding.readVarUint(input)
  const client = decoding.readVarUint(input)
  let clock = decoding.readVarUint(input)
  let branches = 0
  if (count === 0 || clock !== (known.vector.get(client) ?? 0)) return undefined
  /** Of an id in the update: whether it is of something that is there before the struct that names it. */
  const isKnown = (of = decoding.readVarUint(input), at = decoding.readVarUint(input)): boolean =>
    at < (of === client ? clock : (known.vector.get(of) ?? 0))
  for (let left = count; left > 0; left--) {
    const info = decoding.readUint8(input)
    let isBranch = true
    if (info & has.origin) {
      const [of, at] = [decoding.readVarUint(input), decoding.readVarUint(input)]
      if (!isKnown(of, at)) return undefined
      isBranch = of !== client || at + 1 !== clock
    }
    if (info & has.rightOrigin && !isKnown()) return undefined
    if (!(info & (has.origin | has.rightOrigin))) {
      if (decoding.readVarUint(input) === 1 ? !isText(input) : !isKnown()) return undefined
      if (info & has.parentSub && !isText(input)) return undefined
    }
    if (isBranch && ++branches > mostBranchesHere) return undefined
    const length = lengthOf(info & kindBits, input)
    if (!length) return undefined
    clock += length
  }
  const deleted: [number, Range][] = []
  for (let clients = decoding.readVarUint(input); clients > 0; clients--) {
    const of = decoding.readVarUint(input)
    const next = of === client ? clock : (known.vector.get(of) ?? 0)
    for (let ranges = decoding.readVarUint(input); ranges > 0; ranges--) {
      const range = { clock: decoding.readVarUint(input), len: decoding.readVarUint(input) }
      if (range.len === 0 || range.clock + range.len > next) return undefined
      if (!covers(known.deleted, of, range)) deleted.push([of, range])
    }
  }
  if (decoding.hasContent(input) || !Number.isSafeInteger(clock)) return undefined
  return { update, vector: new Map([[client, clock]]), deleted, branches, tangles: branches }
}

/** How many clocks the content takes; undefined for other kinds than texts and lists of plain values. */
function lengthOf(kind: number, input: decoding.Decoder): number | undefined {
  if (kind === content.string) return lengthOfText(input)
  if (kind !== content.any) return undefined
  const length = decoding.readVarUint(input)
  for (let left = length; left > 0; left--) if (!isPlain(input)) return undefined
  return length
}

const plain = { undefined: 127, null: 126, integer: 125, false: 121, true: 120, string: 119 }

function isPlain(input: decoding.Decoder): boolean {
  const type = decoding.readUint8(input)
  if (type === plain.string) return isText(input)
  if (type === plain.integer) decoding.readVarInt(input)
  else return type === plain.undefined || type === plain.null || type === plain.false || type === plain.true
  return true
}

const isText = (input: decoding.Decoder): boolean => isUtf8(decoding.readVarUint8Array(input))

/** In UTF-16, as Yjs counts. */
function lengthOfText(input: decoding.Decoder): number | undefined {
  const bytes = decoding.readVarUint8Array(input)
  if (!isUtf8(bytes)) return undefined
  let length = 0
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) length += byte >= 0xf0 ? 2 : 1
  return length
}
