/** Public rooms as files over HTTP: who may have them, what a cache may conclude, and that nothing is sent that is not on the disk. */
import { brotliDecompressSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { toBase64url } from '#domain/bytes.ts'
import type { Signer } from '#domain/identity.ts'
import { contactOf, inboxOf, latestOf, meOf, shelfOf, wireOf } from '#domain/room.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import { noLimits } from '../../server/relay/limits.ts'
import { createRelay } from '../../server/relay/relay.ts'
import { createRoomCopies, type RoomCopiesDeps } from '../../server/routes/room-copies.ts'
import { roomRoutes } from '../../server/routes/rooms.ts'
import { openDatabase } from '../../server/stores/database.ts'
import { renewEpochs } from '../../server/stores/epochs.ts'
import { createRoomVersion } from '../../server/stores/room-version.ts'
import { createSqliteCore, createSqliteLog } from '../../server/stores/sqlite.ts'
import type { UpdateLog } from '../../server/stores/store.ts'
import { must } from '../fixtures/must.ts'
import { aRoomCopy } from '../fixtures/records.ts'
import { connectRaw, recordedDoc, rest } from '../fixtures/relay-client.ts'
import { aSigner } from '../fixtures/signers.ts'
import { until } from '../fixtures/until.ts'

const megabyte = 1024 * 1024
const audience = 'https://port.example'
const wire = wireOf('0')

function openRooms(change: Partial<RoomCopiesDeps> = {}) {
  const core = createSqliteCore(must(openDatabase(':memory:')))
  const log = createSqliteLog(core)
  let reads = 0
  const counted = { read: (room: string) => (reads++, log.read(room)) }
  const copies = createRoomCopies({ log: counted, merged: () => undefined, budgetBytes: megabyte, ...change })
  const routes = roomRoutes({ versionOf: createRoomVersion(core.db), copies })
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    routes.request(`/${path}`, { method, headers })
  return {
    core,
    copies,
    ask,
    reads: () => reads,
    store: (room: string, update: Uint8Array) => core.appendNow([{ room, update, at: 1 }]),
  }
}
type Rooms = ReturnType<typeof openRooms>

const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())
const docOf = (...updates: readonly Uint8Array[]) => {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getMap('records').toJSON()
}

let alice: Signer
let rooms: Rooms
let writer: ReturnType<typeof aRoomCopy>
beforeEach(async () => {
  alice = await aSigner(1)
  rooms = openRooms()
  writer = aRoomCopy('records', 7)
  for (const room of [wire, shelfOf(alice.did), contactOf(alice.did), meOf(alice.did), inboxOf(alice.did)])
    rooms.store(room, writer.put({ [room]: `word `.repeat(200) }))
})

describe('who may have a room', () => {
  it.each([
    ['wire/0', 200],
    ['wire%2F0', 200],
    ['shelf', 404], // a kind without its owner
    ['labels', 404], // public, and nothing was ever stored in it
    ['wire/7', 204], // nothing has changed since that edition was printed
    ['latest/all', 404],
    ['wire/../wire/0', 200], // the address is made plain before it is a name
    ['wire/0/', 404],
    ['wire/0%00', 404],
    ['nowhere/0', 404],
    ['constructor', 404],
    ['shelf/did:key:z6Mk', 404],
    ['%E0%A4%A', 404],
  ])('%s is answered with %i', async (path, status) => {
    expect((await rooms.ask(path)).status).toBe(status)
  })

  it('a shelf is for everyone, the other rooms of a key are not, whether they exist or not', async () => {
    const bob = await aSigner(2)
    expect((await rooms.ask(shelfOf(alice.did))).status).toBe(200)
    for (const roomOf of [contactOf, meOf, inboxOf])
      for (const { did } of [alice, bob]) {
        const answer = await rooms.ask(roomOf(did))
        expect([answer.status, await answer.json()]).toEqual([403, { kind: 'forbidden' }])
      }
  })
})

describe('a room as a file', () => {
  it('is the merged room, with a tag made of epoch and sequence number', async () => {
    rooms.store(wire, aRoomCopy('records', 8).put({ later: 'x' }))
    const answer = await rooms.ask(wire)
    const { epoch, seq } = rooms.core.readNow(wire)!
    expect(answer.headers.get('ETag')).toBe(`"${epoch}.${seq}"`)
    expect(answer.headers.get('Room-Epoch')).toBe(epoch)
    expect(answer.headers.get('Content-Type')).toBe('application/octet-stream')
    expect(answer.headers.get('Cache-Control')).toBe('public, no-cache')
    expect(answer.headers.get('Vary')).toBe('Accept-Encoding')
    const bytes = await bytesOf(answer)
    expect(answer.headers.get('Content-Length')).toBe(String(bytes.length))
    expect(docOf(bytes)).toEqual(docOf(...rooms.core.readNow(wire)!.updates))
    expect(Object.keys(docOf(bytes)).sort()).toEqual(['later', wire])
  })

  it('is brotli for who takes it, made once, under a tag of its own', async () => {
    const plain = await bytesOf(await rooms.ask(wire))
    const many = await Promise.all(Array.from({ length: 20 }, () => rooms.ask(wire, { 'Accept-Encoding': 'gzip, br' })))
    const held = rooms.copies.heldBytes()
    const [first] = many
    expect(first?.headers.get('Content-Encoding')).toBe('br')
    expect(first?.headers.get('ETag')).toMatch(/\.br"$/)
    const packed = await Promise.all(many.map(bytesOf))
    expect(new Set(packed.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(1)
    expect(new Uint8Array(brotliDecompressSync(packed[0]!))).toEqual(plain)
    expect(packed[0]!.length).toBeLessThan(plain.length / 4)
    expect(rooms.reads()).toBe(1)
    await rooms.ask(wire, { 'Accept-Encoding': 'br' })
    expect(rooms.copies.heldBytes()).toBe(held)
  })

  it.each([
    ['gzip', null],
    ['br;q=0, *', null],
    ['identity, br;q=0.5', 'br'],
    ['*', 'br'],
    ['brotli', null],
  ])('Accept-Encoding %s is taken as it is meant', async (accepted, encoding) => {
    const answer = await rooms.ask(wire, { 'Accept-Encoding': accepted })
    expect(answer.headers.get('Content-Encoding')).toBe(encoding)
  })

  it('is not sent again to who has it, until it changes or gets a new epoch', async () => {
    const tag = (await rooms.ask(wire, { 'Accept-Encoding': 'br' })).headers.get('ETag')!
    const reads = rooms.reads()
    for (const named of [tag, `W/${tag}`, `"other", ${tag}`, tag.replace('.br', ''), '*']) {
      const answer = await rooms.ask(wire, { 'If-None-Match': named })
      expect([answer.status, (await bytesOf(answer)).length]).toEqual([304, 0])
      expect(answer.headers.get('Vary')).toBe('Accept-Encoding')
    }
    expect(rooms.reads()).toBe(reads)

    rooms.store(wire, aRoomCopy('records', 8).put({ more: 'y' }))
    const changed = await rooms.ask(wire, { 'If-None-Match': tag })
    expect(changed.status).toBe(200)
    expect(docOf(await bytesOf(changed))).toHaveProperty('more', 'y')

    renewEpochs(rooms.core.db)
    const restored = await rooms.ask(wire, { 'If-None-Match': changed.headers.get('ETag')! })
    expect(restored.status).toBe(200)
    expect(restored.headers.get('Room-Epoch')).not.toBe(changed.headers.get('Room-Epoch'))
  })

  it('is asked for its head like any file', async () => {
    const whole = await rooms.ask(wire)
    const head = await rooms.ask(wire, {}, 'HEAD')
    expect([head.status, (await bytesOf(head)).length]).toEqual([200, 0])
    for (const name of ['ETag', 'Content-Length', 'Content-Type'])
      expect(head.headers.get(name)).toBe(whole.headers.get(name))
    expect((await rooms.ask('labels', {}, 'HEAD')).status).toBe(404)
  })

  it('that cannot be read is 503, and is read again the next time', async () => {
    const log = createSqliteLog(rooms.core)
    let broken = true
    const sick = createRoomCopies({
      log: { read: async (room) => (broken ? Promise.reject(new Error('disk I/O error')) : log.read(room)) },
      merged: () => undefined,
      budgetBytes: megabyte,
    })
    const routes = roomRoutes({ versionOf: createRoomVersion(rooms.core.db), copies: sick })
    const answer = await routes.request(`/${wire}`)
    expect([answer.status, await answer.json()]).toEqual([503, { kind: 'storage' }])
    broken = false
    expect((await routes.request(`/${wire}`)).status).toBe(200)
  })
})

describe('the difference', () => {
  it('is what a state vector does not have, and is kept by nobody', async () => {
    const reader = new Y.Doc()
    Y.applyUpdate(reader, await bytesOf(await rooms.ask(wire)))
    const late = aRoomCopy('records', 9)
    rooms.store(wire, late.put({ more: 'y'.repeat(50) }))
    const vector = toBase64url(Y.encodeStateVector(reader))
    const answer = await rooms.ask(`${wire}?sv=${vector}`, { 'If-None-Match': '*' })
    expect([answer.status, answer.headers.get('Cache-Control'), answer.headers.get('ETag')]).toEqual([
      200,
      'no-store',
      null,
    ])
    const update = await bytesOf(answer)
    expect(update.length).toBeLessThan(120)
    Y.applyUpdate(reader, update)
    expect(reader.getMap('records').get('more')).toBe('y'.repeat(50))
    expect(docOf(await bytesOf(await rooms.ask(`${wire}?sv=AA`)))).toEqual(reader.getMap('records').toJSON())
  })

  it.each(['', '*', 'A', 'AAAA', 'AQ', '_____w', `${'_'.repeat(400)}w`])(
    'with the vector "%s" is 400',
    async (vector) => {
      const answer = await rooms.ask(`${wire}?sv=${vector}`)
      expect([answer.status, await answer.json()]).toEqual([400, { kind: 'bad-vector' }])
    },
  )
})

describe('beside a relay', () => {
  it('sends nothing before the disk has it, and then what the relay has merged already', async () => {
    const core = createSqliteCore(must(openDatabase(':memory:')))
    const inner = createSqliteLog(core)
    let reads = 0
    let gate = Promise.resolve()
    const log: UpdateLog = {
      ...inner,
      append: (entries) => gate.then(() => inner.append(entries)),
      read: (name) => (reads++, inner.read(name)),
    }
    const relay = createRelay({ log, verifyToken, audience, now: Date.now, limits: noLimits })
    const copies = createRoomCopies({ log, merged: relay.merged, budgetBytes: megabyte })
    const routes = roomRoutes({ versionOf: createRoomVersion(core.db), copies })
    const room = shelfOf(alice.did)
    const records = async () => docOf(await bytesOf(await routes.request(`/${room}`)))
    const { doc, updates } = recordedDoc(5)
    const put = async (key: string) => {
      doc.getMap('records').set(key, key)
      client.send({ kind: 'update', room, update: updates.at(-1)! })
      for (let at = 0; at < 5; at++) await rest()
    }
    const client = connectRaw(relay)
    client.join(room, await makeToken(alice, audience, Date.now()))
    await until('the join', () => client.of('step-1').length > 0)
    for (let at = 0; at < 2; at++) client.send({ kind: 'step-1', room, vector: Uint8Array.of(0) }) // so the relay keeps its bytes
    await put('one')
    expect(client.statuses()).toEqual([1])

    let open: () => void = () => undefined
    gate = new Promise((resolve) => (open = resolve))
    await put('two') // judged, and known in the relay's memory; the disk takes its time
    expect(await records()).toEqual({ one: 'one' })
    expect(client.statuses()).toEqual([1])
    open()
    await until('the ack', () => client.statuses().length === 2)
    const readsBefore = reads
    expect(await records()).toEqual({ one: 'one', two: 'two' })
    expect(reads).toBe(readsBefore)
  })
})

describe('copies', () => {
  it('stay within their budget, the least recently asked going first', async () => {
    const small = openRooms({ budgetBytes: 20_000 })
    const incompressible = () => Buffer.from(crypto.getRandomValues(new Uint8Array(4_000))).toString('base64')
    for (let at = 0; at < 12; at++)
      small.store(latestOf(`c${at}`), aRoomCopy('records', at).put({ a: incompressible() }))
    for (let round = 0; round < 2; round++)
      for (let at = 0; at < 12; at++) {
        expect((await small.ask(latestOf(`c${at}`), { 'Accept-Encoding': 'br' })).status).toBe(200)
        expect(small.copies.heldBytes()).toBeLessThanOrEqual(20_000)
      }
    expect(small.reads()).toBe(24)
    await small.ask(latestOf('c11'))
    expect(small.reads()).toBe(24) // the last one is still there
  })
})
