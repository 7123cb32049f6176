/** The data folder: one file of SQLite, and the name of the town it belongs to, so that no town is started on another's data. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, type Result } from '#domain/result.ts'

export interface FolderFault {
  readonly kind: 'other-town' | 'unusable-folder'
  readonly detail: string
}

/** Makes the folder when there is none. @returns the path of the database */
export function claimFolder(dataDir: string, portal: string): Result<string, FolderFault> {
  const mark = join(dataDir, 'portal.txt')
  try {
    mkdirSync(dataDir, { recursive: true })
    const owner = readMark(mark)
    if (owner === undefined) writeFileSync(mark, `${portal}\n`)
    else if (owner !== portal)
      return err({
        kind: 'other-town',
        detail: `${dataDir} belongs to ${owner}, not to ${portal}: set DATA_DIR to another folder`,
      })
    return ok(join(dataDir, 'portal.sqlite'))
  } catch (thrown) {
    return err({ kind: 'unusable-folder', detail: thrown instanceof Error ? thrown.message : String(thrown) })
  }
}

function readMark(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
    throw thrown
  }
}
