/** What stands in a room's slots: a Y.Doc is built from the room's bytes, read and thrown away. */
import * as Y from 'yjs'
import { sha256, toHex, utf8 } from '#domain/bytes.ts'
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

/** @throws when the bytes are no Yjs updates; whoever asks skips the room */
export async function slotsOf(updates: readonly Uint8Array[], map: 'records' | 'contacts'): Promise<readonly Slot[]> {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  const held = [...doc.getMap(map).entries()]
  doc.destroy()
  return Promise.all(held.map(([name, value]) => slotOf(name, value)))
}

async function slotOf(name: string, value: unknown): Promise<Slot> {
  const whole = spellingOf(value)
  const hash = await hexOf(whole.slice(whole.indexOf('.') + 1))
  const seen = await hexOf(`${typeof value}\n${name}\n${whole}`)
  return { name: await shortName(name), value, text: whole.slice(0, maxRecordBytes), hash, seen }
}

const hexOf = async (text: string): Promise<string> => toHex(await sha256(utf8(text)))

/** A slot's name is chosen by whoever writes; a long one is no slot, and the journal keeps its hash instead. */
const shortName = async (name: string): Promise<string> => (name.length <= 100 ? name : `#${await hexOf(name)}`)

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
