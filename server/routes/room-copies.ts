/**
 * Public rooms as files to send: merged once and compressed once for each state of a room, in zlib's threads. The least
 * recently asked are forgotten over a budget of bytes. What the relay has merged already is taken from it.
 */
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { MergedRoom } from '../relay/relay.ts'
import { mergeAll } from '../relay/rooms.ts'
import type { UpdateLog } from '../stores/store.ts'

export interface Version {
  readonly epoch: string
  readonly seq: number
}
export interface RoomCopy extends Version {
  readonly bytes: Uint8Array
  /** Undefined where it would not be smaller. */
  brotli(): Promise<Uint8Array | undefined>
}
export interface RoomCopies {
  /** This state of the room or a later one; undefined when the log has none. Rejects when it cannot be read. */
  get(name: string, version: Version): Promise<RoomCopy | undefined>
  heldBytes(): number
}

export interface RoomCopiesDeps {
  readonly log: Pick<UpdateLog, 'read'>
  /** What the relay holds of a room, if all of it is on the disk. */
  readonly merged: (name: string) => MergedRoom | undefined
  readonly budgetBytes: number
}

interface Slot extends Version {
  readonly copy: Promise<RoomCopy | undefined>
  bytes: number
}

const slotBytes = 1024 // what a copy costs beside its bytes

export function createRoomCopies({ log, merged, budgetBytes }: RoomCopiesDeps): RoomCopies {
  const slots = new Map<string, Slot>() // the oldest use first
  let total = 0

  const forget = (name: string, slot: Slot | undefined) => {
    if (!slot || slots.get(name) !== slot) return
    slots.delete(name)
    total -= slot.bytes
  }
  const grow = (name: string, slot: Slot, bytes: number) => {
    if (slots.get(name) !== slot) return
    slot.bytes += bytes
    total += bytes
    for (const [oldest, held] of slots) {
      if (total <= budgetBytes) return
      forget(oldest, held)
    }
  }
  const load = async (name: string, version: Version): Promise<MergedRoom | undefined> => {
    const inMemory = merged(name)
    if (inMemory && isSame(inMemory, version)) return inMemory
    const stored = await log.read(name)
    if (!stored) return undefined
    const updates = [...(stored.snapshot ? [stored.snapshot] : []), ...stored.updates]
    return { epoch: stored.epoch, seq: stored.seq, bytes: () => mergeAll(updates) }
  }
  const make = (name: string, version: Version): Slot => {
    const grown = (bytes: number) => grow(name, slot, bytes)
    const copy = load(name, version).then((room) => room && createCopy(room, grown))
    const slot: Slot = { epoch: version.epoch, seq: version.seq, copy, bytes: 0 }
    copy.catch(() => forget(name, slot))
    return slot
  }

  return {
    async get(name, version) {
      const known = slots.get(name)
      const slot = known && isSame(known, version) ? known : make(name, version)
      if (slot === known) slots.delete(name)
      else forget(name, known)
      slots.set(name, slot)
      if (slot !== known) grow(name, slot, slotBytes)
      return slot.copy
    },
    heldBytes: () => total,
  }
}

const isSame = (one: Version, other: Version): boolean => one.epoch === other.epoch && one.seq === other.seq

const compress = promisify(brotliCompress)
const quality = 5 // a megabyte in some 30 ms of one thread; higher costs many times that for a few per cent

function createCopy({ epoch, seq, bytes }: MergedRoom, grown: (bytes: number) => void): RoomCopy {
  const whole = bytes()
  let packed: Promise<Uint8Array | undefined> | undefined
  grown(whole.length)
  return {
    epoch,
    seq,
    bytes: whole,
    brotli() {
      packed ??= compress(whole, {
        params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length },
      }).then((made) => {
        if (made.length >= whole.length) return undefined
        grown(made.length)
        return made
      })
      return packed
    },
  }
}
