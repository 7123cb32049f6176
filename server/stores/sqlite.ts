/**
 * The update log in SQLite. The core is synchronous and lives beside the one writing connection: the log and the
 * projector share it, so that what belongs together commits together. Readers open the file for themselves.
 */
import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { err, ok, type Result } from '#domain/result.ts'
import { countOf, unpackBatch, type BatchReceipt, type PackedBatch } from './batch.ts'
import { errorCode, errorText } from './database.ts'
import { createSpread, createToucher, joined, partsOf } from './spread.ts'
import type { LogEntry, Receipt, RoomBytes, StorageFault, StoredEntry, UpdateLog } from './store.ts'
import { createUnspread, entriesOf, everyBatch } from './unspread.ts'

export interface SqliteCore {
  readonly db: DatabaseSync
  /** Runs `work` in one transaction (a call inside another joins it). Throws what `work` throws, with nothing kept. */
  transact<T>(work: () => T): T
  /** Inside `transact` it commits with the rest; alone it is a transaction of its own. */
  appendNow(entries: readonly LogEntry[]): readonly Receipt[]
  /** A batch as it came, durable when this returns. Never inside `transact`. */
  logNow(batch: PackedBatch): BatchReceipt
  /** Writes what `logNow` took into the rooms it is of. Whoever reads rooms by SQL of his own calls it before. */
  spread(): void
  readNow(room: string): RoomBytes | undefined
  compactNow(room: string, upTo: number, snapshot: Uint8Array, epoch?: string): void
  /** Called after each commit that appended, with the entries in order. */
  follow(listener: Listener): () => void
  /** Only of what `appendNow` took. */
  followAppended(listener: Listener): () => void
}
type Listener = (entries: readonly StoredEntry[]) => void

export function createSqliteCore(db: DatabaseSync): SqliteCore {
  const listeners = new Set<Listener>()
  const ofAppended = new Set<Listener>()
  const read = createRoomReader(db)
  const appender = createAppender(db)
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const compact = createCompactor(db)
  let uncommitted: StoredEntry[] = []
  let isUnspread = true // what an earlier process left
  let isInside = false // asked of nobody else: a transaction that a broken disk left open must not take in the next append

  const transact = <T>(work: () => T): T => {
    if (isInside) return work()
    begin.run()
    let value: T
    try {
      isInside = true
      value = work()
      commit.run()
    } catch (thrown) {
      uncommitted = []
      if (db.isTransaction) db.exec('ROLLBACK') // a full disk has rolled back by itself
      throw thrown
    } finally {
      isInside = false
    }
    const committed = uncommitted
    uncommitted = []
    if (committed.length > 0) for (const listener of [...listeners, ...ofAppended]) listener(committed)
    return value
  }

  return {
    db,
    transact,
    appendNow: (entries) =>
      transact(() => {
        const receipts = appender.appendNow(entries)
        uncommitted.push(...entries.map((entry, at) => ({ ...entry, ...receipts[at]! })))
        return receipts
      }),
    logNow(batch) {
      if (db.isTransaction) db.exec('ROLLBACK') // a broken disk left it open: what went into it would not be durable
      isUnspread = true // even if it fails: the epochs it looked up are forgotten with the next spread
      const receipt = isHeavy(batch) ? transact(() => appender.appendBatch(batch)) : appender.logNow(batch)
      if (listeners.size > 0) for (const listener of listeners) listener(unpackBatch(batch, receipt))
      return receipt
    },
    spread() {
      if (!isUnspread) return
      if (isInside) return appender.spread() // it may still be rolled back
      db.exec('PRAGMA synchronous = NORMAL') // the batches are on the disk, and go in the same transaction
      try {
        transact(appender.spread)
        isUnspread = false
      } finally {
        db.exec('PRAGMA synchronous = FULL')
      }
    },
    readNow: read,
    compactNow: (...compaction) => transact(() => compact(...compaction)),
    follow: (listener) => subscribe(listeners, listener),
    followAppended: (listener) => subscribe(ofAppended, listener),
  }
}

const heavyBytes = 16 * 1024 // for each update: then a row of its own costs less than writing the bytes twice
const isHeavy = (batch: PackedBatch): boolean => batch.bodies.length > heavyBytes * countOf(batch)

function subscribe(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
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

interface Appender {
  /** Each entry a row of its room. */
  appendNow(entries: readonly LogEntry[]): readonly Receipt[]
  appendBatch(batch: PackedBatch): BatchReceipt
  /** All of them one row, whatever their rooms. */
  logNow(batch: PackedBatch): BatchReceipt
  spread(): void
}

function createAppender(db: DatabaseSync): Appender {
  const insert = db.prepare('INSERT INTO updates (seq, room, at, body) VALUES (?, ?, ?, ?)')
  const put = db.prepare('INSERT INTO batches (first_seq, rooms, epochs, entries, bodies) VALUES (?, ?, ?, ?, ?)')
  const select = db.prepare('SELECT epoch FROM rooms WHERE name = ?')
  const touch = createToucher(db)
  const spread = createSpread(db)
  const epochs = new Map<string, string>() // of rooms written since the last spread
  let lastSeq = lastSeqOf(db)

  const epochOf = (room: string): string => {
    const known = epochs.get(room)
    if (known) return known
    const epoch = String(select.get(room)?.['epoch'] ?? randomBytes(16).toString('base64url'))
    epochs.set(room, epoch)
    return epoch
  }
  const receiptOf = ({ rooms }: PackedBatch): BatchReceipt => ({
    firstSeq: lastSeq + 1,
    epochs: rooms.split('\n').map(epochOf).join('\n'),
  })
  const spreadNow = () => {
    epochs.clear() // from here on the rooms' rows have them, and may lose them
    spread()
  }
  const store = (entries: readonly StoredEntry[]) => {
    const last = new Map<string, StoredEntry>()
    for (const entry of entries) {
      insert.run(entry.seq, entry.room, entry.at, entry.update)
      last.set(entry.room, entry)
    }
    for (const [room, entry] of last) touch(room, entry)
    lastSeq += entries.length
    epochs.clear()
  }
  return {
    appendNow(entries) {
      spreadNow()
      const receipts = entries.map(({ room }, at) => ({ seq: lastSeq + 1 + at, epoch: epochOf(room) }))
      store(entries.map(({ room, update, at }, i) => ({ room, update, at, ...receipts[i]! })))
      return receipts
    },
    appendBatch(batch) {
      spreadNow()
      const receipt = receiptOf(batch)
      store(unpackBatch(batch, receipt))
      return receipt
    },
    logNow(batch) {
      const receipt = receiptOf(batch)
      const { rooms, table, bodies } = batch
      put.run(receipt.firstSeq, rooms, receipt.epochs, new Uint8Array(table.buffer), bodies)
      lastSeq += countOf(batch)
      return receipt
    },
    spread: spreadNow,
  }
}

/** The last number given: updates that compaction took away count, and so do those that are not spread yet. */
function lastSeqOf(db: DatabaseSync): number {
  const given = db.prepare(`SELECT coalesce(max(seq), 0) AS seq FROM sqlite_sequence WHERE name = 'updates'`).get()
  const unspread = db.prepare(`${everyBatch} ORDER BY first_seq DESC LIMIT 1`).all().flatMap(entriesOf)
  return Math.max(Number(given?.['seq']), unspread.at(-1)?.seq ?? 0)
}

/** Also for a read-only connection: the three reads see one state of the file. */
export function createRoomReader(db: DatabaseSync): (room: string) => RoomBytes | undefined {
  const unspread = createUnspread(db)
  const readSpread = createSpreadReader(db)
  const read = (name: string): RoomBytes | undefined => {
    const found = readSpread(name)
    const newer = unspread(name)
    const last = newer.at(-1)
    if (!last) return found
    const updates = [...(found?.updates ?? []), ...newer.map(({ update }) => update)]
    return { snapshot: found?.snapshot, updates, seq: last.seq, epoch: last.epoch }
  }
  const begin = db.prepare('BEGIN')
  const commit = db.prepare('COMMIT')
  return (name) => {
    if (db.isTransaction) return read(name)
    begin.run()
    try {
      return read(name)
    } finally {
      commit.run()
    }
  }
}

/** What is spread of a room already: what compaction folds. To be called inside a transaction. */
export function createSpreadReader(db: DatabaseSync): (room: string) => RoomBytes | undefined {
  const room = db.prepare('SELECT epoch, last_seq FROM rooms WHERE name = ?')
  const snapshot = db.prepare('SELECT up_to, body FROM snapshots WHERE room = ?')
  const updates = db.prepare(`SELECT seq, body, parts FROM updates WHERE ${ofRoom('?1')} AND seq > ?2 ORDER BY seq`)
  return (name) => {
    const row = room.get(name)
    if (!row) return undefined
    const folded = snapshot.get(name)
    return {
      snapshot: folded?.['body'] as Uint8Array | undefined,
      updates: updates
        .all(name, folded?.['up_to'] ?? 0)
        .flatMap(partsOf)
        .map(({ update }) => update),
      seq: Number(row['last_seq']),
      epoch: String(row['epoch']),
    }
  }
}

function createCompactor(db: DatabaseSync): SqliteCore['compactNow'] {
  const put = db.prepare(`
    INSERT INTO snapshots (room, up_to, body) SELECT name, ?, ? FROM rooms
      WHERE name = ? AND last_seq >= ? AND epoch = coalesce(?, epoch)
    ON CONFLICT (room) DO UPDATE SET up_to = excluded.up_to, body = excluded.body WHERE excluded.up_to > snapshots.up_to`)
  const drop = db.prepare(`DELETE FROM updates WHERE ${ofRoom('?1')} AND seq <= ?2`)
  const next = db.prepare(
    `SELECT seq, body, parts FROM updates WHERE ${ofRoom('?1')} AND seq > ?2 ORDER BY seq LIMIT 1`,
  )
  const cut = db.prepare('UPDATE updates SET body = ?, parts = ? WHERE seq = ?')
  return (room, upTo, snapshot, epoch) => {
    if (Number(put.run(upTo, snapshot, room, upTo, epoch ?? null).changes) === 0) return
    drop.run(room, upTo)
    const row = next.get(room, upTo) // may hold some of what the snapshot has
    const parts = row ? partsOf(row) : []
    const left = parts.filter(({ seq }) => seq > upTo)
    if (row && left.length < parts.length) cut.run(...joined(left), row['seq']!)
  }
}
