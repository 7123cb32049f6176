/** The relay without sockets: real tokens, real Yjs updates, a memory log; the clock and the disk are in the test's hand. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { fromBase64url } from '#domain/bytes.ts'
import { signerOf, type Signer } from '#domain/identity.ts'
import { err } from '#domain/result.ts'
import { contactOf, inboxOf, labelsRoom, latestOf, meOf, shelfOf, wireOf } from '#domain/room.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import type { Limits } from '../../server/relay/limits.ts'
import { createRelay, type Relay, type RelayDeps } from '../../server/relay/relay.ts'
import { createMemoryLog } from '../../server/stores/memory.ts'
import type { UpdateLog } from '../../server/stores/store.ts'
import { connectRaw, recordedDoc, rest, type RawClient } from '../fixtures/relay-client.ts'

const audience = 'https://port.example'
const minute = 60_000
let alice: Signer
let bob: Signer
let log: UpdateLog
let relay: Relay
let now: number

beforeAll(async () => {
  alice = await signerOf(new Uint8Array(16).fill(1), 'person')
  bob = await signerOf(new Uint8Array(16).fill(2), 'person')
})
const start = (limits: Partial<Limits> = {}, deps: Partial<RelayDeps> = {}) => {
  relay = createRelay({ log, verifyToken, audience, now: () => now, limits, ...deps })
}
beforeEach(() => {
  now = 1_800_000_000_000
  log = createMemoryLog()
  start()
})

const tokenOf = (signer: Signer, at = now) => makeToken(signer, audience, at)
/** Signature checks run outside this thread's queue of promises. */
const until = async (met: () => boolean) => {
  while (!met()) await rest()
}
async function joined(room: string, signer?: Signer, doc?: Y.Doc): Promise<RawClient> {
  const client = connectRaw(relay)
  client.join(room, signer ? await tokenOf(signer) : '', doc)
  await until(() => client.of('step-1').length > 0)
  return client
}
const change = (room: string, update: Uint8Array) => ({ kind: 'update', room, update }) as const
async function stored(room: string): Promise<Y.Doc> {
  const bytes = await log.read(room)
  const doc = new Y.Doc()
  for (const update of bytes?.updates ?? []) Y.applyUpdate(doc, update)
  return doc
}

describe('a join', () => {
  it('is answered in order: authenticated, joined, stored, step 2, step 1; the answer to that gets its status', async () => {
    const client = await joined(shelfOf(alice.did), alice)
    expect(client.kinds()).toEqual(['authenticated', 'joined', 'stored', 'step-2', 'step-1'])
    expect(client.messages('joined')[0]).toMatchObject({ epoch: '', now })
    client.send({ kind: 'step-2', room: shelfOf(alice.did), update: Y.encodeStateAsUpdate(new Y.Doc()) })
    await rest()
    expect(client.statuses()).toEqual([1])
    expect(await log.read(shelfOf(alice.did))).toBeUndefined() // asking made nothing
  })

  it('without a key reads public rooms only', async () => {
    const client = await joined(latestOf('all'))
    expect(client.of('authenticated')[0]?.scope).toBe('readonly')
    expect(client.messages('stored')).toEqual([])
    const stranger = connectRaw(relay)
    stranger.join(meOf(alice.did), '')
    await until(() => stranger.codes().length > 0)
    expect(stranger.of('permission-denied')[0]?.reason).toBe('token-missing')
    expect(stranger.codes()).toEqual(['token-missing'])
  })

  it('many rooms share a socket, each with its own answer', async () => {
    const client = connectRaw(relay)
    const token = await tokenOf(alice)
    const rooms = [shelfOf(alice.did), contactOf(alice.did), inboxOf(alice.did), latestOf('all'), labelsRoom]
    for (const room of rooms) client.join(room, token)
    await until(() => client.of('step-1').length === rooms.length)
    const scopes = new Map(client.of('authenticated').map((frame) => [frame.room, frame.scope]))
    expect(rooms.map((room) => scopes.get(room))).toEqual([
      'read-write',
      'read-write',
      'readonly',
      'readonly',
      'readonly',
    ])
    expect(client.codes()).toEqual([])
  })

  it.each([
    ['me', meOf],
    ['contact', contactOf],
    ['inbox', inboxOf],
  ] as const)('to the %s room of somebody else is denied before anything is loaded', async (_, roomOf) => {
    const asked: string[] = []
    const read = async (name: string): ReturnType<UpdateLog['read']> => {
      asked.push(name)
      return log.read(name)
    }
    start({}, { log: { ...log, read } })
    const client = connectRaw(relay)
    client.join(roomOf(alice.did), await tokenOf(bob))
    await until(() => client.codes().length > 0)
    expect(client.kinds()).toEqual(['permission-denied', 'refused'])
    expect(client.codes()).toEqual(['forbidden'])
    const { doc, updates } = recordedDoc(1)
    doc.getMap('m').set('a', 1)
    client.send(change(roomOf(alice.did), updates[0]!))
    await rest()
    expect(client.statuses()).toEqual([0])
    expect(asked).toEqual([])
  })

  it.each(['draft/1', `shelf/${'x'.repeat(40)}`, 'latest/all\u0000session', '', '__proto__'])(
    'to %j, no room, is denied',
    async (room) => {
      const client = connectRaw(relay)
      client.join(room, '')
      await rest()
      expect(client.of('permission-denied')[0]?.reason).toBe('unknown-room')
      expect(client.closedWith()).toBeUndefined()
    },
  )

  it('a frame before its token is refused', async () => {
    const client = connectRaw(relay)
    client.send({ kind: 'step-1', room: latestOf('all'), vector: Uint8Array.of(0) })
    expect(client.codes()).toEqual(['not-joined'])
  })
})

describe('tokens', () => {
  it.each([
    ['another portal', (): Promise<string> => makeToken(alice, 'https://other.example', now), 'token-audience'],
    ['no token at all', async (): Promise<string> => 'abc', 'token-form'],
    [
      'a foreign signature',
      async (): Promise<string> => `${(await tokenOf(alice)).slice(0, -4)}AAAA`,
      'token-signature',
    ],
  ] as const)('of %s are denied with the reason', async (_, make, code) => {
    const client = connectRaw(relay)
    client.join(shelfOf(alice.did), await make())
    await until(() => client.codes().length > 0)
    expect(client.of('permission-denied')[0]?.reason).toBe(code)
  })

  it('expired at a join: the clock and a request for a new one, never a denial; what waited then goes through', async () => {
    const room = shelfOf(alice.did)
    const { doc, updates } = recordedDoc(1)
    doc.getMap('records').set('a', 'x')
    const client = connectRaw(relay)
    client.join(room, await tokenOf(alice, now - 10 * minute))
    client.send(change(room, updates[0]!))
    await until(() => client.of('token-wanted').length > 0)
    expect(client.kinds()).toEqual(['clock', 'token-wanted'])
    now += 25_000
    relay.tick()
    client.send({ kind: 'token', room, token: await tokenOf(alice, client.messages('clock')[0]!.now), version: '' })
    await until(() => client.statuses().length > 0)
    expect(client.kinds().slice(2)).toEqual([
      'authenticated',
      'joined',
      'stored',
      'step-2',
      'step-1',
      'sync-status',
      'stored',
    ])
    expect((await stored(room)).getMap('records').toJSON()).toEqual({ a: 'x' })
  })

  it('a clock a day ahead is asked three times at most, then closed after the grace', async () => {
    const client = connectRaw(relay)
    const late = await tokenOf(alice, now + 24 * 60 * minute)
    for (let at = 0; at < 6; at++) {
      client.send({ kind: 'token', room: shelfOf(alice.did), token: late, version: '' })
      await rest()
    }
    expect(client.of('token-wanted')).toHaveLength(3)
    expect(client.of('permission-denied')).toEqual([])
    now += 31_000
    relay.tick()
    expect(client.codes()).toEqual(['token-expired'])
    expect(client.closedWith()).toBe(4401)
  })

  it('that run out in a session are asked for once; a new one goes on, none closes after the grace', async () => {
    const room = shelfOf(alice.did)
    const [keen, lazy] = [await joined(room, alice), await joined(room, alice)]
    for (const client of [keen, lazy]) client.forget()
    now += 5 * minute
    relay.tick()
    relay.tick()
    expect(keen.kinds()).toEqual(['clock', 'token-wanted'])
    keen.send({ kind: 'token', room, token: await tokenOf(alice), version: '' })
    await until(() => keen.of('authenticated').length > 0)
    now += 29_000
    relay.tick()
    expect(lazy.closedWith()).toBeUndefined()
    now += 2000
    relay.tick()
    expect(lazy.closedWith()).toBe(4401)
    expect(keen.closedWith()).toBeUndefined()
  })

  it('who joins nothing in ten seconds is closed, however much is sent', async () => {
    const client = connectRaw(relay)
    for (let second = 0; second <= 10; second++) {
      client.sendBytes(Uint8Array.of(10))
      client.send({ kind: 'awareness', room: latestOf('all'), states: Uint8Array.of(0) })
      relay.tick()
      expect(client.closedWith()).toBeUndefined()
      now += 1000
    }
    relay.tick()
    expect(client.closedWith()).toBe(4401)
  })
})

describe('a write', () => {
  it('is stored, then acknowledged, then told as durable, then passed on', async () => {
    const room = shelfOf(alice.did)
    const writer = await joined(room, alice)
    const reader = await joined(room, bob)
    for (const client of [writer, reader]) client.forget()
    const { doc, updates } = recordedDoc(7)
    doc.getMap('records').set('a', 'x')
    writer.send(change(room, updates[0]!))
    await rest()
    expect(writer.kinds()).toEqual(['sync-status', 'stored'])
    const vector = Y.decodeStateVector(fromBase64url(writer.messages('stored')[0]!.sv)!)
    expect([...vector]).toEqual([[7, 1]])
    expect(reader.of('update').map((frame) => frame.update)).toEqual([updates[0]])
    expect((await log.read(room))?.epoch).toBe(writer.messages('stored')[0]!.epoch)
  })

  it('is not acknowledged, told or passed on before the disk has it', async () => {
    const room = shelfOf(alice.did)
    const landing = Promise.withResolvers<void>()
    const append: UpdateLog['append'] = async (entries) => {
      await landing.promise
      return log.append(entries)
    }
    start({}, { log: { ...log, append } })
    const writer = await joined(room, alice)
    const reader = await joined(room)
    for (const client of [writer, reader]) client.forget()
    const { doc, updates } = recordedDoc(7)
    doc.getMap('records').set('a', 'x')
    doc.getMap('records').set('b', 'y')
    updates.forEach((update) => writer.send(change(room, update)))
    for (let turn = 0; turn < 20; turn++) await rest()
    expect([writer.kinds(), reader.kinds()]).toEqual([[], []])
    landing.resolve()
    await rest()
    expect(writer.kinds()).toEqual(['sync-status', 'sync-status', 'stored']) // one vector for the whole turn
    expect(reader.kinds()).toEqual(['update', 'update'])
  })

  it('sent twice, or empty, is acknowledged and stored once', async () => {
    const room = shelfOf(alice.did)
    const writer = await joined(room, alice)
    const { doc, updates } = recordedDoc(7)
    doc.getMap('records').set('a', 'x')
    writer.send(change(room, updates[0]!), change(room, updates[0]!), change(room, Uint8Array.of(0, 0)))
    await rest()
    expect(writer.statuses()).toEqual([1, 1, 1])
    expect((await log.read(room))?.updates).toHaveLength(1)
  })

  it('sent just before the socket went is stored all the same', async () => {
    const room = shelfOf(alice.did)
    const writer = await joined(room, alice)
    const { doc, updates } = recordedDoc(7)
    doc.getMap('records').set('a', 'x')
    writer.send(change(room, updates[0]!))
    writer.drop()
    await relay.settled()
    expect((await stored(room)).getMap('records').size).toBe(1)
  })

  it.each([
    ['a foreign shelf', () => shelfOf(alice.did)],
    ['the wire', () => wireOf('0')],
    ['the newest lines', () => latestOf('all')],
    ['the labels', () => labelsRoom],
    ['its own inbox', () => inboxOf(bob.did)],
  ])('to %s is refused as read-only and leaves nothing', async (_, roomOf) => {
    const client = await joined(roomOf(), bob)
    const { doc, updates } = recordedDoc(7)
    doc.getMap('records').set('a', 'x')
    client.send(change(roomOf(), updates[0]!), { kind: 'step-2', room: roomOf(), update: Y.encodeStateAsUpdate(doc) })
    await rest()
    expect(client.statuses()).toEqual([0, 0])
    expect(client.codes()).toEqual(['read-only', 'read-only'])
    expect(await log.read(roomOf())).toBeUndefined()
  })

  it('to a contact room is stored, asked for with step 1, and never told to anybody', async () => {
    const room = contactOf(alice.did)
    const writer = await joined(room, alice)
    const second = await joined(room, alice)
    const { doc, updates } = recordedDoc(7)
    doc.getMap('c').set('a', '13900000000')
    writer.send(change(room, updates[0]!))
    await rest()
    const third = await joined(room, alice)
    expect(writer.statuses()).toEqual([1])
    expect(second.of('update')).toEqual([])
    expect(third.of('step-2')[0]?.update).toEqual(Uint8Array.of(0, 0))
    expect([...Y.decodeStateVector(third.of('step-1')[0]!.vector)]).toEqual([[7, 1]])
  })

  it('of the disk refused: no status, a refusal, and the next one that fits goes through', async () => {
    const room = shelfOf(alice.did)
    let isFull = true
    start(
      {},
      {
        log: {
          ...log,
          append: async (entries) => (isFull ? err({ kind: 'storage', detail: 'full' }) : log.append(entries)),
        },
      },
    )
    const writer = await joined(room, alice)
    const { doc, updates } = recordedDoc(7)
    doc.getMap('records').set('a', 'x')
    doc.getMap('records').set('b', 'y')
    writer.send(change(room, updates[0]!))
    await rest()
    expect(writer.statuses()).toEqual([0])
    expect(writer.messages('refused')[0]).toMatchObject({ code: 'storage', retry: 'later', detail: 'full' })
    isFull = false
    writer.forget()
    writer.send(change(room, updates[1]!)) // leans on what was not stored
    await rest()
    expect(writer.kinds()).toEqual(['step-1'])
    writer.send({ kind: 'step-2', room, update: Y.encodeStateAsUpdate(doc, writer.of('step-1')[0]!.vector) })
    await rest()
    expect(writer.statuses()).toEqual([1])
    expect((await stored(room)).getMap('records').size).toBe(2)
  })

  it('by the relay itself reaches readers through the log', async () => {
    const reader = await joined(latestOf('all'))
    reader.forget()
    const { doc, updates } = recordedDoc(9)
    doc.getMap('lines').set('a', 1)
    await log.append([{ room: latestOf('all'), update: updates[0]!, at: now }])
    expect(reader.of('update').map((frame) => frame.update)).toEqual([updates[0]])
    const late = await joined(latestOf('all'))
    const copy = new Y.Doc()
    Y.applyUpdate(copy, late.of('step-2')[0]!.update)
    expect(copy.getMap('lines').toJSON()).toEqual({ a: 1 })
  })
})

describe('bad frames', () => {
  it.each([
    ['noise', Uint8Array.of(255, 255, 3)],
    ['nothing', Uint8Array.of()],
    ['an unknown type', Uint8Array.of(1, 97, 66)],
  ])('%s closes with 4400', (_, bytes) => {
    const client = connectRaw(relay)
    client.sendBytes(bytes)
    expect(client.codes()).toEqual(['bad-frame'])
    expect(client.closedWith()).toBe(4400)
  })

  it('what only a relay says closes with 4400', () => {
    const client = connectRaw(relay)
    client.send({ kind: 'sync-status', room: latestOf('all'), stored: true })
    expect(client.closedWith()).toBe(4400)
  })

  it('an update or a state vector that Yjs cannot read closes with 4400, others go on', async () => {
    const room = shelfOf(alice.did)
    const witness = await joined(room, alice)
    for (const frame of [
      change(room, Uint8Array.of(9, 9, 9)),
      { kind: 'step-1', room, vector: Uint8Array.of(5, 1) } as const,
    ]) {
      const client = await joined(room, alice)
      client.send(frame)
      await rest()
      expect([client.codes(), client.closedWith()]).toEqual([['bad-update'], 4400])
    }
    const { doc, updates } = recordedDoc(7)
    doc.getMap('records').set('a', 'x')
    witness.send(change(room, updates[0]!))
    await rest()
    expect(witness.statuses()).toEqual([1])
  })

  it('64 kB before the first join, and the room with 64 kB more after, are the most', async () => {
    const stranger = connectRaw(relay)
    stranger.sendBytes(new Uint8Array(64 * 1024 + 1))
    expect([stranger.codes(), stranger.closedWith()]).toEqual([['frame-too-large'], 4413])
    const client = await joined(shelfOf(alice.did), alice)
    client.sendBytes(new Uint8Array(5 * 1024 * 1024))
    expect(client.closedWith()).toBe(4413)
  })
})

describe('limits', () => {
  it('rooms on a socket', async () => {
    start({ roomsPerSocket: 2 })
    const client = connectRaw(relay)
    for (const topic of ['a', 'b', 'c']) client.join(latestOf(topic), '')
    await until(() => client.of('step-1').length === 2)
    expect(client.of('permission-denied').map((frame) => frame.reason)).toEqual(['too-many-rooms'])
  })

  it('a full room refuses what grows it and takes what empties it', async () => {
    start({ roomBytes: 2000 })
    const room = shelfOf(alice.did)
    const writer = await joined(room, alice)
    const { doc, updates } = recordedDoc(7)
    doc.getMap('records').set('a', 'x'.repeat(1500))
    doc.getMap('records').set('b', 'x'.repeat(1000))
    writer.send(...updates.map((update) => change(room, update)))
    await rest()
    expect([writer.statuses(), writer.codes()]).toEqual([[1, 0], ['room-full']])
    const other = recordedDoc(8)
    Y.applyUpdate(other.doc, updates[0]!)
    other.updates.length = 0
    other.doc.getMap('records').delete('a')
    writer.send(change(room, other.updates[0]!))
    await rest()
    expect(writer.statuses()).toEqual([1, 0, 1])
  })

  it('client ids in a room', async () => {
    start({ clientsPerRoom: 2 })
    const room = shelfOf(alice.did)
    const writer = await joined(room, alice)
    for (const id of [1, 2, 3]) {
      const { doc, updates } = recordedDoc(id)
      doc.getMap('records').set(`k${id}`, 'x')
      writer.send(change(room, updates[0]!))
    }
    await rest()
    expect([writer.statuses(), writer.codes()]).toEqual([[1, 1, 0], ['too-many-clients']])
  })

  it('frames that wait for a token or the disk', async () => {
    start({ waitingFrames: 5 })
    const room = shelfOf(alice.did)
    const client = connectRaw(relay)
    client.join(room, await tokenOf(alice))
    for (let at = 0; at < 5; at++) client.send(change(room, Uint8Array.of(0, 0)))
    expect(client.closedWith()).toBe(4429)
  })
})
