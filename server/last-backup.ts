/** When the last backup of a data folder was finished: a small file in the folder, written by the backup, read by the server. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export const LastBackup = z.object({ at: z.int().nonnegative(), bytes: z.int().nonnegative() })
export type LastBackup = z.infer<typeof LastBackup>

export const lastBackupFile = 'last-backup.json'

export function readLastBackup(dataDir: string): LastBackup | undefined {
  try {
    return LastBackup.safeParse(JSON.parse(readFileSync(join(dataDir, lastBackupFile), 'utf8'))).data
  } catch {
    return undefined // none was made yet
  }
}

export const writeLastBackup = (dataDir: string, mark: LastBackup): void =>
  writeFileSync(join(dataDir, lastBackupFile), `${JSON.stringify(mark)}\n`)
