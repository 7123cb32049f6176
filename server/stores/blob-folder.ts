/**
 * Blobs as files: `<first two letters>/<hash>`, and what was made of one beside it as `<hash>.<name>`. A blob is written under another
 * name, synced and then renamed, so a file that is there is whole. Its time of receipt is the file's own time.
 */
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { isBlobHash } from '#domain/photo.ts'
import { err, ok } from '#domain/result.ts'
import type { BlobStore } from './store.ts'

export function createBlobFolder(folder: string): BlobStore {
  let turn = 0
  const pathOf = (hash: string, made?: string): string => {
    if (!isBlobHash(hash) || (made !== undefined && !/^[a-z0-9]{1,12}$/.test(made))) throw new Error(`no blob: ${hash}`)
    return join(folder, hash.slice(0, 2), made === undefined ? hash : `${hash}.${made}`)
  }
  const write = async (path: string, bytes: Uint8Array, at: number): Promise<void> => {
    const part = `${path}.part${process.pid}-${turn++}`
    await mkdir(join(path, '..'), { recursive: true })
    try {
      const file = await open(part, 'wx', 0o600)
      try {
        await file.writeFile(bytes)
        await file.utimes(at / 1000, at / 1000)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(part, path)
    } catch (thrown) {
      await rm(part, { force: true }).catch(() => undefined)
      throw thrown
    }
    await syncFolder(join(path, '..'))
  }
  const read = (path: string): Promise<Uint8Array | undefined> => readFile(path).catch(missing)
  const filesOf = async (hash: string) =>
    (await readdir(join(folder, hash.slice(0, 2))).catch(() => [])).filter(
      (name) => name === hash || name.startsWith(`${hash}.`),
    )
  return {
    async put(hash, bytes, at) {
      if (createHash('sha256').update(bytes).digest('hex') !== hash) throw new Error('a blob is named by its bytes')
      try {
        await write(pathOf(hash), bytes, at)
        return ok(undefined)
      } catch (thrown) {
        return err({ kind: 'storage', detail: String(thrown) })
      }
    },
    read: async (hash) => read(pathOf(hash)),
    stat: async (hash) => {
      const found = await stat(pathOf(hash)).catch(missing)
      return found && { bytes: found.size, at: Math.round(found.mtimeMs) }
    },
    touch: async (hash, at) => void (await utimes(pathOf(hash), at / 1000, at / 1000).catch(missing)),
    putMade: async (hash, name, bytes, at) => {
      if ((await stat(pathOf(hash)).catch(missing)) === undefined) return // removed while it was made
      await write(pathOf(hash, name), bytes, at)
    },
    readMade: async (hash, name) => read(pathOf(hash, name)),
    async remove(hash) {
      pathOf(hash)
      for (const name of await filesOf(hash)) await rm(join(folder, hash.slice(0, 2), name), { force: true })
      await syncFolder(join(folder, hash.slice(0, 2))).catch(() => undefined)
    },
    async *all() {
      for (const part of await readdir(folder).catch(() => []))
        for (const name of await readdir(join(folder, part)).catch(() => [])) {
          const found = isBlobHash(name) ? await stat(join(folder, part, name)).catch(() => undefined) : undefined
          if (found) yield { hash: name, bytes: found.size, at: Math.round(found.mtimeMs) }
        }
    },
  }
}

function missing(thrown: unknown): undefined {
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined
  throw thrown
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
