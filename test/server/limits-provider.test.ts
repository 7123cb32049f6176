/** The unchanged provider under limits: what is put off arrives, and its count of unsynced changes goes back to 0. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { signerOf, type Signer } from '#domain/identity.ts'
import { parseRelayMessage, type RelayMessage } from '#domain/protocol.ts'
import { contactOf, latestOf, shelfOf } from '#domain/room.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import { createProxies } from '../../server/relay/address.ts'
import { noLimits, type Limits } from '../../server/relay/limits.ts'
import { createRelay } from '../../server/relay/relay.ts'
import { attachRelay } from '../../server/relay/socket.ts'
import { createMemoryLog } from '../../server/stores/memory.ts'
import { proves } from '../fixtures/proof.ts'

const audience = 'https://port.example'
const cleanups: (() => unknown)[] = []
let alice: Signer
let shift = 0 // of the relay's clock and the client's

beforeAll(async () => {
  alice = await signerOf(new Uint8Array(16).fill(1), 'person')
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  shift = 0
})

async function start(only: Partial<Limits>): Promise<string> {
  const limits = { ...noLimits, ...only }
  const now = () => Date.now() + shift
  const keys = { standingOf: () => 'new' as const, bytesOf: () => 0 }
  const relay = createRelay({ log: createMemoryLog(), verifyToken, audience, now, limits, keys })
  const server = createServer()
  const sockets = attachRelay(server, relay, { origins: [], limits, proxies: createProxies(['127.0.0.1'])! })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(async () => {
    await sockets.close()
    server.close()
  })
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync`
}

function connect(url: string): HocuspocusProviderWebsocket {
  const socket = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket, delay: 50, minDelay: 50 })
  cleanups.push(() => socket.destroy())
  return socket
}

function open(socket: HocuspocusProviderWebsocket, room: string, canProve = true) {
  const told: RelayMessage[] = []
  const dialled = { doc: new Y.Doc(), told, tokens: 0 }
  const provider = new HocuspocusProvider({
    name: room,
    document: dialled.doc,
    websocketProvider: socket,
    awareness: null,
    token: async () => {
      dialled.tokens++
      return makeToken(alice, audience, Date.now() + shift)
    },
    onStateless: ({ payload }) => void told.push(parseRelayMessage(payload)!),
  })
  if (canProve) proves(provider)
  provider.attach()
  cleanups.push(() => provider.destroy())
  return Object.assign(dialled, { provider })
}

const until = (met: () => void) => vi.waitFor(met, { timeout: 12_000, interval: 10 })
const codesOf = (told: readonly RelayMessage[]) =>
  told.flatMap((message) => (message.kind === 'refused' ? [message.code] : []))

it('writes before its proof of work is done: it arrives, in all rooms of the key, and nothing stays unsynced', async () => {
  const socket = connect(await start({ proofBits: 12 }))
  const writers = [shelfOf(alice.did), contactOf(alice.did)].map((room) => open(socket, room))
  for (const { doc } of writers) for (let at = 0; at < 5; at++) doc.getMap('m').set(`k${at}`, at)
  for (const { provider } of writers)
    await until(() => expect([provider.isSynced, provider.unsyncedChanges]).toEqual([true, 0]))
  const reader = open(connect(socket.url), shelfOf(alice.did))
  await until(() => expect(reader.doc.getMap('m').size).toBe(5))
})

it('without a proof has nothing stored and is told why, with the challenge', async () => {
  const writer = open(connect(await start({ proofBits: 12 })), shelfOf(alice.did), false)
  writer.doc.getMap('m').set('a', 1)
  await until(() => expect(codesOf(writer.told)).toContain('proof-of-work'))
  expect(writer.told.some((message) => message.kind === 'work')).toBe(true)
  expect(writer.provider.unsyncedChanges).toBeGreaterThan(0)
})

it('faster than it may: all of it arrives, and nothing stays unsynced', async () => {
  const url = await start({ socketUpdatesPerSecond: 3 })
  const writer = open(connect(url), shelfOf(alice.did))
  await until(() => expect(writer.provider.isSynced).toBe(true))
  for (let at = 0; at < 100; at++) writer.doc.getMap('m').set(`k${at}`, at)
  await until(() => expect(codesOf(writer.told)).toEqual(['too-many-updates']))
  await until(() => expect(writer.provider.unsyncedChanges).toBe(0))
  const reader = open(connect(url), shelfOf(alice.did))
  await until(() => expect(reader.doc.getMap('m').size).toBe(100))
})

it('whose token has run out gives a new one on the open socket, in all rooms, and goes on', async () => {
  const socket = connect(await start({ tokenGraceMs: 30_000 }))
  let closes = 0
  socket.on('close', () => void closes++)
  const writers = [shelfOf(alice.did), contactOf(alice.did)].map((room) => open(socket, room))
  const reader = open(socket, latestOf('all'))
  for (const { provider } of [...writers, reader])
    await until(() => expect([provider.isSynced, provider.unsyncedChanges]).toEqual([true, 0]))
  shift = 6 * 60_000
  for (const writer of writers) await until(() => expect(writer.tokens).toBe(2))
  for (const { doc } of writers) doc.getMap('m').set('after', 1)
  for (const { provider } of writers) await until(() => expect(provider.unsyncedChanges).toBe(0))
  expect([closes, reader.provider.authorizedScope, ...writers.map(({ provider }) => provider.authorizedScope)]).toEqual(
    [0, 'readonly', 'read-write', 'read-write'],
  )
})

it('counts sockets by the address a trusted proxy tells', async () => {
  const url = await start({ socketsPerAddress: 1 })
  const dial = (address: string) => {
    const socket = new WebSocket(url, { headers: { 'x-forwarded-for': address } })
    cleanups.push(() => socket.terminate())
    return new Promise<number | string>((resolve) => {
      socket.once('close', resolve)
      socket.once('open', () => setTimeout(resolve, 300, 'open'))
    })
  }
  expect([await dial('198.51.100.1'), await dial('198.51.100.1'), await dial('198.51.100.2')]).toEqual([
    'open',
    4429,
    'open',
  ])
})
