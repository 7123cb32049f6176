/** The unchanged @hocuspocus/provider, and clients that mean harm, against the whole relay on a real file and socket. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { fromBase64url } from '#domain/bytes.ts'
import { signerOf, type Signer } from '#domain/identity.ts'
import { decodeFrame, encodeFrame, parseRelayMessage, type Frame, type RelayMessage } from '#domain/protocol.ts'
import { latestOf, meOf, shelfOf, wireOf } from '#domain/room.ts'
import { makeToken } from '#domain/token.ts'
import { openReadOnly } from '../../server/stores/database.ts'
import { createRoomReader } from '../../server/stores/sqlite.ts'
import { must } from '../fixtures/must.ts'
import { recordedDoc } from '../fixtures/relay-client.ts'
import { audience, startRelay, type RelayServer } from '../fixtures/relay-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'relay-'))
const cleanups: (() => unknown)[] = []
let alice: Signer
let bob: Signer
let server: RelayServer
let path: string
let files = 0

beforeAll(async () => {
  alice = await signerOf(new Uint8Array(16).fill(1), 'person')
  bob = await signerOf(new Uint8Array(16).fill(2), 'person')
})
beforeEach(async () => {
  path = join(folder, `${++files}.sqlite`)
  server = await startRelay(path)
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  await server.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Dialled {
  readonly doc: Y.Doc
  readonly provider: HocuspocusProvider
  readonly socket: HocuspocusProviderWebsocket
  readonly told: RelayMessage[]
  readonly denials: string[]
  tokens: number
}

function dial(
  room: string,
  signer: Signer | undefined,
  options: { doc?: Y.Doc; at?: () => number; socket?: HocuspocusProviderWebsocket } = {},
): Dialled {
  const doc = options.doc ?? new Y.Doc()
  const socket =
    options.socket ??
    new HocuspocusProviderWebsocket({
      url: server.url,
      WebSocketPolyfill: WebSocket,
      delay: 50,
      minDelay: 50,
      maxDelay: 100,
    })
  const dialled: Dialled = {
    doc,
    socket,
    told: [],
    denials: [],
    tokens: 0,
    provider: new HocuspocusProvider({
      name: room,
      document: doc,
      websocketProvider: socket,
      awareness: null,
      token: async () => {
        dialled.tokens++
        return signer ? makeToken(signer, audience, options.at?.() ?? Date.now()) : ''
      },
      onStateless: ({ payload }) => void dialled.told.push(parseRelayMessage(payload)!),
      onAuthenticationFailed: ({ reason }) => void dialled.denials.push(reason),
    }),
  }
  dialled.provider.attach()
  cleanups.push(() => dialled.provider.destroy())
  if (!options.socket) cleanups.push(() => socket.destroy())
  return dialled
}

const until = (met: () => void) => vi.waitFor(met, { timeout: 8000, interval: 5 })
const settled = ({ provider }: Dialled) =>
  until(() => expect([provider.isSynced, provider.unsyncedChanges]).toEqual([true, 0]))

/** What a fresh look into the file finds in a room. */
function onDisk(room: string): Y.Doc | undefined {
  const db = must(openReadOnly(path))
  const found = createRoomReader(db)(room)
  db.close()
  if (!found) return undefined
  const doc = new Y.Doc()
  for (const update of found.updates) Y.applyUpdate(doc, update)
  expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null])
  return doc
}

/** Of rooms that were written, spread or not. */
function countOf(table: 'rooms' | 'updates'): number {
  const db = must(openReadOnly(path))
  const count = Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'])
  const batches = Number(db.prepare('SELECT count(*) AS n FROM batches').get()?.['n'])
  db.close()
  return count + batches
}

describe('the provider', () => {
  it('writes, is seen by another, and has nothing unsynced', async () => {
    const room = shelfOf(alice.did)
    const [writer, reader] = [dial(room, alice), dial(room, undefined)]
    await settled(writer)
    await settled(reader)
    for (let at = 0; at < 50; at++) writer.doc.getMap('records').set(`k${at}`, at)
    await until(() => expect(reader.doc.getMap('records').size).toBe(50))
    await settled(writer)
    expect(onDisk(room)?.getMap('records').size).toBe(50)
    expect([writer.provider.authorizedScope, reader.provider.authorizedScope]).toEqual(['read-write', 'readonly'])
  })

  it('hears which state is durable, and it is on the disk by then', async () => {
    const room = shelfOf(alice.did)
    const writer = dial(room, alice)
    writer.doc.getMap('records').set('a', 'x')
    const clock = () => writer.doc.store.clients.get(writer.doc.clientID)?.length
    await until(() => {
      const stored = writer.told.findLast((message) => message.kind === 'stored')
      expect(Y.decodeStateVector(fromBase64url(stored?.sv ?? 'AA')!).get(writer.doc.clientID)).toBe(clock())
    })
    expect(onDisk(room)?.getMap('records').toJSON()).toEqual({ a: 'x' })
  })

  it('with edits made offline, over a stopped relay, delivers them once it is back', async () => {
    const room = shelfOf(alice.did)
    const writer = dial(room, alice)
    writer.doc.getMap('records').set('a', 1)
    await settled(writer)
    const epoch = writer.told.findLast((message) => message.kind === 'stored')?.epoch
    await server.close()
    await until(() => expect(writer.provider.isSynced).toBe(false))
    for (const key of ['b', 'c', 'd']) writer.doc.getMap('records').set(key, 1)
    server = await startRelay(path, server.port)
    await settled(writer)
    expect(onDisk(room)?.getMap('records').toJSON()).toEqual({ a: 1, b: 1, c: 1, d: 1 })
    expect(writer.told.findLast((message) => message.kind === 'joined')?.epoch).toBe(epoch)
  })

  it('shares one socket between many rooms', async () => {
    const first = dial(shelfOf(alice.did), alice)
    const others = [latestOf('all'), wireOf('0'), meOf(alice.did)].map((room) =>
      dial(room, alice, { socket: first.socket }),
    )
    for (const dialled of [first, ...others]) await settled(dialled)
  })

  it('with a clock six minutes slow is told the time and signs again', async () => {
    let offset = -6 * 60_000
    const writer = dial(shelfOf(alice.did), alice, { at: () => Date.now() + offset })
    writer.provider.on('stateless', ({ payload }: { payload: string }) => {
      const message = parseRelayMessage(payload)
      if (message?.kind === 'clock') offset += message.now - (Date.now() + offset)
    })
    await settled(writer)
    expect([writer.tokens, writer.denials]).toEqual([2, []])
  })

  it('writing a foreign shelf or the wire is refused, nothing is stored, its own goes on', async () => {
    const own = dial(shelfOf(bob.did), bob)
    const foreign = [shelfOf(alice.did), wireOf('0')].map((room) => dial(room, bob, { socket: own.socket }))
    for (const { doc } of [own, ...foreign]) doc.getMap('records').set('a', 'forged')
    await settled(own)
    for (const { told } of foreign) {
      await until(() =>
        expect(told.some((message) => message.kind === 'refused' && message.code === 'read-only')).toBe(true),
      )
    }
    expect(foreign.every(({ provider }) => provider.unsyncedChanges > 0)).toBe(true)
    expect([onDisk(shelfOf(alice.did)), onDisk(wireOf('0')), countOf('rooms')]).toEqual([undefined, undefined, 1])
  })

  it('is denied a private room of somebody else and a room that does not exist', async () => {
    const [nosy, lost] = [dial(meOf(alice.did), bob), dial('draft/1', bob)]
    await until(() => expect([nosy.denials, lost.denials]).toEqual([['forbidden'], ['unknown-room']]))
    expect(countOf('rooms')).toBe(0)
  })

  it('without awareness stays connected: it hears a ping', async () => {
    const reader = dial(latestOf('all'), undefined)
    await settled(reader)
    const before = reader.socket.lastMessageReceived
    await until(() => expect(reader.socket.lastMessageReceived).toBeGreaterThan(before))
  })
})

interface Plain {
  readonly socket: WebSocket
  readonly frames: Frame[]
  readonly closed: Promise<number>
}

async function dialPlain(headers: Record<string, string> = {}): Promise<Plain> {
  const socket = new WebSocket(server.url, { headers })
  const frames: Frame[] = []
  socket.on('message', (data: Buffer) => frames.push(must(decodeFrame(new Uint8Array(data)))))
  socket.on('error', () => undefined)
  const closed = new Promise<number>((resolve) => void socket.once('close', resolve))
  await once(socket, 'open')
  cleanups.push(() => socket.terminate())
  return { socket, frames, closed }
}

const codes = ({ frames }: Plain) =>
  frames.flatMap((frame) => {
    const message = frame.kind === 'stateless' ? parseRelayMessage(frame.payload) : undefined
    return message?.kind === 'refused' ? [message.code] : []
  })

async function joinPlain(room: string): Promise<Plain> {
  const plain = await dialPlain()
  plain.socket.send(
    encodeFrame({ kind: 'token', room, token: await makeToken(alice, audience, Date.now()), version: '' }),
  )
  await until(() => expect(plain.frames.some((frame) => frame.kind === 'authenticated')).toBe(true))
  return plain
}

const isAlive = async () => (await fetch(`http://127.0.0.1:${server.port}/`)).text()

describe('harm', () => {
  it('5 MB in one frame: refused in words, closed with 4413, nothing stored, the process alive', async () => {
    const plain = await joinPlain(shelfOf(alice.did))
    plain.socket.send(
      encodeFrame({ kind: 'update', room: shelfOf(alice.did), update: new Uint8Array(5 * 1024 * 1024) }),
    )
    expect(await plain.closed).toBe(4413)
    expect(codes(plain)).toEqual(['frame-too-large'])
    expect([countOf('updates'), await isAlive()]).toEqual([0, 'alive'])
  })

  it('a large frame before the first join is cut off long before its end', async () => {
    const plain = await dialPlain()
    plain.socket.send(new Uint8Array(2 * 1024 * 1024))
    expect(await plain.closed).toBe(4413)
    expect(await isAlive()).toBe('alive')
  })

  it('random and truncated frames, two hundred sockets of them: each closed with 4400, nothing stored', async () => {
    const { doc, updates } = recordedDoc(1)
    doc.getMap('records').set('a', 'x'.repeat(40))
    const sound = encodeFrame({ kind: 'update', room: shelfOf(alice.did), update: updates[0]! })
    const random = mulberry(7)
    for (let round = 0; round < 20; round++) {
      const plains = await Promise.all(Array.from({ length: 10 }, () => joinPlain(shelfOf(alice.did))))
      for (const [at, { socket }] of plains.entries()) {
        const noise = Uint8Array.from({ length: 2 + Math.floor(random() * 100) }, () => Math.floor(random() * 256))
        socket.send(
          at % 2 === 0
            ? sound.subarray(0, Math.floor(random() * sound.length))
            : Uint8Array.of(0xff, 0xff, 0xff, 0xff, ...noise),
        )
      }
      expect(new Set(await Promise.all(plains.map(({ closed }) => closed)))).toEqual(new Set([4400]))
    }
    expect([countOf('updates'), await isAlive()]).toEqual([0, 'alive'])
  })

  it('a text instead of bytes is closed with 4400', async () => {
    const plain = await dialPlain()
    plain.socket.send('hello')
    expect(await plain.closed).toBe(4400)
  })

  it('a page of another origin is not let in, nor is another path', async () => {
    await expect(dialPlain({ origin: 'https://evil.example' })).rejects.toThrow(/403/)
    await expect(once(new WebSocket(server.url.replace('/sync', '/other')), 'open')).rejects.toThrow(/404/)
    const plain = await dialPlain({ origin: audience })
    plain.socket.close()
  })

  it('a token of another portal is denied with the reason', async () => {
    const plain = await dialPlain()
    const token = await makeToken(alice, 'https://other.example', Date.now())
    plain.socket.send(encodeFrame({ kind: 'token', room: shelfOf(alice.did), token, version: '' }))
    await until(() =>
      expect(plain.frames).toContainEqual({
        kind: 'permission-denied',
        room: shelfOf(alice.did),
        reason: 'token-audience',
      }),
    )
  })
})

/** A small generator with a seed, so that a failing run can be had again. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
