/**
 * Files of the build, held in memory in each encoding they were compressed to: a request opens nothing, hashes nothing
 * and can name nothing that is not of the build. A site is some eight megabytes.
 */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { getMimeType } from 'hono/utils/mime'
import { encodingFor, encodings, type Encoding } from './page-cache.ts'
import type { PortalBindings } from './pages.ts'

interface SiteFile {
  readonly type: string
  /** The address is a revision: what it names never changes. */
  readonly isHashed: boolean
  readonly bodies: Partial<Record<Encoding, Uint8Array<ArrayBuffer>>> & { readonly identity: Uint8Array<ArrayBuffer> }
  readonly tag: string
}

const suffixes: Readonly<Record<string, Encoding>> = { '.br': 'br', '.gz': 'gzip' }

/** By the addresses a reader may ask: a page's with and without the slash behind it. @param client the folder of the build */
export function readFiles(client: string): ReadonlyMap<string, SiteFile> {
  const files = new Map<string, SiteFile>()
  const names = readdirSync(client, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const all = new Set(names)
  for (const path of names) {
    if (Object.hasOwn(suffixes, path.slice(-3)) && all.has(path.slice(0, -3))) continue
    const address = path.slice(client.length).replace(/^(?!\/)/, '/')
    const packed = Object.entries(suffixes).filter(([suffix]) => all.has(path + suffix))
    const identity = bytesOf(path)
    const file: SiteFile = {
      type: getMimeType(path) ?? 'application/octet-stream',
      isHashed: address.startsWith('/_a/'),
      bodies: { identity, ...Object.fromEntries(packed.map(([suffix, name]) => [name, bytesOf(path + suffix)])) },
      tag: createHash('sha256').update(identity).digest('base64url').slice(0, 22),
    }
    const page = /^(.*)\/index\.html$/.exec(address)?.[1]
    for (const known of page === undefined ? [address] : [address, page, `${page}/`]) files.set(known, file)
  }
  return files
}

const bytesOf = (path: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(path))

export function fileRoutes(dist: string) {
  const files = readFiles(join(dist, 'client'))
  return new Hono<PortalBindings>().get('*', (c, next) => {
    const file = files.get(c.req.path)
    if (!file) return next()
    const accepted = encodingFor(c.req.header('Accept-Encoding'), (one) => file.bodies[one] !== undefined)
    const tag = `"${file.tag}.${accepted}"`
    const isPacked = encodings.some((one) => one !== 'identity' && file.bodies[one])
    const headers: Record<string, string> = {
      'Content-Type': file.type,
      'Cache-Control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      ETag: tag,
      ...(isPacked && { Vary: 'Accept-Encoding' }),
    }
    if (c.req.header('If-None-Match')?.includes(tag)) return new Response(null, { status: 304, headers })
    if (accepted !== 'identity') headers['Content-Encoding'] = accepted
    return new Response(file.bodies[accepted] ?? file.bodies.identity, { headers })
  })
}
