/** The portal's photos with all they stand on: the folder beside the database, what listings name, the queue, the clock that sweeps. */
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Did } from '#domain/identity.ts'
import { err, ok } from '#domain/result.ts'
import { minuteMs } from '#domain/time.ts'
import { verifyToken } from '#domain/token.ts'
import { noBlobLimits } from './blob-limits.ts'
import { createBlobs } from './blobs.ts'
import type { Config } from './config.ts'
import type { DiskGauge } from './disk.ts'
import { createPictureQueue } from './picture-queue.ts'
import type { AuthorOf } from './routes/blobs.ts'
import { verifiesNow } from './signature.ts'
import { createBlobFolder } from './stores/blob-folder.ts'
import { createWhyClosed } from './stores/closed-keys.ts'
import { createNamedPhotos } from './stores/photos.ts'
import type { Sent } from './stores/sent.ts'
import type { Writer } from './stores/writer.ts'

export const blobsFolder = 'blobs'

export interface PhotosDeps {
  readonly reader: DatabaseSync
  readonly writer: Pick<Writer, 'ask'>
  readonly disk: DiskGauge
  readonly origins: readonly string[]
  readonly report: (reason: unknown) => void
}

export function openPhotos({ dataDir, blobs: limits }: Pick<Config, 'dataDir' | 'blobs'>, deps: PhotosDeps) {
  const { reader, writer, disk, origins, report } = deps
  const now = Date.now
  const queue = createPictureQueue()
  const isDiskLow = async () =>
    limits !== noBlobLimits && ((await disk.freeBytes()) ?? disk.floorBytes) < disk.floorBytes
  const store = createBlobFolder(join(dataDir, blobsFolder))
  const named = createNamedPhotos(reader)
  const whyClosed = createWhyClosed(reader)
  const take = async (sent: Sent) => sent.counted.length === 0 || (await writer.ask('sent', sent)) === true
  const blobs = createBlobs({ store, named, queue, limits, take, isDiskLow, now })
  let sweep: Promise<unknown> = Promise.resolve()
  const tick = () => void (sweep = sweep.then(() => blobs.sweep()).catch(report))
  tick()
  const sweeping = setInterval(tick, 10 * minuteMs)
  return {
    blobs,
    /** For other work on pictures. */
    queue,
    async coverOf(hash: string) {
      const shown = await blobs.show(hash, 'w800')
      return typeof shown === 'string' ? undefined : shown
    },
    authorOf: async (token: string): ReturnType<AuthorOf> => {
      const read = await verifyToken(token, { audience: origins, now: now() }, verifiesNow)
      if (!read.ok) return read
      const { did } = read.value
      const limit = whyClosed(did)
      return limit ? err({ kind: limit }) : ok(did)
    },
    /** A key that ends takes its photos with it at once. */
    async dropBlobs(did: Did) {
      for (const hash of named.ofKey(did)) await store.remove(hash)
    },
    async close() {
      clearInterval(sweeping)
      await sweep
    },
  }
}
export type Photos = ReturnType<typeof openPhotos>
