/**
 * The data folder: one file of SQLite, the name of the town it belongs to, and a lock. No town is started on another's
 * data, and no second process on data in use: two relays with memories of their own would each miss what the other stores.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { err, ok, type Result } from '#domain/result.ts'
import { databaseFile, errorCode, errorText } from './stores/database.ts'

export interface FolderFault {
  readonly kind: 'other-town' | 'in-use' | 'unusable-folder'
  readonly detail: string
}
export interface Folder {
  readonly database: string
  /** The end of the process releases it too, however it ends. */
  release(): void
}

/** Makes the folder when there is none. */
export function claimFolder(dataDir: string, portal: string): Result<Folder, FolderFault> {
  const mark = join(dataDir, 'portal.txt')
  try {
    mkdirSync(dataDir, { recursive: true })
    const owner = readMark(mark)
    if (owner !== undefined && owner !== portal)
      return err({
        kind: 'other-town',
        detail: `it belongs to ${owner}, not to ${portal}: set PORTAL=${owner}, or name another folder`,
      })
    const release = lock(join(dataDir, 'portal.lock'))
    if (!release)
      return err({ kind: 'in-use', detail: 'another process works in it: stop that one, or name another folder' })
    if (owner === undefined) writeFileSync(mark, `${portal}\n`)
    return ok({ database: join(dataDir, databaseFile), release })
  } catch (thrown) {
    return err({ kind: 'unusable-folder', detail: errorText(thrown) })
  }
}

/** A lock of the operating system's, through SQLite: gone with the process, so none is ever left behind. Undefined while another has it. */
function lock(path: string): (() => void) | undefined {
  const db = new DatabaseSync(path, { timeout: 0 })
  try {
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return () => db.close()
  } catch (thrown) {
    db.close()
    if (errorCode(thrown) === SQLITE_BUSY) return undefined
    throw thrown
  }
}

const SQLITE_BUSY = 5

function readMark(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
    throw thrown
  }
}
