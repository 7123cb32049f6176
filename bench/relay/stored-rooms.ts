/** Files that already hold rooms, one for each server: the same content in each, as a room at rest lies there. */
import { DatabaseSync } from 'node:sqlite'
import * as Y from 'yjs'
import { shelfOf } from '#domain/room.ts'
import { fold } from '../../server/fold.ts'
import { openDatabase } from '../../server/stores/database.ts'
import { createSqliteCore } from '../../server/stores/sqlite.ts'
import { each } from './load-clients.ts'
import { seedOfRoom } from './load-rooms.ts'
import { keyOf, recordUpdates } from './material.ts'
import { newFile } from './servers.ts'

/** Each room has the same listings: what is in it is nothing to a relay. */
export async function storedRooms(rooms: number, listings: number) {
  const updates = await recordUpdates(await keyOf(1), listings)
  const seeds = Array.from({ length: rooms }, (_, at) => seedOfRoom(at))
  const names = await each(seeds, 8, async (seed) => shelfOf((await keyOf(seed)).did))
  return { ours: forOurs(names, updates), peer: forPeer(names, Y.mergeUpdates([...updates])) }
}

function forOurs(names: readonly string[], updates: readonly Uint8Array[]): string {
  const path = newFile()
  const db = openDatabase(path)
  if (!db.ok) throw new Error(db.error.detail)
  const core = createSqliteCore(db.value)
  const snapshot = fold({ snapshot: undefined, updates, seq: 0, epoch: '' })
  core.transact(() => {
    for (const room of names) {
      const receipts = core.appendNow(updates.map((update) => ({ room, update, at: Date.now() })))
      if (snapshot) core.compactNow(room, receipts.at(-1)?.seq ?? 0, snapshot, undefined) // what compaction leaves of a quiet room
    }
  })
  core.db.close()
  return path
}

function forPeer(names: readonly string[], whole: Uint8Array): string {
  const path = newFile()
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL')
  db.exec('CREATE TABLE documents (name TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT; BEGIN')
  const insert = db.prepare('INSERT INTO documents (name, data) VALUES (?, ?)')
  for (const name of names) insert.run(name, whole)
  db.exec('COMMIT')
  db.close()
  return path
}
