/**
 * A batch between the main thread and the writer thread: few objects, one buffer. Cloning every update for itself would
 * cost more than all the relay does with it.
 */
import type { LogEntry, Receipt } from './store.ts'

export interface PackedBatch {
  /** Each room of the batch once. */
  readonly rooms: readonly string[]
  /** For each entry: its room, its time, and where in `bodies` it ends. */
  readonly roomOf: Uint32Array
  readonly at: Float64Array
  readonly ends: Uint32Array
  readonly bodies: Uint8Array<ArrayBuffer>
}

export function packBatch(entries: readonly LogEntry[]): PackedBatch {
  const bodies = new Uint8Array(entries.reduce((sum, { update }) => sum + update.length, 0))
  const indexOf = new Map<string, number>()
  const roomOf = new Uint32Array(entries.length)
  const at = new Float64Array(entries.length)
  const ends = new Uint32Array(entries.length)
  let end = 0
  for (const [i, entry] of entries.entries()) {
    let room = indexOf.get(entry.room)
    if (room === undefined) indexOf.set(entry.room, (room = indexOf.size))
    roomOf[i] = room
    at[i] = entry.at
    bodies.set(entry.update, end)
    ends[i] = end += entry.update.length
  }
  return { rooms: [...indexOf.keys()], roomOf, at, ends, bodies }
}

/** The updates are views on the batch: copy what is kept. */
export function unpackBatch({ rooms, roomOf, at, ends, bodies }: PackedBatch): readonly LogEntry[] {
  return Array.from(ends, (end, i) => ({
    room: rooms[roomOf[i]!]!,
    update: bodies.subarray(i === 0 ? 0 : ends[i - 1]!, end),
    at: at[i]!,
  }))
}

export interface PackedReceipts {
  readonly seqs: Float64Array
  /** Each epoch once, and for each receipt which. */
  readonly epochs: readonly string[]
  readonly epochOf: Uint32Array
}

export function packReceipts(receipts: readonly Receipt[]): PackedReceipts {
  const indexOf = new Map<string, number>()
  const epochOf = Uint32Array.from(receipts, ({ epoch }) => {
    const known = indexOf.get(epoch)
    if (known === undefined) indexOf.set(epoch, indexOf.size)
    return known ?? indexOf.size - 1
  })
  return { seqs: Float64Array.from(receipts, ({ seq }) => seq), epochs: [...indexOf.keys()], epochOf }
}

export const unpackReceipts = ({ seqs, epochs, epochOf }: PackedReceipts): readonly Receipt[] =>
  Array.from(seqs, (seq, i) => ({ seq, epoch: epochs[epochOf[i]!]! }))
