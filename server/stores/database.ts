/** Opens the one SQLite file: durable, erasing what is deleted, whole, and of this program's version or older. */
import { DatabaseSync } from 'node:sqlite'
import { err, ok, type Result } from '#domain/result.ts'
import { migrations } from './migrations.ts'
import type { DatabaseFault } from './store.ts'

/** Its name in the data folder. */
export const databaseFile = 'portal.sqlite'

/** For the one writer. WAL lets readers work beside it; FULL fsyncs every commit; deleted bytes are overwritten. */
export function openDatabase(path: string): Result<DatabaseSync, DatabaseFault> {
  return guarded(path, (db) => {
    const problem = integrityProblem(db)
    if (problem) return { kind: 'corrupt-database', path, detail: problem }
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON')
    db.exec('PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16000') // 16 MB each: less is copied twice, and read again
    return migrate(db, path)
  })
}

/** For readers beside the writer, in any thread: sees every commit, waits for none, can change nothing. */
export function openReadOnly(path: string): Result<DatabaseSync, DatabaseFault> {
  return guarded(path, () => undefined, { readOnly: true })
}

const busyMs = 5000

function guarded(
  path: string,
  prepare: (db: DatabaseSync) => DatabaseFault | undefined,
  options: { readonly readOnly?: boolean } = {},
): Result<DatabaseSync, DatabaseFault> {
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path, { timeout: busyMs, ...options })
    const fault = prepare(db)
    if (!fault) return ok(db)
    db.close()
    return err(fault)
  } catch (thrown) {
    if (db?.isOpen) db.close()
    return err(faultOf(thrown, path))
  }
}

/**
 * Folds the WAL into the file and empties it, so that what was deleted is in neither. Waits for no reader: false when one
 * was in the way, and the WAL stays for the next time.
 */
export function checkpoint(db: DatabaseSync): boolean {
  db.exec(`PRAGMA busy_timeout = 0`)
  try {
    return db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0
  } finally {
    db.exec(`PRAGMA busy_timeout = ${busyMs}`)
  }
}

const SQLITE_CORRUPT = 11
const SQLITE_NOTADB = 26

function faultOf(thrown: unknown, path: string): DatabaseFault {
  const code = errorCode(thrown)
  const kind = code === SQLITE_CORRUPT || code === SQLITE_NOTADB ? 'corrupt-database' : 'unusable-database'
  return { kind, path, detail: errorText(thrown) }
}

/** SQLite's primary result code; undefined when SQLite did not throw it. */
export function errorCode(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !('errcode' in thrown) || typeof thrown.errcode !== 'number') return undefined
  return thrown.errcode & 0xff
}

export const errorText = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

function integrityProblem(db: DatabaseSync): string | undefined {
  const lines = db
    .prepare('PRAGMA quick_check(3)')
    .all()
    .map((row) => String(Object.values(row)[0]))
  return lines.length === 1 && lines[0] === 'ok' ? undefined : lines.join('; ')
}

function migrate(db: DatabaseSync, path: string): DatabaseFault | undefined {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'])
  if (version > migrations.length) {
    return { kind: 'newer-database', path, detail: `version ${version}, this program knows ${migrations.length}` }
  }
  for (const [at, sql] of migrations.entries()) {
    if (at < version) continue
    db.exec('BEGIN IMMEDIATE')
    try {
      db.exec(`${sql}; PRAGMA user_version = ${at + 1}; COMMIT`)
    } catch (thrown) {
      if (db.isTransaction) db.exec('ROLLBACK')
      throw thrown
    }
  }
  return undefined
}
