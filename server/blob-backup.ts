/**
 * Photos beside a backup: one folder `blobs` next to the backups' files, for all of them. A blob's name is its hash, so each is copied
 * once; its time there is that of the last backup that saw it, which tells what has been gone for how long. What was made of one is not copied.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, statSync, utimesSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { isBlobHash } from '#domain/photo.ts'
import { blobsFolder } from './photos.ts'

export const backupBlobsOf = (file: string): string => join(dirname(resolve(file)), blobsFolder)

/** @param now ms @returns how many were not there before */
export const backUpBlobs = (dataDir: string, file: string, now: number): number =>
  copyMissing(join(dataDir, blobsFolder), backupBlobsOf(file), now)

/** Only what is missing: what is there under a hash is that very blob. Those that no listing of the backup names go with the next sweeps. */
export const restoreBlobs = (dataDir: string, file: string, now: number): number =>
  copyMissing(backupBlobsOf(file), join(dataDir, blobsFolder), now)

function copyMissing(from: string, to: string, now: number): number {
  if (!existsSync(from) || resolve(from) === resolve(to)) return 0
  let copied = 0
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    const hash = name.split('/').at(-1) ?? ''
    if (!isBlobHash(hash)) continue
    const [source, target] = [join(from, name), join(to, hash.slice(0, 2), hash)]
    const isThere = existsSync(target) && statSync(target).size === statSync(source).size
    if (!isThere) {
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
      copyFileSync(source, `${target}.part`)
      renameSync(`${target}.part`, target)
      copied++
    }
    utimesSync(target, now / 1000, now / 1000)
  }
  return copied
}
