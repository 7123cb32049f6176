/** Epochs of rooms: a random word each, made again when a room's past is no longer what clients saw. */
import type { DatabaseSync } from 'node:sqlite'
import { createSpread } from './spread.ts'
import { ofRoom, type SqliteCore } from './sqlite.ts'

/** After a restore, inside its transaction: whoever saw a room before knows by its new epoch that it went back. */
export function renewEpochs(db: DatabaseSync): void {
  createSpread(db)() // a batch would bring its rooms' old epochs back
  db.exec('UPDATE rooms SET epoch = lower(hex(randomblob(16)))')
}

/**
 * Rooms the relay writes itself keep some forty bytes of every key that ever stood in them. Before anybody is let in, those
 * that have grown over `mostBytes` go, and their writer fills them anew from what it knows: readers drop what they had.
 */
export function renewGrown(core: SqliteCore, kind: 'latest', mostBytes: number): readonly string[] {
  const sizes = core.db.prepare(`
    SELECT name, (SELECT coalesce(sum(length(body)), 0) FROM updates WHERE ${ofRoom('name')})
      + (SELECT coalesce(sum(length(body)), 0) FROM snapshots WHERE room = name) AS bytes
    FROM rooms WHERE name > ?1 || '/' AND name < ?1 || '0'`)
  const grown = sizes.all(kind).filter((room) => Number(room['bytes']) > mostBytes)
  return grown.map(({ name }) => String(name)).filter((name) => eraseRoom(core, name))
}

/**
 * Takes a room from the disk, its bytes overwritten; what is written to its name later has a new epoch. The relay must hear
 * of it between two turns of the room, since it keeps rooms in memory. @returns false where there was nothing
 */
export function eraseRoom({ db, transact, spread }: SqliteCore, room: string): boolean {
  return transact(() => {
    spread() // a batch would bring it back
    db.prepare(`DELETE FROM updates WHERE ${ofRoom('?1')}`).run(room)
    db.prepare('DELETE FROM snapshots WHERE room = ?').run(room)
    if (room.startsWith('contact/')) db.prepare('DELETE FROM contacts WHERE did = ?').run(room.slice('contact/'.length))
    return Number(db.prepare('DELETE FROM rooms WHERE name = ?').run(room).changes) > 0
  })
}
