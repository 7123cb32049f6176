/**
 * `npm run backup -- <file>`: the whole portal as one file, while the server runs or not. SQLite writes one consistent
 * state of everything (VACUUM INTO, from one read transaction); the server's writes go on meanwhile. What was erased is
 * not in it. The town's name travels inside, so that the file alone is enough to restore.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DatabaseSync } from 'node:sqlite'
import { err, ok, type Result } from '#domain/result.ts'
import { backUpBlobs } from './blob-backup.ts'
import { readConfig } from './config.ts'
import { writeLastBackup } from './last-backup.ts'
import { databaseFile, errorText, openReadOnly } from './stores/database.ts'
import { createSpread } from './stores/spread.ts'

export interface BackupOptions {
  readonly dataDir: string
  readonly file: string
  /** ms */
  readonly now: number
}
export interface BackupMade {
  readonly bytes: number
  readonly rooms: number
  readonly journal: number
  /** The last update it holds. */
  readonly seq: number
}
export interface BackupFault {
  readonly kind: 'no-portal' | 'file-exists' | 'not-written'
  readonly detail: string
}

/** Where a backup says whose it is, in its `meta` table. */
export const backupPortalKey = 'backup-portal'

export function backup({ dataDir, file, now }: BackupOptions): Result<BackupMade, BackupFault> {
  const source = join(dataDir, databaseFile)
  if (!existsSync(source)) return err({ kind: 'no-portal', detail: `${dataDir} holds no ${databaseFile}` })
  if (existsSync(file)) return err({ kind: 'file-exists', detail: `${file} is there already` })
  const part = `${resolve(file)}.part`
  try {
    rmSync(part, { force: true })
    closeSync(openSync(part, 'wx', 0o600)) // it holds phone numbers; SQLite writes into an empty file
    copyInto(source, part)
    const made = seal(part, readFileSync(join(dataDir, 'portal.txt'), 'utf8').trim())
    backUpBlobs(dataDir, file, now) // after the database: what it names is there, but for what was removed meanwhile
    renameSync(part, file)
    syncFile(dirname(resolve(file)))
    writeLastBackup(dataDir, { at: now, bytes: made.bytes })
    return ok(made)
  } catch (thrown) {
    rmSync(part, { force: true })
    return err({ kind: 'not-written', detail: errorText(thrown) })
  }
}

function copyInto(source: string, target: string): void {
  const opened = openReadOnly(source)
  if (!opened.ok) throw new Error(opened.error.detail)
  try {
    opened.value.prepare('VACUUM INTO ?').run(target)
  } finally {
    opened.value.close()
  }
}

/** Writes the name in, reads every page once, and leaves nothing for a power cut to take. */
function seal(path: string, portal: string): BackupMade {
  const db = new DatabaseSync(path)
  try {
    db.exec('BEGIN')
    createSpread(db)()
    db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(backupPortalKey, portal)
    db.exec('COMMIT')
    const check = String(Object.values(db.prepare('PRAGMA integrity_check(1)').get() ?? {})[0])
    if (check !== 'ok') throw new Error(`the copy is damaged: ${check}`)
    const counts = db.prepare(`
      SELECT (SELECT count(*) FROM rooms) AS rooms, (SELECT count(*) FROM journal) AS journal,
             (SELECT coalesce(max(last_seq), 0) FROM rooms) AS seq`)
    const { rooms, journal, seq } = counts.get() as Record<'rooms' | 'journal' | 'seq', number>
    db.close()
    syncFile(path)
    return { bytes: statSync(path).size, rooms, journal, seq }
  } finally {
    if (db.isOpen) db.close()
  }
}

/** Also for a folder: then what it names is on the disk. */
export function syncFile(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function main(): number {
  const config = readConfig(process.env)
  if (!config.ok) return fail(config.error.lines.join('\n'))
  const [file, ...rest] = process.argv.slice(2)
  if (!file || file.startsWith('-') || rest.length > 0) return fail('usage: npm run backup -- <file>')
  const made = backup({ dataDir: config.value.dataDir, file, now: Date.now() })
  if (!made.ok) return fail(`${made.error.kind}: ${made.error.detail}`)
  const { bytes, rooms, journal, seq } = made.value
  console.log(`${resolve(file)}: ${bytes} bytes, ${rooms} rooms, ${journal} journal rows, up to update ${seq}`)
  return 0
}

function fail(line: string): number {
  console.error(line)
  return 1
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = main()
