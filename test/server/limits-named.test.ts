/** A no names the limit and its value: those of frames, rooms, waiting and time, each reached. */
import { beforeAll, beforeEach, expect, it } from 'vitest'
import type { Signer } from '#domain/identity.ts'
import { latestOf, shelfOf } from '#domain/room.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import { noLimits, type Limits } from '../../server/relay/limits.ts'
import { createRelay, type Relay } from '../../server/relay/relay.ts'
import { createMemoryLog } from '../../server/stores/memory.ts'
import { atTheStart } from '../fixtures/tangled.ts'
import { connectRaw, recordedDoc, type RawClient } from '../fixtures/relay-client.ts'
import { audience } from '../fixtures/relay-server.ts'
import { aSigner } from '../fixtures/signers.ts'

let alice: Signer
let room: string
let token: string
let now: number
let relay: Relay

beforeAll(async () => {
  alice = await aSigner(5)
  room = shelfOf(alice.did)
})
beforeEach(async () => {
  now = 1_800_000_000_000
  token = await makeToken(alice, audience, now)
})

type Reach = (client: RawClient) => void | Promise<void>
const empty = Uint8Array.of(0, 0)
const joined: Reach = async (client) => {
  client.join(room, token)
  await expect.poll(() => client.of('step-1').length).toBe(1)
}

// prettier-ignore
const rows: readonly [Partial<Limits>, code: string, detail: string, close: number | undefined, reach: Reach][] = [
  [{ frameBeforeAuth: 100 }, 'frame-too-large', 'at most 100 bytes', 4413,
    (client) => client.sendBytes(new Uint8Array(101))],
  [{ roomBytes: 1000 }, 'frame-too-large', `at most ${1000 + 64 * 1024} bytes`, 4413,
    async (client) => {
      await joined(client)
      client.sendBytes(new Uint8Array(1001 + 64 * 1024))
    }],
  [{ roomsPerSocket: 2 }, 'too-many-rooms', 'at most 2 rooms on a socket', undefined,
    (client) => ['a', 'b', 'c'].forEach((topic) => client.send({ kind: 'token', room: latestOf(topic), token: '', version: '' }))],
  [{ clientsPerRoom: 1 }, 'too-many-clients', 'at most 1 client ids in a room', undefined,
    async (client) => {
      await joined(client)
      for (const id of [1, 2]) {
        const { doc, updates } = recordedDoc(id)
        doc.getMap('records').set(`k${id}`, 'x')
        client.send({ kind: 'update', room, update: updates[0]! })
      }
      await relay.settled()
    }],
  [{ tanglesPerRoom: 8 }, 'tangled', 'at most 1 values at taken places in an update', undefined,
    async (client) => {
      await joined(client)
      client.send({ kind: 'update', room, update: atTheStart(40, 7) })
      await relay.settled()
    }],
  [{ waitingFrames: 3 }, 'too-many-frames', 'at most 3 or 0 bytes that wait', 4429,
    (client) => {
      client.join(room, token)
      for (let at = 0; at < 3; at++) client.send({ kind: 'update', room, update: empty })
    }],
  [{ waitingBytes: 500 }, 'too-many-frames', 'at most 0 or 500 bytes that wait', 4429,
    (client) => {
      client.join(room, token)
      for (let at = 0; at < 3; at++) client.send({ kind: 'update', room, update: new Uint8Array(200) })
    }],
  [{ unauthenticatedMs: 10_000 }, 'unauthenticated', 'at most 10000 ms without a room', 4401,
    (client) => {
      for (let at = 0; at < 11; at++) {
        now += 1000
        client.send({ kind: 'ping' }) // traffic does not extend it
        relay.tick()
      }
    }],
  [{ tokenGraceMs: 30_000 }, 'token-expired', 'at most 30000 ms for a new token', 4401,
    async (client) => {
      await joined(client)
      for (let at = 0; at < 340; at++) {
        now += 1000
        relay.tick()
      }
    }],
]

it.each(rows)('%o: %s, "%s"', async (limits, code, detail, close, reach) => {
  relay = createRelay({
    log: createMemoryLog(),
    verifyToken,
    audience,
    now: () => now,
    limits: { ...noLimits, ...limits },
  })
  const client = connectRaw(relay)
  await reach(client)
  expect([client.messages('refused').map((message) => [message.code, message.detail]), client.closedWith()]).toEqual([
    [[code, detail]],
    close,
  ])
})

it.each(rows)('%o: without it there is no %s', async (_limits, code, _detail, _close, reach) => {
  relay = createRelay({ log: createMemoryLog(), verifyToken, audience, now: () => now, limits: noLimits })
  const client = connectRaw(relay)
  await reach(client)
  expect(client.codes()).not.toContain(code)
})
