/** Many first values of one key: Yjs compares each with all, so nobody may make thousands of them, neither at once nor drop by drop. */
import * as encoding from 'lib0/encoding'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Signer } from '#domain/identity.ts'
import { shelfOf } from '#domain/room.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import { judgeUpdate, knownFrom } from '../../server/relay/gaps.ts'
import { noLimits } from '../../server/relay/limits.ts'
import { createRelay, type Relay } from '../../server/relay/relay.ts'
import { createMemoryLog } from '../../server/stores/memory.ts'
import { connectRaw, type RawClient } from '../fixtures/relay-client.ts'
import { audience } from '../fixtures/relay-server.ts'
import { aSigner } from '../fixtures/signers.ts'

/** Values of the key `k`, each without one before it, as no Yjs client writes them. */
function firsts(count: number, client: number, clock = 0): Uint8Array {
  return encoding.encode((out) => {
    for (const number of [1, count, client, clock]) encoding.writeVarUint(out, number)
    for (let at = 0; at < count; at++) {
      encoding.writeUint8(out, 8 | 0x20) // a plain value, with a key, with no origin
      encoding.writeVarUint(out, 1)
      encoding.writeVarString(out, 'records')
      encoding.writeVarString(out, 'k')
      encoding.writeVarUint(out, 1)
      encoding.writeAny(out, at % 10)
    }
    encoding.writeVarUint(out, 0)
  })
}

const fresh = () => ({ vector: new Map<number, number>(), deleted: new Map() })
const log = createMemoryLog()
let relay: Relay
let alice: Signer
let client: RawClient
let room: string
let people = 10

beforeEach(async () => {
  relay = createRelay({ log, verifyToken, audience, now: Date.now, limits: noLimits })
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

  it('are refused drop by drop too, once the room has a thousand; what is no such value still passes', async () => {
    for (let at = 0; at < 40; at++) await send(firsts(60, 7, at * 60))
    const stored = client.statuses().filter((status) => status === 1).length
    expect(stored).toBeGreaterThan(10)
    expect(stored * 60).toBeLessThan(2 * 512 + 2 * 60)
    expect(new Set(client.codes())).toEqual(new Set(['tangled']))
    const doc = new Y.Doc()
    doc.getArray('list').push(['no key'])
    await send(Y.encodeStateAsUpdate(doc))
    expect(client.statuses().at(-1)).toBe(1)
  })

  it('that an earlier process let in are counted, and the room can still be read', async () => {
    const bytes = firsts(2000, 7)
    await log.append([{ room, update: bytes, at: 1 }])
    const another = createRelay({ log, verifyToken, audience, now: Date.now, limits: noLimits })
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
    expect(judgeUpdate(Y.encodeStateAsUpdate(doc), fresh()).kind).toBe('news')
    expect(knownFrom(Y.encodeStateAsUpdate(doc))?.repeats).toBe(0)
    expect(judgeUpdate(firsts(66, 7), fresh()).kind).toBe('tangled')
    expect(judgeUpdate(firsts(65, 7), fresh()).kind).toBe('news')
  })
})
