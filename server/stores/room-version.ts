/** Which state of a room is on the disk, for the price of one look into an index. */
import type { DatabaseSync } from 'node:sqlite'

export interface RoomVersion {
  readonly epoch: string
  readonly seq: number
}

/** On a connection that only reads. The answer is undefined for a room nothing was ever stored in. */
export function createRoomVersion(db: DatabaseSync): (name: string) => RoomVersion | undefined {
  const select = db.prepare('SELECT epoch, last_seq FROM rooms WHERE name = ?')
  return (name) => {
    const row = select.get(name)
    return row && { epoch: String(row['epoch']), seq: Number(row['last_seq']) }
  }
}
