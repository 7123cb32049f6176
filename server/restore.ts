/**
 * `npm run restore -- <file>`: puts a backup in the place of the data folder's portal, with the server stopped. What was
 * there is never overwritten: with --force it is moved aside, inside the folder, which may be a mount. Every room gets a
 * new epoch, so that browsers that saw later states know the room went back.
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DatabaseSync } from 'node:sqlite'
import { err, ok, type Result } from '#domain/result.ts'
import { backupPortalKey, syncFile } from './backup.ts'
import { restoreBlobs } from './blob-backup.ts'
import { readConfig } from './config.ts'
import { lastBackupFile } from './last-backup.ts'
import { databaseFile, errorText, openDatabase, openReadOnly } from './stores/database.ts'
import { renewEpochs } from './stores/epochs.ts'

export interface RestoreOptions {
  readonly dataDir: string
  readonly file: string
  readonly portal: string
  readonly force: boolean
  /** ms; names the folder where the old portal goes. */
  readonly now: number
}
export interface Restored {
  readonly rooms: number
  /** Where the portal went that was there before. */
  readonly aside: string | undefined
}
export interface RestoreFault {
  readonly kind: 'no-file' | 'not-a-backup' | 'other-town' | 'occupied' | 'running' | 'not-written'
  readonly detail: string
}

export function restore(options: RestoreOptions): Result<Restored, RestoreFault> {
  const { dataDir, file, portal, force } = options
  const target = join(dataDir, databaseFile)
  const owner = ownerOf(file)
  if (!owner.ok) return owner
  if (owner.value !== portal)
    return err({ kind: 'other-town', detail: `${file} belongs to ${owner.value}, not to ${portal}: set PORTAL` })
  if (existsSync(target) && isOpenElsewhere(target))
    return err({ kind: 'running', detail: `${target} is in use: stop the server first` })
  if (existsSync(target) && !force)
    return err({ kind: 'occupied', detail: `${dataDir} holds a portal: --force moves it aside` })
  try {
    return ok(putInPlace(options))
  } catch (thrown) {
    return err({ kind: 'not-written', detail: errorText(thrown) })
  }
}

function ownerOf(file: string): Result<string, RestoreFault> {
  if (!existsSync(file)) return err({ kind: 'no-file', detail: `${file} is not there` })
  const opened = openReadOnly(file)
  if (!opened.ok) return err({ kind: 'not-a-backup', detail: `${file}: ${opened.error.detail}` })
  try {
    const row = opened.value.prepare('SELECT value FROM meta WHERE key = ?').get(backupPortalKey)
    return row
      ? ok(String(row['value']))
      : err({ kind: 'not-a-backup', detail: `${file} was not made by npm run backup` })
  } catch (thrown) {
    return err({ kind: 'not-a-backup', detail: `${file}: ${errorText(thrown)}` })
  } finally {
    opened.value.close()
  }
}

/** Whoever has the file open holds a lock of it, idle or not; a file that is no database is in nobody's use. */
function isOpenElsewhere(path: string): boolean {
  const SQLITE_BUSY = 5
  let db: DatabaseSync | undefined
  try {
    db = new DatabaseSync(path)
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK')
    return false
  } catch (thrown) {
    return thrown instanceof Error && 'errcode' in thrown && (Number(thrown.errcode) & 0xff) === SQLITE_BUSY
  } finally {
    if (db?.isOpen) db.close()
  }
}

/** Made ready beside its place, then moved: a fault before the move leaves the old portal as it was. */
function putInPlace({ dataDir, file, portal, now }: RestoreOptions): Restored {
  mkdirSync(dataDir, { recursive: true })
  const ready = join(dataDir, 'restoring.sqlite')
  const leftovers = ['', '-wal', '-shm', '-journal'].map((end) => `${ready}${end}`)
  leftovers.forEach((path) => rmSync(path, { force: true }))
  try {
    copyFileSync(file, ready)
    chmodSync(ready, 0o600)
    const rooms = renew(ready)
    const aside = moveAside(dataDir, now)
    restoreBlobs(dataDir, file, now)
    renameSync(ready, join(dataDir, databaseFile))
    writeFileSync(join(dataDir, 'portal.txt'), `${portal}\n`)
    syncFile(dataDir)
    return { rooms, aside }
  } finally {
    leftovers.forEach((path) => rmSync(path, { force: true }))
  }
}

/** Brings an older backup forward, gives every room its new epoch, and takes the name out again. */
function renew(path: string): number {
  const opened = openDatabase(path)
  if (!opened.ok) throw new Error(`${opened.error.kind}: ${opened.error.detail}`)
  const db = opened.value
  try {
    db.exec('BEGIN IMMEDIATE')
    renewEpochs(db)
    db.prepare('DELETE FROM meta WHERE key = ?').run(backupPortalKey)
    db.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
    return Number(db.prepare('SELECT count(*) AS n FROM rooms').get()?.['n'])
  } finally {
    db.close()
    syncFile(path)
  }
}

function moveAside(dataDir: string, now: number): string | undefined {
  const old = readdirSync(dataDir).filter(
    (name) => name.startsWith(databaseFile) || name === 'portal.txt' || name === lastBackupFile,
  )
  if (old.length === 0) return undefined
  const aside = join(dataDir, `before-restore-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`)
  mkdirSync(aside, { mode: 0o700 })
  // The log goes with its database: one that is left behind would be read into the new one.
  for (const name of old) renameSync(join(dataDir, name), join(aside, name))
  return aside
}

function main(): number {
  const config = readConfig(process.env)
  if (!config.ok) return fail(config.error.lines.join('\n'))
  const force = process.argv.includes('--force')
  const [file, ...rest] = process.argv.slice(2).filter((word) => word !== '--force')
  if (!file || file.startsWith('-') || rest.length > 0) return fail('usage: npm run restore -- <file> [--force]')
  const { dataDir, portal } = config.value
  const restored = restore({ dataDir, file, portal, force, now: Date.now() })
  if (!restored.ok) return fail(`${restored.error.kind}: ${restored.error.detail}`)
  console.log(`${dataDir}: ${restored.value.rooms} rooms, each with a new epoch`)
  if (restored.value.aside)
    console.log(`the portal before it is in ${restored.value.aside}; remove it when all is well`)
  return 0
}

function fail(line: string): number {
  console.error(line)
  return 1
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = main()
