/** A reader that stops reading costs the relay a bounded number of bytes, misses nothing, and holds nobody up. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { signerOf, type Signer } from '#domain/identity.ts'
import { decodeFrame, encodeFrame } from '#domain/protocol.ts'
import { shelfOf } from '#domain/room.ts'
import { makeToken } from '#domain/token.ts'
import { must } from '../fixtures/must.ts'
import { recordedDoc } from '../fixtures/relay-client.ts'
import { audience } from '../fixtures/relay-server.ts'

const mb = 1024 * 1024
const roomCount = 50
const roomBytes = 2 * mb
const chunks = 4
const folder = mkdtempSync(join(tmpdir(), 'backpressure-'))
let relay: ChildProcess
let port: string
let authors: Signer[]
const sockets: WebSocket[] = []

beforeAll(async () => {
  authors = await Promise.all(
    Array.from({ length: roomCount + 1 }, (_, at) => signerOf(new Uint8Array(16).fill(at + 1), 'person')),
  )
  const script = new URL('../fixtures/relay-child.ts', import.meta.url).pathname
  relay = spawn(process.execPath, ['--expose-gc', script, join(folder, 'a.sqlite')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  port = String((await once(relay.stdout!, 'data'))[0]).trim()
})
afterAll(() => {
  for (const socket of sockets) socket.terminate()
  relay.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const resident = async () => Number(await (await fetch(`http://127.0.0.1:${port}/`)).text())
const until = (met: () => void) => vi.waitFor(met, { timeout: 20_000, interval: 2 })

interface Reader {
  readonly socket: WebSocket
  /** What has arrived, put together. */
  readonly docs: ReadonlyMap<string, Y.Doc>
  readonly closed: () => number | undefined
}

async function read(rooms: readonly string[]): Promise<Reader> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/sync`)
  sockets.push(socket)
  const docs = new Map(rooms.map((room) => [room, new Y.Doc()]))
  let joins = 0
  let closed: number | undefined
  socket.on('close', (code) => (closed = code))
  socket.on('message', (data: Buffer) => {
    const frame = must(decodeFrame(new Uint8Array(data)))
    if (frame.kind === 'update' || frame.kind === 'step-2') Y.applyUpdate(docs.get(frame.room)!, frame.update)
    if (frame.kind === 'step-1') joins++
  })
  await once(socket, 'open')
  for (const room of rooms) {
    socket.send(encodeFrame({ kind: 'token', room, token: '', version: '' }))
    socket.send(encodeFrame({ kind: 'step-1', room, vector: Uint8Array.of(0) }))
  }
  await until(() => expect(joins).toBe(rooms.length))
  return { socket, docs, closed: () => closed }
}

/** Fills an author's shelf, a chunk at a time, each acknowledged before the next. */
async function fill(author: Signer, bytes: number): Promise<Y.Doc> {
  const room = shelfOf(author.did)
  const socket = new WebSocket(`ws://127.0.0.1:${port}/sync`)
  sockets.push(socket)
  let acknowledged = 0
  socket.on('message', (data: Buffer) => {
    if (must(decodeFrame(new Uint8Array(data))).kind === 'sync-status') acknowledged++
  })
  await once(socket, 'open')
  const token = await makeToken(author, audience, Date.now())
  socket.send(encodeFrame({ kind: 'token', room, token, version: '' }))
  const { doc, updates } = recordedDoc(1)
  for (let at = 1; at <= chunks; at++) {
    doc.getMap('records').set(`k${at}`, String.fromCharCode(64 + at).repeat(bytes / chunks))
    socket.send(encodeFrame({ kind: 'update', room, update: updates.splice(0)[0]! }))
    await until(() => expect(acknowledged).toBe(at))
  }
  socket.terminate()
  return doc
}

describe('one stuck reader among fifty', () => {
  it(
    'while 100 MB are pushed: less than 32 MB more in the relay, the others have all, and it has all once it reads again',
    { timeout: 60_000 },
    async () => {
      const rooms = authors.slice(0, roomCount).map(({ did }) => shelfOf(did))
      await fill(authors[roomCount]!, roomBytes) // so that what the first write costs is there already
      const others = await Promise.all(Array.from({ length: 49 }, (_, at) => read([rooms[at % 5]!])))
      const stuck = await read(rooms)
      stuck.socket.pause()
      const before = await resident()
      const written: Y.Doc[] = []
      let most = before
      for (const author of authors.slice(0, roomCount)) {
        written.push(await fill(author, roomBytes))
        most = Math.max(most, await resident())
      }
      expect((most - before) / mb, `from ${before / mb} MB`).toBeLessThan(32)
      const whole = (reader: Reader) =>
        [...reader.docs.values()].every((doc) => doc.getMap('records').size === chunks && !doc.store.pendingStructs)
      await until(() => expect(others.every(whole)).toBe(true))
      expect(whole(stuck)).toBe(false)
      stuck.socket.resume()
      await until(() => expect(whole(stuck)).toBe(true))
      for (const [at, room] of rooms.entries())
        expect(Y.equalSnapshots(Y.snapshot(stuck.docs.get(room)!), Y.snapshot(written[at]!))).toBe(true)
      expect([stuck.closed(), others.filter((reader) => reader.closed() !== undefined)]).toEqual([undefined, []])
    },
  )
})
