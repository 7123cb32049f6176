/** The caps on what waits to be read, without sockets: what a test says is waiting, waits. */
import { beforeAll, beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { signerOf, type Signer } from '#domain/identity.ts'
import { decodeFrame, encodeFrame, type Frame } from '#domain/protocol.ts'
import { shelfOf } from '#domain/room.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import { createRelay, type Relay } from '../../server/relay/relay.ts'
import { createMemoryLog } from '../../server/stores/memory.ts'
import type { UpdateLog } from '../../server/stores/store.ts'
import { must } from '../fixtures/must.ts'
import { connectRaw, recordedDoc, rest } from '../fixtures/relay-client.ts'

const now = 1_800_000_000_000
let alice: Signer
let log: UpdateLog
let relay: Relay
let room: string

beforeAll(async () => {
  alice = await signerOf(new Uint8Array(16).fill(1), 'person')
  room = shelfOf(alice.did)
})
beforeEach(() => {
  log = createMemoryLog()
  const buffers = { softBytes: 1000, hardBytes: 5000 }
  relay = createRelay({ log, verifyToken, audience: 'a', now: () => now, buffers })
})

/** A reader with a document of its own; `waits` is what it has not read. */
async function reader() {
  const slow = { waits: 0, doc: new Y.Doc(), frames: [] as Frame[], closed: undefined as number | undefined }
  const session = relay.connect({
    address: '10.0.0.1',
    send(bytes) {
      const frame = must(decodeFrame(bytes))
      slow.frames.push(frame)
      if (frame.kind === 'update' || frame.kind === 'step-2') Y.applyUpdate(slow.doc, frame.update)
    },
    close: (code) => void (slow.closed = code),
    buffered: () => slow.waits,
  })
  const join = () => {
    session.receive(encodeFrame({ kind: 'token', room, token: '', version: '' }))
    session.receive(encodeFrame({ kind: 'step-1', room, vector: Uint8Array.of(0) }))
  }
  return Object.assign(slow, { session, join })
}
async function writer() {
  const client = connectRaw(relay)
  client.join(room, await makeToken(alice, 'a', now))
  while (client.of('step-1').length === 0) await rest()
  const { doc, updates } = recordedDoc(7)
  return async (change: (records: Y.Map<string>) => void) => {
    change(doc.getMap<string>('records'))
    for (const update of updates.splice(0)) client.send({ kind: 'update', room, update })
    await rest()
  }
}

it('over the soft cap changes are left out; once it has drained one difference brings them, deletions too', async () => {
  const write = await writer()
  const slow = await reader()
  slow.join()
  await rest()
  await write((records) => records.set('a', '1').length)
  slow.waits = 1001
  slow.frames.length = 0
  for (const key of ['b', 'c', 'd']) await write((records) => void records.set(key, '1'))
  await write((records) => records.delete('a'))
  relay.tick()
  await rest()
  expect(slow.frames).toEqual([]) // nothing piles up
  slow.waits = 0
  slow.session.drained()
  await rest()
  expect(slow.frames.map((frame) => frame.kind)).toEqual(['step-2'])
  expect(slow.doc.getMap('records').toJSON()).toEqual({ b: '1', c: '1', d: '1' })
  await write((records) => void records.set('e', '1'))
  expect([slow.frames.at(-1)?.kind, slow.doc.getMap('records').get('e')]).toEqual(['update', '1'])
})

it('what the relay itself wrote is left out and brought in the same way', async () => {
  const slow = await reader()
  slow.join()
  await rest()
  slow.waits = 1001
  const { doc, updates } = recordedDoc(1)
  doc.getMap('records').set('a', '1')
  await log.append([{ room, update: updates[0]!, at: now }])
  expect(slow.doc.getMap('records').size).toBe(0)
  slow.waits = 0
  relay.tick()
  await rest()
  expect(slow.doc.getMap('records').size).toBe(1)
})

it('a join over the soft cap is answered when what waits is read', async () => {
  const write = await writer()
  await write((records) => void records.set('a', '1'))
  const slow = await reader()
  slow.waits = 1001
  slow.join()
  await rest()
  expect(slow.frames.some((frame) => frame.kind === 'step-2')).toBe(false)
  await write((records) => void records.set('b', '1'))
  slow.waits = 0
  slow.session.drained()
  await rest()
  expect(slow.doc.getMap('records').size).toBe(2)
})

it('over the hard cap it is told and closed with 1013', async () => {
  const slow = await reader()
  slow.join()
  await rest()
  slow.waits = 5001
  slow.session.ping()
  expect(slow.closed).toBe(1013)
  expect(slow.frames.at(-1)).toMatchObject({ kind: 'stateless', payload: expect.stringContaining('"too-slow"') })
})
