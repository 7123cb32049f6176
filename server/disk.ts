/** How full the data folder's disk is, and how large the files of the portal are. Asked of the system, at most once a second. */
import { statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { databaseFile } from './stores/database.ts'

export interface FileSizes {
  readonly database: number
  /** What waits in the write-ahead log to be folded into the database. */
  readonly wal: number
}

export interface DiskGauge {
  readonly floorBytes: number
  /** Undefined when the folder cannot be asked: gone, or its disk is. */
  freeBytes(): Promise<number | undefined>
  sizes(): FileSizes
}

const freshMs = 1000

/** @param floorBytes under it the portal is not ready; 0 = none */
export function createDiskGauge(dataDir: string, floorBytes: number, now: () => number): DiskGauge {
  let askedAt = Number.NEGATIVE_INFINITY
  let answer: Promise<number | undefined> = Promise.resolve(undefined)
  const sizeOf = (name: string) => statSync(join(dataDir, name), { throwIfNoEntry: false })?.size ?? 0
  return {
    floorBytes,
    freeBytes() {
      if (now() - askedAt < freshMs) return answer
      askedAt = now()
      answer = statfs(dataDir).then(
        ({ bavail, bsize }) => bavail * bsize,
        () => undefined,
      )
      return answer
    },
    sizes: () => ({ database: sizeOf(databaseFile), wal: sizeOf(`${databaseFile}-wal`) }),
  }
}
