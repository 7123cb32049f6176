/**
 * `/blobs/<sha256>`: the photos of listings.
 *
 * `PUT` stores one, with the author's token; bytes whose hash is another one are refused, so an upload that was cut can only be sent
 * again; an author whose key is closed hears so as the `limit`. `HEAD` answers 200 when it need not be sent. `GET` shows it, `?w=320|800|1600` made smaller; readers ask again after an hour,
 * since what was removed must not be shown for longer. Where there is none, a picture without words takes its place.
 */
import type { IncomingMessage } from 'node:http'
import { createHash } from 'node:crypto'
import { Hono, type Context } from 'hono'
import type { Did } from '#domain/identity.ts'
import { isBlobHash, maxPhotoBytes } from '#domain/photo.ts'
import type { Result } from '#domain/result.ts'
import { variantOf, type BlobVariant } from './blob-variants.ts'
import { statusOf, type ProblemKind } from '../errors.ts'
import { notAllowed, type PortalBindings } from './pages.ts'

/** Whose token this is, unless nothing of that key is taken. */
export type AuthorOf = (token: string) => Promise<Result<Did, { readonly kind: string }>>

export interface BlobRouteDeps {
  readonly blobs: ShownBlobs
  readonly authorOf: AuthorOf
  readonly networkOf: (request: IncomingMessage) => string
}

export interface ShownBlobs {
  receive(
    hash: string,
    bytes: Uint8Array,
    from: { did: string; network: string },
  ): Promise<Result<void, { kind: ProblemKind }>>
  has(hash: string): Promise<boolean>
  show(hash: string, variant: BlobVariant): Promise<Uint8Array | 'missing' | 'gone'>
}

const caching = 'public, max-age=3600'

export const blobRoutes = ({ blobs, authorOf, networkOf }: BlobRouteDeps) =>
  new Hono<PortalBindings>()
    .use('/:hash', async (c, next) => (isBlobHash(c.req.param('hash')) ? next() : no(c, 'not-found')))
    .put('/:hash', async (c) => {
      const hash = c.req.param('hash')
      const author = await authorOf(/^Bearer (\S+)$/.exec(c.req.header('Authorization') ?? '')?.[1] ?? '')
      if (!author.ok) return no(c, 'unauthorized', author.error.kind)
      if (Number(c.req.header('Content-Length') ?? 0) > maxPhotoBytes) return no(c, 'photo-bytes')
      const bytes = await bodyOf(c.req.raw)
      if (!bytes) return no(c, 'photo-bytes')
      if (createHash('sha256').update(bytes).digest('hex') !== hash) return no(c, 'wrong-hash')
      const stored = await blobs.receive(hash, bytes, { did: author.value, network: networkOf(c.env.incoming) })
      return stored.ok ? c.body(null, 204) : no(c, stored.error.kind)
    })
    .get('/:hash', async (c) => {
      const hash = c.req.param('hash')
      if (c.req.method === 'HEAD')
        return c.body(null, (await blobs.has(hash)) ? 200 : 404, { 'Cache-Control': 'no-store' })
      const variant = variantOf(c.req.query('w'))
      if (!variant) return no(c, 'not-found')
      const found = await blobs.show(hash, variant)
      if (found === 'missing' || found === 'gone') return noPicture(c, found)
      const headers = { ETag: `"${hash.slice(0, 32)}.${variant}"`, 'Cache-Control': caching }
      if (c.req.header('If-None-Match')?.includes(headers.ETag)) return c.body(null, 304, headers)
      return c.body(found as Uint8Array<ArrayBuffer>, 200, {
        ...headers,
        'Content-Type': found[0] === 0xff ? 'image/jpeg' : 'image/webp',
        'Content-Length': String(found.length),
      })
    })
    .all('/:hash', notAllowed('GET, HEAD, PUT'))

const no = (c: Context, kind: ProblemKind, limit?: string): Response =>
  c.json({ kind, ...(limit && { limit }) }, statusOf[kind], { 'Cache-Control': 'no-store' })

/** Undefined when it is longer than a photo may be, or was cut. */
async function bodyOf(request: Request): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of request.body ?? []) {
      length += part.length
      if (length > maxPhotoBytes) return undefined
      parts.push(part)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(parts)
}

/** Browsers show it in the place of the photo, on a page without scripts too. */
function noPicture(c: Context, why: 'missing' | 'gone'): Response {
  const status = why === 'gone' ? 410 : 404
  if (!/image\//.test(c.req.header('Accept') ?? '')) return no(c, why === 'gone' ? 'over' : 'not-found')
  return c.body(picture, status, { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'no-store' })
}

const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-24 -18 96 72" width="480" height="360"><path d="M-24-18h96v72h-96z" fill="#8fa3b3" fill-opacity=".22"/><path d="M15 12h4l2-3h6l2 3h4a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H15a2 2 0 0 1-2-2V14a2 2 0 0 1 2-2zm9 3a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9z" fill="none" stroke="#8fa3b3" stroke-width="1.200" stroke-linejoin="round"/></svg>'
