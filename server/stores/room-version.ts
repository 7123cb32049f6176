/** Which state of a room is on the disk, for the price of one look into an index. */
import type { DatabaseSync } from 'node:sqlite'
import { createUnspread } from './unspread.ts'

export interface RoomVersion {
  readonly epoch: string
  readonly seq: number
}

/** On a connection that only reads. The answer is undefined for a room nothing was ever stored in. */
export function createRoomVersion(db: DatabaseSync): (name: string) => RoomVersion | undefined {
  const select = db.prepare('SELECT epoch, last_seq FROM rooms WHERE name = ?')
  const unspread = createUnspread(db)
  return (name) => {
    const newest = unspread(name).at(-1)
    if (newest) return { epoch: newest.epoch, seq: newest.seq }
    const row = select.get(name)
    return row && { epoch: String(row['epoch']), seq: Number(row['last_seq']) }
  }
}
