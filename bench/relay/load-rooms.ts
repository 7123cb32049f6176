/** Opens many rooms that have content, each with its own key and token, a hundred on a socket, and leaves them open. */
import { shelfOf } from '#domain/room.ts'
import { pause, processorMs, quiet, residentBytes } from './accounts.ts'
import { each } from './load-clients.ts'
import { emptyStepTwo, joinFrames, keyOf } from './material.ts'
import { dial } from './raw-socket.ts'
import { heard, roomIn } from './reading.ts'

export interface RoomsInput {
  readonly url: string
  readonly pid: number
  /** Opened before measuring, so that what a process costs anyhow is not counted as the cost of its rooms. */
  readonly warmUp: number
  readonly rooms: number
  readonly restMs: number
}
export interface RoomsResult {
  readonly bytesPerRoom: number
  readonly cpuMs: number
  readonly ms: number
}

/** Rooms are those of the keys 0, 1, 2 and so on. */
export const seedOfRoom = (at: number): number => 5_000_000 + at
const roomsPerSocket = 100
const atOnce = 8

export async function openRooms({ url, pid, warmUp, rooms, restMs }: RoomsInput): Promise<RoomsResult> {
  const seeds = Array.from({ length: warmUp + rooms }, (_, at) => seedOfRoom(at))
  const all = await each(seeds, 8, async (seed) => {
    const signer = await keyOf(seed)
    const room = shelfOf(signer.did)
    return { room, join: await joinFrames(room, signer), stepTwo: emptyStepTwo(room) }
  })
  const sockets = []
  for (let at = 0; at < all.length; at += roomsPerSocket) sockets.push(all.slice(at, at + roomsPerSocket))
  const openers = await each(sockets, 8, (own) => opener(url, own))
  const forWarmUp = warmUp / roomsPerSocket

  await Promise.all(openers.slice(0, forWarmUp).map((open) => open()))
  await pause(restMs)
  await quiet(pid)
  const before = residentBytes(pid).now
  const cpuBefore = processorMs(pid)
  const startedAt = performance.now()
  await Promise.all(openers.slice(forWarmUp).map((open) => open()))
  const ms = performance.now() - startedAt
  const cpuMs = processorMs(pid) - cpuBefore
  await pause(restMs)
  await quiet(pid)
  return { bytesPerRoom: (residentBytes(pid).now - before) / rooms, cpuMs, ms }
}

interface Prepared {
  readonly room: string
  readonly join: Buffer
  readonly stepTwo: Buffer
}

/** A socket that is connected; what it returns opens its rooms, a few at a time. */
async function opener(url: string, own: readonly Prepared[]): Promise<() => Promise<void>> {
  const byRoom = new Map(own.map((prepared) => [prepared.room, prepared]))
  const waiting = new Map<string, () => void>()
  const socket = await dial(url, (message) => {
    const kind = heard(message)
    if (kind === 'asked') socket.send(byRoom.get(roomIn(message))!.stepTwo)
    else if (kind === 'stored') waiting.get(roomIn(message))?.()
  })
  const open = ({ room, join }: Prepared) =>
    new Promise<void>((resolve, reject) => {
      waiting.set(room, resolve)
      void socket.closed.then(() => reject(new Error('the server hung up on an opener')))
      socket.send(join)
    })
  return async () => void (await each(own, atOnce, open))
}
