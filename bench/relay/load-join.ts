/** Readers who load one public room: over HTTP, compressed, and as a WebSocket join. */
import { get } from 'node:http'
import { shelfOf } from '#domain/room.ts'
import { processorMs, quiet } from './accounts.ts'
import { each, joined } from './load-clients.ts'
import { emptyStepTwo, joinFrames, keyOf, recordUpdates, updateFrame } from './material.ts'
import { dial } from './raw-socket.ts'
import { heard } from './reading.ts'

export interface JoinInput {
  readonly url: string
  readonly pid: number
  readonly readers: number
  readonly records: number
  readonly rounds: number
}
export interface JoinResult {
  readonly httpBytes: number
  readonly socketBytes: number
  readonly httpCpuMs: number
  readonly socketCpuMs: number
}

const atOnce = 8

/** Bytes are those of one reader, headers and all; processor time is that of all of them. */
export async function join({ url, pid, readers, records, rounds }: JoinInput): Promise<JoinResult> {
  const signer = await keyOf(6_000_000)
  const room = shelfOf(signer.did)
  await fill(url, room, await joinFrames(room, signer), await recordUpdates(signer, records))
  const address = `${url.replace('ws:', 'http:').replace('/sync', '')}/rooms/${room}`
  const hello = await joinFrames(room, undefined)
  const overHttp = () => load(address)
  const overSocket = () => joinAndLeave(url, hello)

  await each(Array.from({ length: 20 }), atOnce, overHttp) // merged and compressed once, and warm
  await each(Array.from({ length: 20 }), atOnce, overSocket)
  const http: Charge[] = []
  const socket: Charge[] = []
  for (let round = 0; round < rounds; round++) {
    http.push(await charged(pid, readers, overHttp))
    socket.push(await charged(pid, readers, overSocket))
  }
  const cpuOf = (all: readonly Charge[]) => all.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / rounds
  return {
    httpBytes: http[0]!.bytes,
    socketBytes: socket[0]!.bytes,
    httpCpuMs: cpuOf(http),
    socketCpuMs: cpuOf(socket),
  }
}

interface Charge {
  readonly cpuMs: number
  readonly bytes: number
}

async function charged(pid: number, readers: number, work: () => Promise<number>): Promise<Charge> {
  await quiet(pid)
  const before = processorMs(pid)
  const bytes = await each(Array.from({ length: readers }), atOnce, work)
  await quiet(pid)
  return { cpuMs: processorMs(pid) - before, bytes: bytes[0]! }
}

async function fill(url: string, room: string, hello: Buffer, updates: readonly Uint8Array[]): Promise<void> {
  const { socket, listen } = await joined(url, hello, emptyStepTwo(room), true)
  await new Promise<void>((resolve) => {
    let stored = 0
    listen((kind) => {
      if (kind === 'stored' && ++stored === updates.length) resolve()
    })
    for (const update of updates) socket.send(updateFrame(room, update))
  })
  socket.close()
}

/** A connection of its own, as a reader's browser has. */
function load(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { agent: false, headers: { 'Accept-Encoding': 'br, gzip' } }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${address}: ${response.statusCode}`))
      const { socket } = response // gone from the response once it has ended
      response.resume().on('end', () => resolve(socket.bytesRead))
    }).on('error', reject)
  })
}

async function joinAndLeave(url: string, hello: Buffer): Promise<number> {
  let whole = (): void => undefined
  const synced = new Promise<void>((resolve) => (whole = resolve))
  const socket = await dial(url, (message) => {
    if (heard(message) === 'synced') whole()
  })
  socket.send(hello)
  await synced
  const bytes = socket.bytesRead()
  socket.close()
  return bytes
}
