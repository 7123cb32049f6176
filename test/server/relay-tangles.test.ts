/** Values at places that are taken: Yjs compares each with all, so nobody may make thousands of them, neither at once nor drop by drop. */
import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Signer } from '#domain/identity.ts'
import { shelfOf } from '#domain/room.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import { judgeUpdate, knownFrom } from '../../server/relay/gaps.ts'
import { noLimits, standardLimits } from '../../server/relay/limits.ts'
import { createRelay, type Relay } from '../../server/relay/relay.ts'
import { tanglesIn } from '../../server/relay/tangles.ts'
import { createMemoryLog } from '../../server/stores/memory.ts'
import { connectRaw, type RawClient } from '../fixtures/relay-client.ts'
import { audience } from '../fixtures/relay-server.ts'
import { aSigner } from '../fixtures/signers.ts'
import { atTheStart, firsts, placedUpdate, type Placed } from '../fixtures/tangled.ts'

const limits = { ...noLimits, tanglesPerRoom: standardLimits.tanglesPerRoom }
const fresh = () => ({ vector: new Map<number, number>(), deleted: new Map() })
const log = createMemoryLog()
let relay: Relay
let alice: Signer
let client: RawClient
let room: string
let people = 10

beforeEach(async () => {
  relay = createRelay({ log, verifyToken, audience, now: Date.now, limits })
  alice = await aSigner(++people)
  room = shelfOf(alice.did)
  client = connectRaw(relay)
  client.join(room, await makeToken(alice, audience, Date.now()))
  await expect.poll(() => client.of('step-1').length).toBe(1)
})
const send = async (...updates: Uint8Array[]) => {
  client.send(...updates.map((update) => ({ kind: 'update', room, update }) as const))
  await relay.settled()
}

describe('first values of one key', () => {
  it('are what this test says they are: Yjs integrates them all', () => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, firsts(100, 7))
    expect([doc.store.pendingStructs, doc.getMap('records').size, Y.encodeStateVector(doc)]).toEqual([
      null,
      1,
      encoding.encode((out) => [1, 7, 100].forEach((number) => encoding.writeVarUint(out, number))),
    ])
  })

  it('are refused by the thousand, with the limit and its value, and nothing of them is stored', async () => {
    await send(firsts(200_000, 7))
    expect(client.codes()).toEqual(['tangled'])
    expect(client.messages('refused')[0]).toMatchObject({
      retry: 'never',
      detail: expect.stringContaining('at most 64'),
    })
    expect([client.statuses(), await log.read(room)]).toEqual([[0], undefined])
  })

  it('of some devices at the same time pass, and so does a shelf of a thousand records', async () => {
    await send(...[7, 8, 9, 10].map((device) => firsts(1, device)))
    const doc = new Y.Doc()
    for (let at = 0; at < 1000; at++) doc.getMap('records').set(`slot ${at}`, `value ${at}`)
    await send(Y.encodeStateAsUpdate(doc))
    expect([client.codes(), client.statuses()]).toEqual([[], [1, 1, 1, 1, 1]])
  })

  it('are refused drop by drop too, once the room has a thousand; what goes on behind its own still passes', async () => {
    for (let at = 0; at < 40; at++) await send(firsts(60, 7, at * 60))
    const stored = client.statuses().filter((status) => status === 1).length
    expect(stored).toBeGreaterThan(10)
    expect(stored * 60).toBeLessThan(2 * 512 + 2 * 60)
    expect(new Set(client.codes())).toEqual(new Set(['tangled']))
    await send(placedUpdate([{ origin: [7, stored * 60 - 1] }], 7, stored * 60))
    expect(client.statuses().at(-1)).toBe(1)
  })

  it('that an earlier process let in are counted, and the room can still be read', async () => {
    const bytes = firsts(2000, 7)
    await log.append([{ room, update: bytes, at: 1 }])
    const another = createRelay({ log, verifyToken, audience, now: Date.now, limits })
    const late = connectRaw(another)
    late.join(room, await makeToken(alice, audience, Date.now()))
    await expect.poll(() => late.of('step-2').map(({ update }) => update.length)).toEqual([bytes.length])
    late.send({ kind: 'update', room, update: firsts(1, 8) })
    await another.settled()
    expect([late.codes(), late.statuses()]).toEqual([['tangled'], [0]])
    another.close()
  })

  it('are counted by key, not by update: other keys and other maps are others', () => {
    const doc = new Y.Doc()
    for (let at = 0; at < 500; at++) {
      doc.getMap('records').set(`${at}`, at)
      doc.getMap(`map ${at}`).set('k', at)
    }
    expect(judgeUpdate(Y.encodeStateAsUpdate(doc), fresh(), 64).kind).toBe('news')
    expect(knownFrom(Y.encodeStateAsUpdate(doc))?.tangles).toBe(0)
    expect(judgeUpdate(firsts(66, 7), fresh(), 64).kind).toBe('tangled')
    expect(judgeUpdate(firsts(65, 7), fresh(), 64).kind).toBe('news')
  })
})

/** A list whose values were each put behind the one before it. */
const chain = (count: number, client: number): readonly Placed[] =>
  Array.from({ length: count }, (_, at) => (at === 0 ? {} : { origin: [client, at - 1] }))
const each = (count: number, place: (at: number) => Placed): readonly Placed[] =>
  Array.from({ length: count }, (_, at) => place(at))

// prettier-ignore
const attacks: readonly [name: string, ...parts: readonly (readonly [client: number, placed: readonly Placed[]])[]][] = [
  ['all at the start', [1, chain(3000, 1)], [2, each(3000, () => ({}))]],
  ['all behind the first', [1, chain(3000, 1)], [2, each(3000, () => ({ origin: [1, 0] }))]],
  ['from the start to the left of every value', [1, chain(3000, 1)], [2, each(3000, (at) => ({ right: [1, at] }))]],
  ['behind every value, to the left of the last', [1, chain(3000, 1)], [2, each(2999, (at) => ({ origin: [1, at], right: [1, 199] }))]],
  ['behind every value, with nothing to the right', [1, chain(3000, 1)], [2, each(3000, (at) => ({ origin: [1, at] }))]],
  ['twice to the left of each that was put at the start', [1, each(3000, (at) => (at === 0 ? {} : { right: [1, at - 1] }))],
    [2, each(2999, (at) => ({ right: [1, at] }))]],
  ['values of one map key, behind one and the same', [1, [{ key: 'k' }]], [2, each(3000, () => ({ origin: [1, 0] }))]],
]

describe('values at taken places', () => {
  it.each(attacks)('are refused: %s', async (_name, ...parts) => {
    const few = parts.map(([by, placed]) => [by, placed.slice(0, 200)] as const)
    const doc = new Y.Doc()
    for (const [by, placed] of few) Y.applyUpdate(doc, placedUpdate(placed, by))
    expect(doc.store.pendingStructs).toBeNull() // Yjs takes them
    for (const [by, placed] of parts)
      for (let at = 0; at < placed.length; at += 50) await send(placedUpdate(placed.slice(at, at + 50), by, at))
    expect(new Set(client.codes())).toEqual(new Set(['tangled']))
    const all = Y.mergeUpdates([...(await log.read(room))!.updates])
    expect(tanglesIn(Y.decodeUpdate(all).structs)).toBeLessThan(2 * limits.tanglesPerRoom + 100)
  })

  it('pass without the limit', async () => {
    const open = createRelay({ log: createMemoryLog(), verifyToken, audience, now: Date.now, limits: noLimits })
    const free = connectRaw(open)
    free.join(room, await makeToken(alice, audience, Date.now()))
    await expect.poll(() => free.of('step-1').length).toBe(1)
    free.send({ kind: 'update', room, update: atTheStart(3000, 7) }, { kind: 'update', room, update: atTheStart(9, 8) })
    await open.settled()
    expect([free.codes(), free.statuses()]).toEqual([[], [1, 1]])
    open.close()
  })

  const edit = fc.record({
    by: fc.nat(3),
    what: fc.constantFrom('type', 'type', 'push', 'insert', 'prepend', 'set', 'delete', 'bold'),
    at: fc.nat(1000),
    syncs: fc.boolean(),
  })
  const run = (edits: readonly (typeof edit extends fc.Arbitrary<infer T> ? T : never)[], mayPart: boolean) => {
    const docs = [1, 2, 3, 4].map((id) => Object.assign(new Y.Doc(), { clientID: id }))
    const meet = () => {
      for (const from of docs) for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from))
    }
    let apart = 0
    for (const { by, what, at, syncs } of edits) {
      const doc = docs[by]!
      const [list, letters] = [doc.getArray('list'), doc.getText('text')]
      const place = at % (list.length + 1)
      if (what === 'push') list.push([at])
      if (what === 'prepend') list.unshift([at, at])
      if (what === 'insert') list.insert(place, [at])
      if (what === 'set') doc.getMap('map').set(`k${at % 3}`, at)
      if (what === 'type') letters.insert(at % (letters.length + 1), 'ab')
      if (what === 'bold' && letters.length > 1)
        letters.format(at % (letters.length - 1), 2, { b: at % 2 ? true : null })
      if (what === 'delete' && place < list.length) list.delete(place)
      if (!mayPart || syncs) meet()
      else apart++
    }
    meet()
    return { tangles: tanglesIn(Y.decodeUpdate(Y.encodeStateAsUpdate(docs[0]!)).structs), apart }
  }

  it('are none in what people write one after the other, wherever they write', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 120 }), (edits) => {
        expect(run(edits, false).tangles).toBe(0)
      }),
      { numRuns: 300 },
    )
  })

  it('are at most one for each value that was written apart', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 120 }), (edits) => {
        const { tangles, apart } = run(edits, true)
        expect(tangles).toBeLessThanOrEqual(4 * apart)
      }),
      { numRuns: 300 },
    )
  })
})
