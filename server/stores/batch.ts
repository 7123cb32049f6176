/**
 * A batch of appends: few objects, whatever it holds, on its way between the threads and as one row on the disk. Cloning
 * every update for itself would cost more than all the relay does with it, and so would a row of its own for each.
 */
import type { LogEntry, Receipt, StoredEntry } from './store.ts'

export interface PackedBatch {
  /** Each room of the batch once, a line each: a room's name has no line breaks. */
  readonly rooms: string
  /** Three numbers for each entry: which of the rooms, where in `bodies` it ends, its time. */
  readonly table: Float64Array<ArrayBuffer>
  readonly bodies: Uint8Array<ArrayBuffer>
}

const columns = 3

export function packBatch(entries: readonly LogEntry[]): PackedBatch {
  let bytes = 0
  for (const { update } of entries) bytes += update.length
  const bodies = new Uint8Array(bytes)
  const table = new Float64Array(entries.length * columns)
  const indexOf = new Map<string, number>()
  let end = 0
  let cell = 0
  for (const { room, update, at } of entries) {
    let index = indexOf.get(room)
    if (index === undefined) indexOf.set(room, (index = indexOf.size))
    bodies.set(update, end)
    end += update.length
    table[cell++] = index
    table[cell++] = end
    table[cell++] = at
  }
  return { rooms: [...indexOf.keys()].join('\n'), table, bodies }
}

/** What a batch gets when it is durable: its entries are numbered from `firstSeq` on. */
export interface BatchReceipt {
  readonly firstSeq: number
  /** Of each room of the batch, a line each. */
  readonly epochs: string
}

export const countOf = ({ table }: PackedBatch): number => table.length / columns

/** The updates are views on the batch: copy what is kept. */
export function unpackBatch({ rooms, table, bodies }: PackedBatch, receipt: BatchReceipt): readonly StoredEntry[] {
  const names = rooms.split('\n')
  const epochs = receipt.epochs.split('\n')
  const entries: StoredEntry[] = []
  let from = 0
  for (let cell = 0; cell < table.length; cell += columns) {
    const index = table[cell]!
    const end = table[cell + 1]!
    entries.push({
      room: names[index]!,
      update: bodies.subarray(from, end),
      at: table[cell + 2]!,
      seq: receipt.firstSeq + entries.length,
      epoch: epochs[index]!,
    })
    from = end
  }
  return entries
}

/** What each entry of the batch gets. The table tells of which room an entry is; the bodies are not asked. */
export function unpackReceipts(table: Float64Array, { firstSeq, epochs }: BatchReceipt): readonly Receipt[] {
  const epochOf = epochs.split('\n')
  const receipts: Receipt[] = []
  for (let cell = 0; cell < table.length; cell += columns)
    receipts.push({ seq: firstSeq + receipts.length, epoch: epochOf[table[cell]!]! })
  return receipts
}
