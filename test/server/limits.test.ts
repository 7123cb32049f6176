/** Every limit of the relay, reached: its code, its value in the detail, and that what is right goes on. The clock is the test's. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { signerOf, type Did, type Signer } from '#domain/identity.ts'
import { contactOf, latestOf, meOf, shelfOf } from '#domain/room.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import { solveWork } from '#domain/work.ts'
import type { KeyFacts } from '../../server/relay/keys.ts'
import { noLimits, standardLimits, type Limits } from '../../server/relay/limits.ts'
import { createRelay, type Relay, type RelayDeps } from '../../server/relay/relay.ts'
import { createMemoryLog } from '../../server/stores/memory.ts'
import type { UpdateLog } from '../../server/stores/store.ts'
import { connectRaw, recordedDoc, rest, type RawClient } from '../fixtures/relay-client.ts'

const audience = 'https://port.example'
let signers: Signer[]
let alice: Signer
let log: UpdateLog
let relay: Relay
let now: number

beforeAll(async () => {
  signers = await Promise.all([1, 2, 3, 4].map((seed) => signerOf(new Uint8Array(16).fill(seed), 'person')))
  alice = signers[0]!
})
beforeEach(() => {
  now = 1_800_000_000_000
  log = createMemoryLog()
})

const start = (limits: Partial<Limits>, deps: Partial<RelayDeps> = {}) => {
  relay = createRelay({ log, verifyToken, audience, now: () => now, limits: { ...noLimits, ...limits }, ...deps })
}
const until = async (met: () => boolean) => {
  while (!met()) await rest()
}
async function joined(room: string, signer?: Signer, address?: string): Promise<RawClient> {
  const client = connectRaw(relay, address)
  client.join(room, signer ? await makeToken(signer, audience, now) : '')
  await until(() => client.of('step-1').length > 0)
  return client
}
const change = (room: string, update: Uint8Array) => ({ kind: 'update', room, update }) as const
const written = async (room: string): Promise<Y.Doc> => {
  const bytes = await log.read(room)
  const doc = new Y.Doc()
  for (const update of [...(bytes?.snapshot ? [bytes.snapshot] : []), ...(bytes?.updates ?? [])])
    Y.applyUpdate(doc, update)
  return doc
}
/** Answers what the relay asks for, as an honest browser does. */
const answer = (client: RawClient, room: string, doc: Y.Doc) => {
  const asked = client.of('step-1').at(-1)
  if (asked) client.send({ kind: 'step-2', room, update: Y.encodeStateAsUpdate(doc, asked.vector) })
}

/** Everybody is new, and has what the memory log has. */
const newcomers = (known: readonly Did[] = []): KeyFacts & { readonly bytes: Map<Did, number> } => {
  const bytes = new Map<Did, number>()
  return {
    bytes,
    standingOf: (did) => (known.includes(did) ? 'known' : 'new'),
    bytesOf: (did) => bytes.get(did) ?? 0,
  }
}

describe('updates a second', () => {
  it('over the pace are put off, told once, asked for when there is room, and then all acknowledged', async () => {
    start({ socketUpdatesPerSecond: 2 })
    const room = shelfOf(alice.did)
    const client = await joined(room, alice)
    answer(client, room, new Y.Doc())
    await rest()
    client.forget()
    const { doc, updates } = recordedDoc(7)
    for (let at = 0; at < 40; at++) doc.getMap('records').set(`k${at}`, at)
    for (const update of updates) client.send(change(room, update))
    await rest()
    expect(client.statuses()).toEqual(Array.from({ length: 18 }, () => 1)) // twenty at once, the join took two
    expect(client.messages('refused')).toEqual([
      {
        kind: 'refused',
        room,
        code: 'too-many-updates',
        retry: 'later',
        detail: 'at most 2 updates a second of a socket and 0 of a key',
      },
    ])
    relay.tick()
    await rest()
    expect(client.of('step-1')).toEqual([]) // no room yet
    now += 1000
    relay.tick()
    await rest()
    answer(client, room, doc)
    await rest()
    expect(client.statuses()).toHaveLength(40)
    expect(new Set(client.statuses())).toEqual(new Set([1]))
    expect((await written(room)).getMap('records').size).toBe(40)
    expect(client.closedWith()).toBeUndefined()
  })

  it('are counted over all sockets of a key', async () => {
    start({ keyUpdatesPerSecond: 1 })
    const clients = [await joined(shelfOf(alice.did), alice), await joined(meOf(alice.did), alice)]
    for (const [at, client] of clients.entries()) {
      const { doc, updates } = recordedDoc(7)
      for (let key = 0; key < 6; key++) doc.getMap('m').set(`k${key}`, key)
      for (const update of updates) client.send(change([shelfOf, meOf][at]!(alice.did), update))
    }
    await rest()
    expect(clients.flatMap((client) => client.codes())).toEqual(['too-many-updates'])
  })

  it('a step 1 over the pace is answered later', async () => {
    start({ socketUpdatesPerSecond: 1 })
    const client = await joined(latestOf('all'))
    client.forget()
    for (let at = 0; at < 12; at++) client.send({ kind: 'step-1', room: latestOf('all'), vector: Uint8Array.of(0) })
    await rest()
    expect(client.of('step-2')).toHaveLength(9)
    now += 1000
    relay.tick()
    await rest()
    expect(client.of('step-2')).toHaveLength(10)
  })
})

describe('a room', () => {
  it('that is full by what was deleted takes what fits in what is alive', async () => {
    start({ roomBytes: 4000 })
    const room = shelfOf(alice.did)
    const client = await joined(room, alice)
    const { doc, updates } = recordedDoc(7)
    for (let at = 0; at < 30; at++) doc.getMap('records').set('a', `${at}`.padEnd(1000, 'x'))
    for (const update of updates) client.send(change(room, update))
    await rest()
    expect([client.codes(), client.statuses()]).toEqual([[], updates.map(() => 1)])
  })

  it('that is full takes an update that writes and shrinks it, and names the limit to one that grows it', async () => {
    start({ roomBytes: 4000 })
    const room = shelfOf(alice.did)
    const client = await joined(room, alice)
    const { doc, updates } = recordedDoc(7)
    doc.getMap('records').set('a', 'x'.repeat(2500))
    doc.getMap('records').set('b', 'x'.repeat(1400))
    for (const update of updates.splice(0)) client.send(change(room, update))
    await rest()
    doc.getMap('records').set('c', 'x'.repeat(2000))
    client.send(change(room, updates.splice(0)[0]!))
    await rest()
    expect(client.messages('refused')).toMatchObject([{ code: 'room-full', detail: 'at most 4000 bytes in a room' }])
    now += 1000
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(await written(room)))
    const sent: Uint8Array[] = []
    other.on('update', (update: Uint8Array) => void sent.push(update))
    other.getMap('records').set('a', 'x'.repeat(2000)) // smaller than what it takes the place of
    client.send(change(room, sent[0]!))
    await rest()
    expect(client.statuses()).toEqual([1, 1, 0, 1])
  })
})

describe('a socket', () => {
  it('too many from one address is told and closed; one that goes makes room; others are not concerned', async () => {
    start({ socketsPerAddress: 2 })
    const [first] = [connectRaw(relay, '10.0.0.1'), connectRaw(relay, '10.0.0.1')]
    const third = connectRaw(relay, '10.0.0.1')
    expect(third.messages('refused')).toMatchObject([
      { code: 'too-many-sockets', detail: 'at most 2 from one address' },
    ])
    expect([third.closedWith(), connectRaw(relay, '10.0.0.2').closedWith()]).toEqual([4429, undefined])
    for (const client of [first!, third]) client.drop()
    expect(connectRaw(relay, '10.0.0.1').closedWith()).toBeUndefined()
  })

  it('shows no more tokens than its rooms can need, each of which may cost the check of a signature', async () => {
    let checks = 0
    const counting: typeof verifyToken = (...asked) => (checks++, verifyToken(...asked))
    start({ roomsPerSocket: 5 }, { verifyToken: counting })
    const client = connectRaw(relay)
    for (let at = 0; at < 30; at++) {
      client.send({ kind: 'token', room: shelfOf(alice.did), token: `no token ${at}`, version: '' })
      await rest()
    }
    expect([client.messages('refused').at(-1), client.closedWith(), checks]).toMatchObject([
      { code: 'too-many-frames', detail: 'at most 20 tokens at once' },
      4429,
      20,
    ])
  })

  it('of IPv6 counts by the first 64 bits', () => {
    start({ socketsPerAddress: 1 })
    const closed = ['2001:db8:0:1::5', '2001:db8:0:1:ffff::9', '2001:db8:0:2::5'].map((address) =>
      connectRaw(relay, address).closedWith(),
    )
    expect(closed).toEqual([undefined, 4429, undefined])
  })
})

describe('a new key', () => {
  it('has so many bytes in all its rooms, until something of it is published', async () => {
    const known: Did[] = []
    const facts = newcomers(known)
    start({ newKeyBytes: 3000 }, { keys: facts })
    const [shelf, contact] = [await joined(shelfOf(alice.did), alice), await joined(contactOf(alice.did), alice)]
    const { doc, updates } = recordedDoc(7)
    doc.getMap('m').set('a', 'x'.repeat(1800))
    shelf.send(change(shelfOf(alice.did), updates[0]!))
    await rest()
    facts.bytes.set(alice.did, updates[0]!.length)
    contact.send(change(contactOf(alice.did), updates[0]!))
    await rest()
    expect([shelf.statuses(), contact.statuses()]).toEqual([[1], [0]])
    expect(contact.messages('refused')).toMatchObject([
      {
        code: 'key-full',
        retry: 'later',
        detail: 'at most 3000 bytes in all rooms of a key without a published record',
      },
    ])
    known.push(alice.did)
    contact.send(change(contactOf(alice.did), updates[0]!))
    await rest()
    expect(contact.statuses()).toEqual([0, 1])
  })

  it('that writes one record again and again is weighed by what is alive', async () => {
    const facts = newcomers()
    start({ newKeyBytes: 3000 }, { keys: facts })
    const client = await joined(shelfOf(alice.did), alice)
    const { doc, updates } = recordedDoc(7)
    for (let at = 0; at < 20; at++) doc.getMap('m').set('a', `${at}`.padEnd(900, 'x'))
    for (const update of updates) {
      client.send(change(shelfOf(alice.did), update))
      await rest()
      facts.bytes.set(alice.did, (facts.bytes.get(alice.did) ?? 0) + update.length)
    }
    expect(client.codes()).toEqual([])
  })

  it('is one of so many an hour from one address', async () => {
    start({ newKeysPerHour: 2 }, { keys: newcomers() })
    const write = async (signer: Signer, address: string) => {
      const client = await joined(shelfOf(signer.did), signer, address)
      const { doc, updates } = recordedDoc(7)
      doc.getMap('m').set('a', 'x')
      client.send(change(shelfOf(signer.did), updates[0]!))
      await until(() => client.statuses().length > 0)
      return client
    }
    const [a, b, c, d] = signers
    for (const signer of [a!, b!, a!]) expect((await write(signer, '10.0.0.1')).codes()).toEqual([])
    expect((await write(c!, '10.0.0.1')).messages('refused')).toMatchObject([
      { code: 'too-many-keys', detail: 'at most 2 new keys an hour from one address' },
    ])
    expect((await write(d!, '10.0.0.9')).codes()).toEqual([])
    now += 3600_000
    expect((await write(c!, '10.0.0.1')).codes()).toEqual([])
  })

  it('writes nothing under the floor of free disk, where a key that has something here goes on', async () => {
    let free = 1000
    const facts = newcomers()
    facts.bytes.set(signers[1]!.did, 10)
    start({ diskFloorBytes: 500 }, { keys: facts, freeBytes: () => free })
    free = 499
    const write = async (signer: Signer) => {
      const client = await joined(shelfOf(signer.did), signer)
      const { doc, updates } = recordedDoc(7)
      doc.getMap('m').set('a', 'x')
      client.send(change(shelfOf(signer.did), updates[0]!))
      await until(() => client.statuses().length > 0)
      return client.messages('refused')
    }
    expect(await write(alice)).toMatchObject([
      { code: 'disk-low', detail: 'under 500 bytes free only known keys write' },
    ])
    expect(await write(signers[1]!)).toEqual([])
    free = 500
    expect(await write(alice)).toEqual([])
  })

  it('shares a cap with all the others, counted anew by the sweep, which also removes what is old', async () => {
    const stale = [shelfOf(alice.did)]
    const gone: string[] = []
    const census = async () => ({ bytes: gone.length > 0 ? 0 : 2900, stale: gone.length > 0 ? [] : stale })
    const erase = async (room: string) => gone.push(room) > 0
    start({ newcomerBytes: 3000 }, { keys: newcomers(), newcomers: { census, erase } })
    await relay.sweep()
    expect(gone).toEqual(stale)
    const client = await joined(shelfOf(alice.did), alice)
    const { doc, updates } = recordedDoc(7)
    doc.getMap('m').set('a', 'x'.repeat(200))
    client.send(change(shelfOf(alice.did), updates[0]!))
    await rest()
    expect(client.messages('refused')).toMatchObject([
      { code: 'newcomers-full', detail: 'at most 3000 bytes of all keys without a published record' },
    ])
    await relay.sweep()
    client.send(change(shelfOf(alice.did), updates[0]!))
    await rest()
    expect(client.statuses()).toEqual([0, 1])
  })
})

describe('the proof of work', () => {
  const bits = 8
  const prepared = async () => {
    const facts = newcomers()
    start({ proofBits: bits }, { keys: facts })
    const room = shelfOf(alice.did)
    const client = await joined(room, alice)
    const { doc, updates } = recordedDoc(7)
    doc.getMap('records').set('a', 'x')
    doc.getMap('records').set('b', 'y')
    const prove = (nonce: string, challenge = client.messages('work')[0]!.challenge) =>
      client.send({ kind: 'stateless', room, payload: JSON.stringify({ kind: 'proof', challenge, nonce }) })
    const solved = () => solveWork(client.messages('work')[0]!.challenge, bits) ?? ''
    return { facts, room, client, doc, updates, prove, solved }
  }

  it('is asked for at the join; done before the first write nothing is refused', async () => {
    const { room, client, updates, prove, solved } = await prepared()
    expect(client.kinds()).toEqual(['authenticated', 'joined', 'stored', 'work', 'step-2', 'step-1'])
    expect(client.messages('work')[0]).toMatchObject({ bits })
    prove(solved())
    for (const update of updates) client.send(change(room, update))
    await rest()
    expect([client.statuses(), client.codes()]).toEqual([[1, 1], []])
  })

  it('done after the write: the refusal brings the challenge, nothing is lost, all is acknowledged', async () => {
    const { room, client, doc, updates, prove, solved } = await prepared()
    client.send({ kind: 'step-2', room, update: Y.encodeStateAsUpdate(new Y.Doc()) }) // to the question of the join
    await rest()
    client.forget()
    for (const update of updates) client.send(change(room, update))
    await rest()
    expect(client.kinds()).toEqual(['refused', 'work'])
    expect(client.messages('refused')[0]).toMatchObject({
      code: 'proof-of-work',
      retry: 'later',
      detail: `${bits} zero bits before the first write of a key`,
    })
    prove(solved())
    await rest()
    answer(client, room, doc)
    await rest()
    expect(client.statuses()).toEqual([1, 1])
    expect((await written(room)).getMap('records').size).toBe(2)
  })

  it('that is wrong, or of another challenge, proves nothing; the next challenge is another one', async () => {
    const { room, client, updates, prove, solved } = await prepared()
    const first = client.messages('work')[0]!.challenge
    const wrong =
      Array.from({ length: 1000 }, (_, at) => `x${at}`).find((nonce) => !solveWorkIs(first, nonce, bits)) ?? ''
    prove(solved(), 'another')
    prove(wrong)
    client.send(change(room, updates[0]!))
    await rest()
    expect(client.codes()).toEqual(['proof-of-work'])
    expect(client.messages('work').at(-1)!.challenge).not.toBe(first)
    expect((await log.read(room))?.updates ?? []).toEqual([])
  })

  it('is not asked of a key that is known, has something here, or reads only', async () => {
    const facts = newcomers([signers[1]!.did])
    facts.bytes.set(signers[2]!.did, 5)
    start({ proofBits: bits }, { keys: facts })
    const clients = [
      await joined(shelfOf(signers[1]!.did), signers[1]),
      await joined(shelfOf(signers[2]!.did), signers[2]),
      await joined(shelfOf(signers[1]!.did), signers[3]),
    ]
    for (const client of clients) expect(client.messages('work')).toEqual([])
  })
})

const solveWorkIs = (challenge: string, nonce: string, bits: number): boolean =>
  solveWork(challenge, bits, Number(nonce.slice(1)), 1) === nonce

describe('LIMITS=off', () => {
  it('has none of them', () => {
    expect(Object.keys(noLimits)).toEqual(Object.keys(standardLimits))
    expect(new Set(Object.values(noLimits))).toEqual(new Set([0]))
  })
})
