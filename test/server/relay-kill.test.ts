/** An ack means stored: the relay's process is killed the moment the ack is read, and the update is in the file. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { signerOf, type Signer } from '#domain/identity.ts'
import { decodeFrame, encodeFrame } from '#domain/protocol.ts'
import { shelfOf } from '#domain/room.ts'
import { makeToken } from '#domain/token.ts'
import { openDatabase } from '../../server/stores/database.ts'
import { createSqliteCore } from '../../server/stores/sqlite.ts'
import { must } from '../fixtures/must.ts'
import { recordedDoc } from '../fixtures/relay-client.ts'
import { audience } from '../fixtures/relay-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'kill-'))
const program = new URL('../fixtures/relay-process.ts', import.meta.url).pathname
let alice: Signer
beforeAll(async () => void (alice = await signerOf(new Uint8Array(16).fill(1), 'person')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function startProcess(path: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = await once(createInterface(child.stdout), 'line')
  return { child, url: String(url) }
}

const inFlight = 3

/** Writes updates, a few at a time, and kills the process at the ack of number `last`. How many acks were read. */
async function writeUntilKilled(
  child: ChildProcess,
  url: string,
  updates: readonly Uint8Array[],
  last: number,
): Promise<number> {
  const room = shelfOf(alice.did)
  const socket = new WebSocket(url)
  await once(socket, 'open')
  let acks = 0
  let sent = 0
  const sendNext = () => {
    const update = updates[sent++]
    if (update) socket.send(encodeFrame({ kind: 'update', room, update }))
  }
  socket.on('message', (data: Buffer) => {
    const frame = decodeFrame(new Uint8Array(data))
    if (!frame.ok || frame.value.kind !== 'sync-status' || !frame.value.stored) return
    if (++acks === last) child.kill('SIGKILL')
    else sendNext()
  })
  socket.send(encodeFrame({ kind: 'token', room, token: await makeToken(alice, audience, Date.now()), version: '' }))
  for (let at = 0; at < inFlight; at++) sendNext()
  await once(socket, 'close')
  return acks
}

it.each([1, 5, 12])('killed at ack %i, nothing acknowledged is lost', async (last) => {
  const path = join(folder, `${last}.sqlite`)
  const { child, url } = await startProcess(path)
  const { doc, updates } = recordedDoc(1)
  for (let at = 0; at < 20; at++) doc.getMap('records').set(`k${at}`, at)
  const acks = await writeUntilKilled(child, url, updates, last)
  expect(acks).toBeGreaterThanOrEqual(last)

  const core = createSqliteCore(must(openDatabase(path)))
  const copy = new Y.Doc()
  for (const update of core.readNow(shelfOf(alice.did))?.updates ?? []) Y.applyUpdate(copy, update)
  core.db.close()
  expect(copy.getMap('records').size).toBeGreaterThanOrEqual(acks)
})
