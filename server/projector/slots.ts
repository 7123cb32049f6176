/** What stands in a room's slots: a Y.Doc is built from the room's bytes, read and thrown away. */
import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import { maxRecordBytes } from '#domain/record.ts'

export interface Slot {
  readonly name: string
  readonly value: unknown
  /** The value's spelling for the journal, cut at the size a record may have. */
  readonly text: string
  /** Names the revision, as the author's form does: sha256 of what the signature covers. */
  readonly hash: string
  /** Tells this value from the slot's next one. */
  readonly seen: string
}

export interface Slots {
  readonly slots: readonly Slot[]
  /** How many more there were than a room may have. */
  readonly left: number
}

/** More than fit as real records into the bytes of a room; without an end, tiny values would cost hours to judge. */
export const mostSlots = 4000

/** @throws when the bytes are no Yjs updates; whoever asks skips the room */
export function slotsOf(updates: readonly Uint8Array[], map: 'records' | 'contacts'): Slots {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  const held = [...doc.getMap(map).entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  doc.destroy()
  const slots = held.slice(0, mostSlots).map(([name, value]) => slotOf(name, value))
  return { slots, left: held.length - slots.length }
}

function slotOf(name: string, value: unknown): Slot {
  const whole = spellingOf(value)
  const hash = hexOf(whole.slice(whole.indexOf('.') + 1))
  const seen = hexOf(`${typeof value}\n${name}\n${whole}`)
  return { name: shortName(name), value, text: whole.slice(0, maxRecordBytes), hash, seen }
}

/** Not WebCrypto's: thousands of short texts would each wait for a thread. */
const hexOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** A slot's name is chosen by whoever writes; a long one is no slot, and the journal keeps its hash instead. */
const shortName = (name: string): string => (name.length <= 100 ? name : `#${hexOf(name)}`)

/** Yjs maps hold anything; what is no string gets a spelling, so that it can be told from the next value. */
function spellingOf(value: unknown): string {
  if (typeof value === 'string') return value
  try {
    return JSON.stringify(value) ?? typeof value
  } catch {
    return typeof value // a bigint has no JSON
  }
}

const slotName = /^([a-z2-7]{26})\/[A-Za-z0-9_-]{1,40}$/

/** The id a slot is for: its name is `<id>/<device>`. */
export const idOfSlot = (name: string): string | undefined => slotName.exec(name)?.[1]
