/**
 * `GET /rooms/<name>`: a room that everyone may read, merged into one Yjs update; so a crowd of readers, or a cache in
 * front, needs no socket for what is there already. `?sv=<state vector, base64url>` gives the difference only.
 *
 * The ETag names the state of the room on the relay's disk (`<epoch>.<sequence number>`), and `Room-Epoch` the epoch a
 * browser compares when it joins. Only what would survive a crash is ever sent. A wire begins empty, which is no error: 204.
 */
import { Hono, type Context } from 'hono'
import * as Y from 'yjs'
import { fromBase64url } from '#domain/bytes.ts'
import { parseRoom, rightsOf } from '#domain/room.ts'
import { statusOf, type ProblemKind } from '../errors.ts'
import type { RoomCopies, RoomCopy, Version } from './room-copies.ts'

export interface RoomRouteDeps {
  readonly versionOf: (name: string) => Version | undefined
  readonly copies: Pick<RoomCopies, 'get'>
}

export const roomRoutes = ({ versionOf, copies }: RoomRouteDeps) =>
  new Hono().get('/:name{.+}', async (c) => {
    const room = parseRoom(c.req.param('name'))
    if (!room.ok) return no(c, 'not-found')
    if (!rightsOf(room.value, undefined).read) return no(c, 'forbidden') // whether it exists is nobody's business
    const version = attempt(() => versionOf(room.value.name))
    if (version === 'failed') return no(c, 'storage')
    if (!version)
      return room.value.kind === 'wire' ? c.body(null, 204, { 'Cache-Control': 'no-store' }) : no(c, 'not-found')

    const vector = c.req.query('sv')
    if (vector === undefined && holds(c.req.header('If-None-Match'), version))
      return c.body(null, 304, headersOf(version))
    const copy = await copies.get(room.value.name, version).catch(() => 'failed' as const)
    if (copy === 'failed') return no(c, 'storage')
    if (!copy) return no(c, 'not-found')
    return vector === undefined ? whole(c, copy) : difference(c, copy, vector)
  })

function no(c: Context, kind: ProblemKind): Response {
  return c.json({ kind }, statusOf[kind], { 'Cache-Control': 'no-store' })
}

const attempt = <T>(work: () => T): T | 'failed' => {
  try {
    return work()
  } catch {
    return 'failed' // the file cannot be read
  }
}

const tagOf = ({ epoch, seq }: Version, encoding = ''): string => `"${epoch}.${seq}${encoding}"`

/** `no-cache`: kept by anyone, asked again before every use, which costs one look into an index. */
const headersOf = (version: Version, encoding?: '.br') => ({
  ETag: tagOf(version, encoding),
  'Room-Epoch': version.epoch,
  'Cache-Control': 'public, no-cache',
  Vary: 'Accept-Encoding',
})

/** In either encoding: the state is the same. */
function holds(ifNoneMatch: string | undefined, version: Version): boolean {
  const named = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return named?.some((tag) => tag === '*' || tag === tagOf(version) || tag === tagOf(version, '.br')) ?? false
}

async function whole(c: Context, copy: RoomCopy): Promise<Response> {
  const packed = takesBrotli(c.req.header('Accept-Encoding')) ? await copy.brotli() : undefined
  if (!packed) return send(c, copy.bytes, headersOf(copy))
  return send(c, packed, { ...headersOf(copy, '.br'), 'Content-Encoding': 'br' })
}

function difference(c: Context, copy: RoomCopy, text: string): Response {
  const vector = fromBase64url(text)
  const update = vector && attempt(() => Y.diffUpdate(copy.bytes, checked(vector)))
  if (!update || update === 'failed') return no(c, 'bad-vector')
  return send(c, update, { 'Room-Epoch': copy.epoch, 'Cache-Control': 'no-store' })
}

/** Yjs reads past trailing bytes; a vector is taken only whole. */
function checked(vector: Uint8Array): Uint8Array {
  const canonical = Y.encodeStateVector(Y.decodeStateVector(vector))
  if (canonical.length !== vector.length) throw new Error('bytes left over')
  return vector
}

const send = (c: Context, bytes: Uint8Array, headers: Readonly<Record<string, string>>): Response =>
  c.body(bytes as Uint8Array<ArrayBuffer>, 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(bytes.length),
    ...headers,
  })

/** RFC 9110: named (or `*`) with a weight above nothing. */
function takesBrotli(header: string | undefined): boolean {
  const weights = new Map(
    header?.split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
      const weight = parameters.find((text) => text.startsWith('q='))
      return [name, weight === undefined ? 1 : Number(weight.slice(2))]
    }),
  )
  return (weights.get('br') ?? weights.get('*') ?? 0) > 0
}
