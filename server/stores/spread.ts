/**
 * Spreads batches over the rooms they are of. A write is acknowledged when its batch is on the disk, which is one row; the
 * rows of rooms are written later, for all that came meanwhile: one row for each room that was written, not for each write.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { StoredEntry } from './store.ts'
import { entriesOf, everyBatch, numbersIn, type Row } from './unspread.ts'

/** To be called inside a transaction. */
export function createSpread(db: DatabaseSync): () => void {
  const batches = db.prepare(`${everyBatch} ORDER BY first_seq`)
  const drop = db.prepare('DELETE FROM batches')
  const insert = db.prepare('INSERT INTO updates (seq, room, at, body, parts) VALUES (?, ?, ?, ?, ?)')
  const touch = createToucher(db)
  return () => {
    const rows = batches.all()
    const rooms = new Map<string, StoredEntry[]>()
    for (const entry of rows.flatMap(entriesOf)) {
      const own = rooms.get(entry.room)
      if (own) own.push(entry)
      else rooms.set(entry.room, [entry])
    }
    if (rooms.size === 0) return
    drop.run() // first, so that its pages are used again: erased pages are written like others
    for (const [room, entries] of rooms) {
      const last = entries.at(-1)!
      insert.run(last.seq, room, entries[0]!.at, ...joined(entries))
      touch(room, last)
    }
    for (const { bodies } of rows) letGo(bodies as Uint8Array<ArrayBuffer>)
  }
}

/** Frees what is read or received at once; the collector would leave tens of megabytes of it lying about. */
export const letGo = ({ buffer }: Uint8Array<ArrayBuffer>): void => void buffer.transfer(0)

type Touch = (room: string, last: Pick<StoredEntry, 'seq' | 'at' | 'epoch'>) => void

/** What a room knows of its newest update; a room that is none yet becomes one. */
export function createToucher(db: DatabaseSync): Touch {
  const touch = db.prepare('UPDATE rooms SET last_seq = ?, last_at = ? WHERE name = ?')
  const create = db.prepare('INSERT INTO rooms (name, epoch, last_seq, last_at) VALUES (?, ?, ?, ?)')
  return (room, { seq, at, epoch }) => {
    if (Number(touch.run(seq, at, room).changes) === 0) create.run(room, epoch, seq, at)
  }
}

interface Part {
  readonly seq: number
  readonly update: Uint8Array
}

/** Several updates in one row: one after the other, and of each its number and where it ends. */
export function joined(parts: readonly Part[]): [body: Uint8Array, parts: Uint8Array | null] {
  if (parts.length === 1) return [parts[0]!.update, null]
  const marks = new Float64Array(parts.flatMap(({ seq }) => [seq, 0]))
  let end = 0
  for (const [at, { update }] of parts.entries()) marks[2 * at + 1] = end += update.length
  const body = new Uint8Array(end)
  for (const [at, { update }] of parts.entries()) body.set(update, marks[2 * at + 1]! - update.length)
  return [body, new Uint8Array(marks.buffer)]
}

/** The updates of a row. */
export function partsOf({ seq, body, parts }: Row): readonly Part[] {
  const bytes = body as Uint8Array
  if (!parts) return [{ seq: Number(seq), update: bytes }]
  const marks = numbersIn(parts as Uint8Array)
  return Array.from({ length: marks.length / 2 }, (_, at) => ({
    seq: marks[2 * at]!,
    update: bytes.subarray(at === 0 ? 0 : marks[2 * at - 1]!, marks[2 * at + 1]!),
  }))
}

/** For SQL: how many updates a row holds. */
export const partsInRow = 'coalesce(length(parts) / 16, 1)'
