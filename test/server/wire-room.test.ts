/** The wire as a search page reads it, of the whole relay: over HTTP what is there, over the socket what changes, from the cache what was. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { wireOf } from '#domain/room.ts'
import { openWire, type WireDeps } from '#src/search/wire-room.ts'
import { listen } from '#src/sync/ear.ts'
import { createRoomCopies } from '../../server/routes/room-copies.ts'
import { roomRoutes } from '../../server/routes/rooms.ts'
import { openReadOnly } from '../../server/stores/database.ts'
import { createRoomVersion } from '../../server/stores/room-version.ts'
import { must } from '../fixtures/must.ts'
import { startRelay, type RelayServer } from '../fixtures/relay-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'wire-room-'))
const edition = 'e1'
const cleanups: (() => void)[] = []
let server: RelayServer
let path: string
let doc: Y.Doc
let isAway = false
let files = 0

beforeEach(async () => {
  path = join(folder, `${++files}.sqlite`)
  server = await startRelay(path)
  doc = new Y.Doc()
  doc.clientID = 1
  isAway = false
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) cleanup()
  await server.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the projector does: one update for what is edited together. */
async function write(edit: () => void) {
  const updates: Uint8Array[] = []
  const collect = (update: Uint8Array) => void updates.push(update)
  doc.on('update', collect)
  doc.transact(edit)
  doc.off('update', collect)
  const stored = await server.writer.log.append(updates.map((update) => ({ room: wireOf(edition), update, at: 1 })))
  expect(stored.ok).toBe(true)
}
const put = (key: string, value: string) => write(() => void doc.getMap('entries').set(key, value))
const drop = (key: string) => write(() => doc.getMap('entries').delete(key))

function aCache() {
  const held = new Map<string, ArrayBuffer>()
  const at = (path: string) => new URL(path, 'https://port.example').href
  const cache = {
    match: async (path: string) => (held.has(at(path)) ? new Response(held.get(at(path))) : undefined),
    put: async (path: string, answer: Response) => void held.set(at(path), await answer.arrayBuffer()),
    keys: async () => [...held.keys()].map((url) => ({ url })),
    delete: async (url: string) => held.delete(url),
  }
  return { held, cache: async () => cache as unknown as Cache }
}

/** Of the server that runs now, on its file. */
function routesOf() {
  const db = must(openReadOnly(path))
  cleanups.push(() => db.close())
  const copies = createRoomCopies({ log: server.writer.log, merged: server.relay.merged, budgetBytes: 1e6 })
  return roomRoutes({ versionOf: createRoomVersion(db), copies })
}

function depsOf({ cache }: ReturnType<typeof aCache> = aCache()): WireDeps & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    cache,
    async fetch(path) {
      asked.push(path)
      if (isAway) throw new TypeError('failed to fetch')
      return routesOf().request(path.replace('/rooms', ''))
    },
    listen: (room, heard, vector) => {
      const url = `${server.url}/${room}`
      const page = { isSeen: () => true, watchPage: () => undefined, tell: () => undefined }
      const stop = isAway ? () => undefined : listen({ url, heard, vector, ...page })
      cleanups.push(stop)
      return stop
    },
  }
}
const until = (met: () => void) => vi.waitFor(met, { timeout: 15_000, interval: 5 })
const entries = ({ doc }: Awaited<ReturnType<typeof openWire>>) => {
  const map = doc.getMap('entries')
  return Object.fromEntries([...map.keys()].map((key) => [key, map.get(key)]))
}

it('has what is there, then every change as it is made', async () => {
  await put('a', '一')
  await put('b', '二')
  const deps = depsOf()
  const wire = await openWire(edition, deps)
  await until(() => expect([wire.synced(), entries(wire)]).toEqual([true, { a: '一', b: '二' }]))
  await put('a', '一改')
  await drop('b')
  await put('c', '三')
  await until(() => expect(entries(wire)).toEqual({ a: '一改', c: '三' }))
  expect(deps.asked).toEqual([`/rooms/${wireOf(edition)}`])
})

it('is there and empty where nothing has changed since the print, and hears the first change', async () => {
  const wire = await openWire(edition, depsOf())
  await until(() => expect(wire.synced()).toBe(true))
  expect(entries(wire)).toEqual({})
  await put('a', '一')
  await until(() => expect(entries(wire)).toEqual({ a: '一' }))
})

it('misses nothing that is written between the answer and the join', async () => {
  await put('a', '一')
  const deps = depsOf()
  const late: WireDeps['fetch'] = async (path, init) => {
    const answer = await deps.fetch(path, init)
    await put('b', '二')
    return answer
  }
  const wire = await openWire(edition, { ...deps, fetch: late })
  await until(() => expect(entries(wire)).toEqual({ a: '一', b: '二' }))
})

it('is asked for whole again after the portal was away, and is that of the portal then', async () => {
  await put('a', '一')
  const deps = depsOf()
  const wire = await openWire(edition, deps)
  await until(() => expect(entries(wire)).toEqual({ a: '一' }))
  await put('b', '二')
  await until(() => expect(entries(wire)).toEqual({ a: '一', b: '二' }))
  const { port } = server
  await server.close()
  path = join(folder, `${++files}.sqlite`) // as after a restore from before it all
  server = await startRelay(path, port)
  doc = new Y.Doc()
  doc.clientID = 1
  await put('x', '从头')
  await until(() => expect(entries(wire)).toEqual({ x: '从头' }))
})

it('asks again when what it heard does not follow on the answer, until it has everything', async () => {
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  await put('a', '一')
  const old = [await routesOf().request(`/${wireOf(edition)}`)]
  let hear: Parameters<WireDeps['listen']>[1] = () => undefined
  const deps: WireDeps = { ...depsOf(), listen: (_, heard) => ((hear = heard), () => undefined) }
  let isStale = false
  const fetch: WireDeps['fetch'] = async (path, init) => {
    if (!isStale) return deps.fetch(path, init)
    hear('changed', updates[3]!) // meanwhile
    isStale = false
    return old.pop()!
  }
  const wire = await openWire(edition, { ...deps, fetch })
  await until(() => expect(entries(wire)).toEqual({ a: '一' }))
  for (const key of ['b', 'c', 'd']) await put(key, key)
  hear('joined', Uint8Array.of(0, 0))
  isStale = true // as a cache on the way answers
  hear('changed', updates[2]!)
  await until(() => expect(entries(wire)).toEqual({ a: '一', b: 'b', c: 'c', d: 'd' }))
  wire.release()
})

it('begins without a network with all that was heard last time, and keeps only the edition it was opened for', async () => {
  const kept = aCache()
  await put('a', '一')
  const first = await openWire(edition, depsOf(kept))
  await until(() => expect(entries(first)).toEqual({ a: '一' }))
  await put('b', '二')
  await until(() => expect(entries(first)).toEqual({ a: '一', b: '二' }))
  await until(() => expect(kept.held.size).toBe(1))
  first.release()
  isAway = true
  await until(() => expect(new TextDecoder().decode([...kept.held.values()][0])).toContain('二'))
  const again = await openWire(edition, depsOf(kept))
  expect([again.synced(), entries(again)]).toEqual([false, { a: '一', b: '二' }])
  again.release()
  isAway = false
  await openWire('e2', depsOf(kept))
  await until(() => expect([...kept.held.keys()].map((url) => new URL(url).search)).toEqual(['?e2']))
})
