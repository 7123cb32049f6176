/** A reader that is stuck among readers that read: what the server's memory grows by while much is written. */
import { randomBytes } from 'node:crypto'
import { shelfOf } from '#domain/room.ts'
import { forgetPeak, quiet, residentBytes } from './accounts.ts'
import { each } from './load-clients.ts'
import { emptyStepTwo, joinFrames, keyOf, recorded, updateFrame } from './material.ts'
import { dial } from './raw-socket.ts'
import { heard, roomIn } from './reading.ts'

export interface SlowReaderInput {
  readonly url: string
  readonly pid: number
  readonly readers: number
  readonly megabytes: number
  readonly pass: number
}
export interface SlowReaderResult {
  /** The most the process had above what it had before, with nobody stuck and with one reader stuck. */
  readonly growth: number
  readonly growthStuck: number
  /** Whether the server gave the stuck reader up. */
  readonly hungUp: boolean
}

const updateBytes = 16 * 1024
const roomBytes = 1024 * 1024

/** A megabyte to a room, so that no room is large; the same twice, so that the rooms themselves can be told from the rest. */
export async function slowReader(input: SlowReaderInput): Promise<SlowReaderResult> {
  const free = await push(input, input.pass * 2, false)
  const stuck = await push(input, input.pass * 2 + 1, true)
  return { growth: free.growth, growthStuck: stuck.growth, hungUp: stuck.hungUp }
}

async function push({ url, pid, readers, megabytes }: SlowReaderInput, pass: number, isStuck: boolean) {
  const seeds = Array.from({ length: megabytes }, (_, at) => 9_000_000 + pass * 1000 + at)
  const rooms = await each(seeds, 4, async (seed) => {
    const signer = await keyOf(seed)
    const room = shelfOf(signer.did)
    return { room, write: await joinFrames(room, signer), read: await joinFrames(room, undefined) }
  })
  const all = await each(Array.from({ length: readers }), 4, () => reader(url, rooms))
  const writer = await createWriter(url)
  await quiet(pid)

  forgetPeak(pid)
  const before = residentBytes(pid).now
  const stuck = isStuck ? all[0] : undefined
  stuck?.pause()
  let hungUp = false
  void stuck?.closed.then(() => (hungUp = true))
  for (const { room, write } of rooms) await writer.fill(room, write)
  await quiet(pid)
  const growth = residentBytes(pid).peak - before
  const gaveUp = hungUp
  for (const { close } of [writer, ...all]) close()
  await quiet(pid)
  return { growth, hungUp: gaveUp }
}

async function reader(url: string, rooms: readonly { room: string; read: Buffer }[]) {
  const waits = new Set(rooms.map(({ room }) => room))
  let ready = (): void => undefined
  const socket = await dial(url, (message) => {
    if (waits.size > 0 && heard(message) === 'synced' && waits.delete(roomIn(message)) && waits.size === 0) ready()
  })
  await new Promise<void>((resolve) => {
    ready = resolve
    for (const { read } of rooms) socket.send(read)
  })
  return socket
}

/** Fills a room in a closed loop. */
async function createWriter(url: string) {
  let room = ''
  let frames: readonly Buffer[] = []
  let sent = 0
  let done = (): void => undefined
  const socket = await dial(url, (message) => {
    const kind = heard(message)
    if (kind === 'asked') socket.send(emptyStepTwo(room))
    else if (kind !== 'stored' && kind !== 'unstored') return
    else if (sent < frames.length) socket.send(frames[sent++]!)
    else done()
  })
  return {
    close: socket.close,
    fill(name: string, join: Buffer): Promise<void> {
      const updates = recorded((doc) => {
        for (let at = 0; at < roomBytes / updateBytes; at++)
          doc.getMap('records').set(`k${at}`, new Uint8Array(randomBytes(updateBytes)))
      })
      room = name
      sent = 0
      frames = updates.map((update) => updateFrame(name, update))
      return new Promise((resolve, reject) => {
        done = resolve
        void socket.closed.then(() => reject(new Error('the server hung up on the writer')))
        socket.send(join)
      })
    },
  }
}
