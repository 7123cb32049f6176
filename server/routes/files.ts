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

export interface FileRouteDeps {
  /** The folder of the build, with `client` in it. */
  readonly dist: string
  readonly budgetBytes?: number
  /** A file over this is sent from the disk each time. */
  readonly mostHeldBytes?: number
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

export const fileRoutes = ({ dist, budgetBytes = 24 * 2 ** 20, mostHeldBytes = 2 ** 20 }: FileRouteDeps) => {
  const files = filesIn(join(dist, 'client'))
  const held = createHeld(budgetBytes)
  return new Hono().get('*', async (c, next) => {
    const file = files.get(c.req.path.replace(/(?<=.)\/$/, ''))
    if (!file) return next()
    const wanted = encodingFor(c.req.header('Accept-Encoding'))
    const encoding = file.sizes.has(wanted) ? wanted : 'identity'
    const size = file.sizes.get(encoding) ?? 0
    const path = file.path + endingOf[encoding]
    const kept = size <= mostHeldBytes ? await held.get(path, size) : undefined
    const tag = `"${kept?.tag ?? file.stamp}.${encoding}"`
    const headers: Record<string, string> = { 'Cache-Control': file.caching, ETag: tag }
    if (file.sizes.size > 1) headers['Vary'] = 'Accept-Encoding'
    if (c.req.header('If-None-Match')?.includes(tag)) return new Response(null, { status: 304, headers })
    headers['Content-Type'] = file.type
    headers['Content-Length'] = String(size)
    if (encoding !== 'identity') headers['Content-Encoding'] = encoding
    if (kept) return new Response(kept.bytes, { headers })
    const isAsked = c.req.method === 'GET' // nobody would read, and close, what is opened for a HEAD
    return new Response(isAsked ? (Readable.toWeb(createReadStream(path)) as ReadableStream) : null, { headers })
  })
}

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
  const held = new Map<string, { readonly size: number; readonly file: Promise<HeldFile> }>()
  let bytes = 0
  const drop = (path: string) => {
    bytes -= held.get(path)?.size ?? 0
    held.delete(path)
  }
  return {
    get(path: string, size: number): Promise<HeldFile> {
      const file = held.get(path)?.file ?? read(path)
      drop(path) // to the end of the line again
      held.set(path, { size, file })
      bytes += size
      for (const oldest of held.keys()) if (bytes > budgetBytes) drop(oldest)
      file.catch(() => held.get(path)?.file === file && drop(path))
      return file
    },
  }
}

async function read(path: string): Promise<HeldFile> {
  const bytes = new Uint8Array(await readFile(path))
  return { bytes, tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22) }
}
