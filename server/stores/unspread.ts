/**
 * Batches that lie on the disk as they came, each a row. They are the log's newest end: what a room has in them comes after
 * what it has in its own rows. The writer spreads them over the rooms soon (`spread.ts`).
 */
import type { DatabaseSync } from 'node:sqlite'
import { unpackBatch } from './batch.ts'
import type { StoredEntry } from './store.ts'

export type Row = Readonly<Record<string, unknown>>

/** Blobs lie anywhere in memory; numbers of eight bytes do not. */
export const numbersIn = (blob: Uint8Array): Float64Array<ArrayBuffer> => new Float64Array(new Uint8Array(blob).buffer)

export function entriesOf({ first_seq, rooms, epochs, entries, bodies }: Row): readonly StoredEntry[] {
  const batch = {
    rooms: String(rooms),
    table: numbersIn(entries as Uint8Array),
    bodies: bodies as Uint8Array<ArrayBuffer>,
  }
  return unpackBatch(batch, { firstSeq: Number(first_seq), epochs: String(epochs) })
}

export const everyBatch = 'SELECT first_seq, rooms, epochs, entries, bodies FROM batches'

/** What a room has in unspread batches, in order. To be asked inside the transaction that reads the rest of the room. */
export function createUnspread(db: DatabaseSync): (room: string) => readonly StoredEntry[] {
  const list = db.prepare('SELECT first_seq FROM batches ORDER BY first_seq')
  const one = db.prepare(`${everyBatch} WHERE first_seq = ?`)
  let known = new Map<number, ReadonlyMap<string, readonly StoredEntry[]>>() // a batch never changes
  return (room) => {
    const seqs = list.all().map((row) => Number(row['first_seq']))
    const now: typeof known = new Map()
    for (const seq of seqs) now.set(seq, known.get(seq) ?? byRoom(entriesOf(one.get(seq) ?? {})))
    known = now
    return seqs.flatMap((seq) => now.get(seq)?.get(room) ?? [])
  }
}

function byRoom(entries: readonly StoredEntry[]): ReadonlyMap<string, readonly StoredEntry[]> {
  const rooms = new Map<string, StoredEntry[]>()
  for (const entry of entries) {
    const own = rooms.get(entry.room)
    if (own) own.push(entry)
    else rooms.set(entry.room, [entry])
  }
  return rooms
}
