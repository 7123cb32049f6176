/**
 * `GET /latest/<category or all>`: the lines of a live list anew, for who has heard that its room has changed and has no
 * Yjs to read the room itself. They are asked of the read model once for each state of the room, and compressed once.
 */
import { Hono } from 'hono'
import { latestOnHome, tagOf } from '#domain/newest.ts'
import { pageSize, type ReadModel } from '#domain/read-model.ts'
import { latestOf, parseRoom } from '#domain/room.ts'
import { statusOf } from '../errors.ts'
import { encodingFor, pageOf, type KeptPage } from './page-cache.ts'
import type { Version } from './room-copies.ts'

export interface LatestRouteDeps {
  readonly readModel: Pick<ReadModel, 'latest'>
  readonly versionOf: (room: string) => Version | undefined
  readonly now: () => number
}

export const latestRoutes = ({ readModel, versionOf, now }: LatestRouteDeps) => {
  const held = new Map<string, { readonly state: string; readonly tag: string; readonly page: KeptPage }>()
  const newest = async (topic: string, state: string) => {
    const known = held.get(topic)
    if (known?.state === state) return known
    const query = topic === 'all' ? { limit: latestOnHome } : { category: topic, limit: pageSize }
    const lines = await readModel.latest(query, now())
    const page = pageOf({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(lines)) })
    const made = { state, tag: tagOf(lines), page }
    held.set(topic, made) // as many as there are rooms
    return made
  }
  return new Hono().get('/:topic', async (c) => {
    const room = parseRoom(latestOf(c.req.param('topic')))
    const version = room.ok ? versionOf(room.value.name) : undefined
    if (!version) return c.json({ kind: 'not-found' }, statusOf['not-found'], { 'Cache-Control': 'no-store' })

    const { tag, page } = await newest(c.req.param('topic'), `${version.epoch}.${version.seq}`)
    const encoding = encodingFor(c.req.header('Accept-Encoding'))
    const headers: Record<string, string> = {
      ETag: tag,
      'Cache-Control': 'public, no-cache',
      'Content-Type': 'application/json',
      Vary: 'Accept-Encoding',
    }
    if (c.req.header('If-None-Match')?.includes(tag)) return c.body(null, 304, headers)
    if (encoding !== 'identity') headers['Content-Encoding'] = encoding
    return c.body(new Uint8Array(await page.bodyIn(encoding)), 200, headers)
  })
}
