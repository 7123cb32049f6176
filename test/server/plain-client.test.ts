/** The unchanged y-websocket 3 client on `/sync/<room>`: reads public rooms live, and only reads. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { signerOf, type Signer } from '#domain/identity.ts'
import { latestOf, meOf, shelfOf } from '#domain/room.ts'
import { recordedDoc } from '../fixtures/relay-client.ts'
import { startRelay, type RelayServer } from '../fixtures/relay-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'plain-'))
const cleanups: (() => void)[] = []
let alice: Signer
let server: RelayServer
let files = 0

beforeAll(async () => {
  alice = await signerOf(new Uint8Array(16).fill(1), 'person')
})
beforeEach(async () => {
  server = await startRelay(join(folder, `${++files}.sqlite`))
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) cleanup()
  await server.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const until = (met: () => void) => vi.waitFor(met, { timeout: 8000, interval: 5 })

function dial(room: string, doc = new Y.Doc()) {
  const provider = new WebsocketProvider(server.url, room, doc, {
    WebSocketPolyfill: WebSocket as never,
    disableBc: true,
    maxBackoffTime: 100,
  })
  const problems: string[] = []
  provider.on('connection-error', (event) => void problems.push((event as unknown as { message: string }).message))
  cleanups.push(() => provider.destroy())
  return { doc, provider, problems }
}

const write = async (room: string, key: string) => {
  const { doc, updates } = recordedDoc(key.charCodeAt(0))
  doc.getMap('records').set(key, 'x')
  const stored = await server.writer.log.append([{ room, update: updates[0]!, at: 1 }])
  expect(stored.ok).toBe(true)
}

it.each([
  ['its slash as it is', (room: string) => room],
  ['its slash encoded', encodeURIComponent],
])('gets a room named with %s, whole and then live', async (_, spelled) => {
  const room = shelfOf(alice.did)
  await write(room, 'a')
  const { doc, provider } = dial(spelled(room))
  await until(() => expect([provider.synced, doc.getMap('records').size]).toEqual([true, 1]))
  await write(room, 'b')
  await until(() => expect(doc.getMap('records').toJSON()).toEqual({ a: 'x', b: 'x' }))
})

it('comes back after the relay was away', async () => {
  const room = latestOf('all')
  const { doc, provider } = dial(room)
  await until(() => expect(provider.synced).toBe(true))
  await server.close()
  await until(() => expect(provider.wsconnected).toBe(false))
  server = await startRelay(join(folder, `${files}.sqlite`), server.port)
  await write(room, 'a')
  await until(() => expect(doc.getMap('records').size).toBe(1))
})

it('writes nothing, and is told', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  cleanups.push(() => warned.mockRestore())
  const room = shelfOf(alice.did)
  const { doc, provider } = dial(room)
  await until(() => expect(provider.synced).toBe(true))
  doc.getMap('records').set('forged', 'x')
  await until(() => expect(warned.mock.calls.flat().join()).toContain('read-only'))
  expect([await server.writer.log.read(room), provider.wsconnected]).toEqual([undefined, true])
})

it('hears something while nothing happens, and is not taken for dead', async () => {
  const { provider } = dial(latestOf('all'))
  await until(() => expect(provider.synced).toBe(true))
  provider.awareness.setLocalState(null) // it says nothing more by itself
  const before = provider.wsLastMessageReceived
  await until(() => expect(provider.wsLastMessageReceived).toBeGreaterThan(before))
  await new Promise((resolve) => setTimeout(resolve, 1500)) // more than four pings of the test's relay
  expect(provider.wsconnected).toBe(true)
})

it.each([
  ['private', () => meOf(alice.did), '403'],
  ['unknown', () => 'draft/1', '404'],
  ['badly spelled', () => '%E0%A4%A', '404'],
])('is not let into a room that is %s', async (_, room, status) => {
  const { problems } = dial(room())
  await until(() => expect(problems.join()).toContain(status))
})
