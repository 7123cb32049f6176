/** Frames the relay writes itself, at every length at which a WebSocket frame changes its form. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as pathOf } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { encodeFrame, type Frame } from '#domain/protocol.ts'
import { shelfOf } from '#domain/room.ts'
import { makeToken } from '#domain/token.ts'
import { aSigner } from '../fixtures/signers.ts'
import { audience, startRelay, type RelayServer } from '../fixtures/relay-server.ts'
import { recordedDoc } from '../fixtures/relay-client.ts'

const folder = mkdtempSync(pathOf(tmpdir(), 'frames-'))
let server: RelayServer
beforeAll(async () => void (server = await startRelay(pathOf(folder, 'a.sqlite'))))
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

async function dial(frames: readonly Frame[], onFrame: (bytes: Buffer) => void): Promise<WebSocket> {
  const socket = new WebSocket(server.url)
  socket.on('message', onFrame)
  await once(socket, 'open')
  for (const frame of frames) socket.send(encodeFrame(frame))
  return socket
}

it('an update of every length arrives as it was sent, in order', async () => {
  const alice = await aSigner(1)
  const room = shelfOf(alice.did)
  const lengths = [
    ...Array.from({ length: 120 }, (_, at) => at),
    16_200,
    16_310,
    16_384,
    16_500,
    65_400,
    65_535,
    65_536,
    70_000,
  ]
  const { doc, updates } = recordedDoc(1)
  for (const length of lengths) doc.getMap('records').set('k', 'x'.repeat(length))
  const sent = updates.map((update) => Buffer.from(encodeFrame({ kind: 'update', room, update })))

  const heard: Buffer[] = []
  const isUpdate = (bytes: Buffer) => bytes[room.length + 1] === 0 && bytes[room.length + 2] === 2
  const isStepTwo = (bytes: Buffer) => bytes[room.length + 1] === 0 && bytes[room.length + 2] === 1
  let joined = (): void => undefined
  let complete = (): void => undefined
  const join = new Promise<void>((resolve) => (joined = resolve))
  const everything = new Promise<void>((resolve) => (complete = resolve))
  const hello: Frame[] = [
    { kind: 'token', room, token: '', version: '' },
    { kind: 'step-1', room, vector: Uint8Array.of(0) },
  ]
  const reader = await dial(hello, (bytes) => {
    if (isStepTwo(bytes)) joined()
    if (isUpdate(bytes) && heard.push(bytes) === sent.length) complete()
  })
  await join
  const token = await makeToken(alice, audience, Date.now())
  const writer = await dial([{ kind: 'token', room, token, version: '' }], () => undefined)
  await once(writer, 'message') // before it is let in it may not send so much
  for (const frame of sent) writer.send(frame)
  await everything
  expect(heard.map((frame, at) => frame.equals(sent[at]!))).toEqual(sent.map(() => true))
  for (const socket of [reader, writer]) socket.terminate()
})
