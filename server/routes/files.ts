/**
 * Files of the build, as compressed with it. What is there is listed once, at start; what is asked for is read once and held
 * with its tag, the oldest used going first when there is too much. Hashed names never change, the others are asked for again.
 */
import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { getMimeType } from 'hono/utils/mime'
import { encodingFor, encodings, type Encoding } from './page-cache.ts'

export interface SiteFilesDeps {
  /** The folder of the build, with `client` in it. */
  readonly dist: string
  readonly budgetBytes?: number
  /** A file over this is sent from the disk each time. */
  readonly mostHeldBytes?: number
}
export interface FileRouteDeps {
  readonly files: SiteFiles
}

interface SiteFile {
  readonly type: string
  readonly caching: string
  readonly sizes: ReadonlyMap<Encoding, number>
  readonly path: string
  /** Changes with its bytes, as far as can be told without reading them. */
  readonly stamp: string
}
interface HeldFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly tag: string
}

const endingOf: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz', identity: '' }

export interface SiteFiles {
  /** The file at an address, in the best encoding its reader takes. */
  find(address: string, accepted: string | undefined): FoundFile | undefined
}
interface FoundFile {
  readonly path: string
  readonly size: number
  /** Undefined where it is too large to be held. */
  held(): Promise<HeldFile> | undefined
  /** What is in memory already. */
  ready(): HeldFile | undefined
  /** @param tag of what is held */
  headers(tag: string | undefined): Readonly<Record<string, string>> & { readonly ETag: string }
}

export function createSiteFiles({
  dist,
  budgetBytes = 24 * 2 ** 20,
  mostHeldBytes = 2 ** 20,
}: SiteFilesDeps): SiteFiles {
  const files = filesIn(join(dist, 'client'))
  const held = createHeld(budgetBytes)
  return {
    find(address, accepted) {
      const file = files.get(address.replace(/(?<=.)\/$/, ''))
      if (!file) return undefined
      const wanted = encodingFor(accepted)
      const encoding = file.sizes.has(wanted) ? wanted : 'identity'
      const size = file.sizes.get(encoding) ?? 0
      const path = file.path + endingOf[encoding]
      return {
        path,
        size,
        held: () => (size <= mostHeldBytes ? held.get(path, size) : undefined),
        ready: () => held.ready(path),
        headers: (tag) => ({
          'Cache-Control': file.caching,
          ETag: `"${tag ?? file.stamp}.${encoding}"`,
          ...(file.sizes.size > 1 && { Vary: 'Accept-Encoding' }),
          'Content-Type': file.type,
          'Content-Length': String(size),
          ...(encoding !== 'identity' && { 'Content-Encoding': encoding }),
        }),
      }
    },
  }
}

export const fileRoutes = ({ files }: FileRouteDeps) =>
  new Hono().get('*', async (c, next) => {
    const file = files.find(c.req.path, c.req.header('Accept-Encoding'))
    if (!file) return next()
    const kept = await file.held()
    const headers = file.headers(kept?.tag)
    if (c.req.header('If-None-Match')?.includes(headers.ETag)) {
      const { 'Content-Type': _type, 'Content-Length': _length, 'Content-Encoding': _encoding, ...told } = headers
      return new Response(null, { status: 304, headers: told })
    }
    if (kept) return new Response(kept.bytes, { headers })
    const isAsked = c.req.method === 'GET' // nobody would read, and close, what is opened for a HEAD
    return new Response(isAsked ? (Readable.toWeb(createReadStream(file.path)) as ReadableStream) : null, { headers })
  })

/** By address; a folder's `index.html` is at the folder's own address too. Compressed ones are the same file. */
function filesIn(client: string): ReadonlyMap<string, SiteFile> {
  const found = readdirSync(client, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = new Set(found.map(({ parentPath, name }) => join(parentPath, name)))
  const isCompressed = (path: string) => /\.(?:br|gz)$/.test(path) && paths.has(path.slice(0, -3))
  const files = new Map<string, SiteFile>()
  for (const path of paths) {
    if (isCompressed(path)) continue
    const address = `/${relative(client, path).split(sep).join('/')}`
    const { size, mtimeMs } = statSync(path)
    const kept = encodings.filter((encoding) => paths.has(path + endingOf[encoding]))
    const file = {
      type: getMimeType(path) ?? 'application/octet-stream',
      caching: address.startsWith('/_a/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      sizes: new Map(kept.map((encoding) => [encoding, statSync(path + endingOf[encoding]).size])),
      path,
      stamp: `${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}`,
    }
    files.set(address, file)
    if (address.endsWith('/index.html')) files.set(address.slice(0, -'/index.html'.length) || '/', file)
  }
  return files
}

/** Files in memory. Two who ask at once for one that is not there wait for the same reading. */
function createHeld(budgetBytes: number) {
  const held = new Map<string, { readonly size: number; readonly file: Promise<HeldFile>; ready?: HeldFile }>()
  let bytes = 0
  const drop = (path: string) => {
    bytes -= held.get(path)?.size ?? 0
    held.delete(path)
  }
  return {
    get(path: string, size: number): Promise<HeldFile> {
      const known = held.get(path)
      const file = known?.file ?? read(path)
      drop(path) // to the end of the line again
      const slot = known ?? { size, file }
      held.set(path, slot)
      bytes += size
      for (const oldest of held.keys()) if (bytes > budgetBytes) drop(oldest)
      if (!known)
        file.then(
          (ready) => Object.assign(slot, { ready }),
          () => held.get(path) === slot && drop(path),
        )
      return file
    },
    ready: (path: string): HeldFile | undefined => held.get(path)?.ready,
  }
}

async function read(path: string): Promise<HeldFile> {
  const bytes = new Uint8Array(await readFile(path))
  return { bytes, tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22) }
}
