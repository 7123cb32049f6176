/**
 * The update log in SQLite. The core is synchronous and lives beside the one writing connection: the log and the
 * projector share it, so that what belongs together commits together. Readers open the file for themselves.
 */
import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { err, ok, type Result } from '#domain/result.ts'
import { errorCode, errorText } from './database.ts'
import type { LogEntry, Receipt, RoomBytes, StorageFault, StoredEntry, UpdateLog } from './store.ts'

export interface SqliteCore {
  readonly db: DatabaseSync
  /** Runs `work` in one transaction (a call inside another joins it). Throws what `work` throws, with nothing kept. */
  transact<T>(work: () => T): T
  /** Inside `transact` it commits with the rest; alone it is a transaction of its own. */
  appendNow(entries: readonly LogEntry[]): readonly Receipt[]
  readNow(room: string): RoomBytes | undefined
  compactNow(room: string, upTo: number, snapshot: Uint8Array, epoch?: string): void
  /** Called after each commit that appended, with the entries in order. */
  follow(listener: (entries: readonly StoredEntry[]) => void): () => void
}

export function createSqliteCore(db: DatabaseSync): SqliteCore {
  const listeners = new Set<(entries: readonly StoredEntry[]) => void>()
  const read = createRoomReader(db)
  const write = createAppender(db)
  const compact = createCompactor(db)
  let uncommitted: StoredEntry[] = []
  let isInside = false // asked of nobody else: a transaction that a broken disk left open must not take in the next append

  const transact = <T>(work: () => T): T => {
    if (isInside) return work()
    db.exec('BEGIN IMMEDIATE')
    let value: T
    try {
      isInside = true
      value = work()
      db.exec('COMMIT')
    } catch (thrown) {
      uncommitted = []
      if (db.isTransaction) db.exec('ROLLBACK') // a full disk has rolled back by itself
      throw thrown
    } finally {
      isInside = false
    }
    const committed = uncommitted
    uncommitted = []
    if (committed.length > 0) for (const listener of listeners) listener(committed)
    return value
  }

  return {
    db,
    transact,
    appendNow: (entries) =>
      transact(() => {
        const receipts = write(entries)
        uncommitted.push(...entries.map((entry, at) => ({ ...entry, ...receipts[at]! })))
        return receipts
      }),
    readNow: read,
    compactNow: (...compaction) => transact(() => compact(...compaction)),
    follow(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The log over a core of the same thread. A disk's no is a value; anything else SQLite throws is a bug and stays one. */
export function createSqliteLog(core: SqliteCore): UpdateLog {
  return {
    append: async (entries) => attempt(() => core.appendNow(entries)),
    read: async (room) => core.readNow(room),
    compact: async (...compaction) => core.compactNow(...compaction),
    follow: core.follow,
    async close() {
      core.db.close()
    },
  }
}

// prettier-ignore
const diskCodes: ReadonlySet<number | undefined> = new Set([
  5,  // busy: another process holds the file
  8,  // read-only
  10, // input or output failed
  11, // corrupt
  13, // full
  14, // cannot open
  26, // not a database: its first page is gone
])

export function attempt<T>(work: () => T): Result<T, StorageFault> {
  try {
    return ok(work())
  } catch (thrown) {
    if (diskCodes.has(errorCode(thrown))) return err({ kind: 'storage', detail: errorText(thrown) })
    throw thrown
  }
}

/** Finds a room's updates: their index holds but the end of the name. @param name a bound parameter or a column */
export const ofRoom = (name: string): string => `substr(room, -6) = substr(${name}, -6) AND room = ${name}`

function createAppender(db: DatabaseSync): (entries: readonly LogEntry[]) => readonly Receipt[] {
  const insert = db.prepare('INSERT INTO updates (room, at, body) VALUES (?, ?, ?)')
  const create = db.prepare(`
    INSERT INTO rooms (name, epoch, last_seq, last_at) VALUES (?, ?, ?, ?)
    RETURNING epoch`)
  const touch = db.prepare('UPDATE rooms SET last_seq = ?, last_at = ? WHERE name = ? RETURNING epoch')
  return (entries) => {
    const seqs = entries.map((entry) => Number(insert.run(entry.room, entry.at, entry.update).lastInsertRowid))
    const last = new Map(entries.map((entry, at) => [entry.room, { seq: seqs[at]!, at: entry.at }]))
    const epochs = new Map<string, string>()
    for (const [room, { seq, at }] of last) {
      const row = touch.get(seq, at, room) ?? create.get(room, randomBytes(16).toString('base64url'), seq, at)
      epochs.set(room, String(row?.['epoch']))
    }
    return entries.map((entry, at) => ({ seq: seqs[at]!, epoch: epochs.get(entry.room)! }))
  }
}

/** Also for a read-only connection: the three reads see one state of the file. */
export function createRoomReader(db: DatabaseSync): (room: string) => RoomBytes | undefined {
  const room = db.prepare('SELECT epoch, last_seq FROM rooms WHERE name = ?')
  const snapshot = db.prepare('SELECT up_to, body FROM snapshots WHERE room = ?')
  const updates = db.prepare(`SELECT body FROM updates WHERE ${ofRoom('?1')} AND seq > ?2 ORDER BY seq`)
  const read = (name: string): RoomBytes | undefined => {
    const row = room.get(name)
    if (!row) return undefined
    const folded = snapshot.get(name)
    return {
      snapshot: folded?.['body'] as Uint8Array | undefined,
      updates: updates.all(name, folded?.['up_to'] ?? 0).map((update) => update['body'] as Uint8Array),
      seq: Number(row['last_seq']),
      epoch: String(row['epoch']),
    }
  }
  return (name) => {
    if (db.isTransaction) return read(name)
    db.exec('BEGIN')
    try {
      return read(name)
    } finally {
      db.exec('COMMIT')
    }
  }
}

function createCompactor(db: DatabaseSync): SqliteCore['compactNow'] {
  const put = db.prepare(`
    INSERT INTO snapshots (room, up_to, body) SELECT name, ?, ? FROM rooms
      WHERE name = ? AND last_seq >= ? AND epoch = coalesce(?, epoch)
    ON CONFLICT (room) DO UPDATE SET up_to = excluded.up_to, body = excluded.body WHERE excluded.up_to > snapshots.up_to`)
  const drop = db.prepare(`DELETE FROM updates WHERE ${ofRoom('?1')} AND seq <= ?2`)
  return (room, upTo, snapshot, epoch) => {
    if (Number(put.run(upTo, snapshot, room, upTo, epoch ?? null).changes) > 0) drop.run(room, upTo)
  }
}
