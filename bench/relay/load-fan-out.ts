/** One writer at a steady rate, many readers of its room: what a delivered frame costs, and when it arrives. */
import { shelfOf } from '#domain/room.ts'
import { pause, processorMs, quiet } from './accounts.ts'
import { each, joined, quantile } from './load-clients.ts'
import { emptyStepTwo, joinFrames, keyOf, recorded, signedListing, updateFrame } from './material.ts'

export interface FanOutInput {
  readonly url: string
  readonly pid: number
  readonly readers: number
  readonly perSecond: number
  readonly updates: number
  readonly pass: number
}
export interface FanOutResult {
  /** Updates times readers: a server may pass on two in one frame, and is not to pay for that. */
  readonly delivered: number
  readonly missing: number
  readonly cpuMs: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const mark = '@@'
const digits = 6

export async function fanOut({ url, pid, readers, perSecond, updates, pass }: FanOutInput): Promise<FanOutResult> {
  const signer = await keyOf(8_000_000 + pass)
  const room = shelfOf(signer.did)
  const { slot, text } = await signedListing(signer, 1)
  const prepared = recorded((doc) => {
    for (let at = 0; at < updates; at++)
      doc.getMap('records').set(slot, `${mark}${String(at).padStart(digits, '0')}${text}`)
  }).map((update) => updateFrame(room, update))
  const writer = await joined(url, await joinFrames(room, signer), emptyStepTwo(room), true)
  const readerJoin = await joinFrames(room, undefined)
  const all = await each(Array.from({ length: readers }), 16, () => joined(url, readerJoin, readerJoin, false))
  await quiet(pid)

  const sentAt: number[] = []
  const latencies: number[] = []
  let complete = 0
  const done = new Promise<void>((resolve) => {
    for (const { listen } of all)
      listen((kind, message) => {
        if (kind !== 'update') return
        const at = message.lastIndexOf(mark) // two updates in one frame: the later one counts
        const number = Number(message.toString('latin1', at + mark.length, at + mark.length + digits))
        latencies.push(performance.now() - sentAt[number]!)
        if (number === updates - 1 && ++complete === readers) resolve()
      })
  })
  const cpuBefore = processorMs(pid)
  const startedAt = performance.now()
  for (const [at, frame] of prepared.entries()) {
    await pause(Math.max(0, startedAt + (at * 1000) / perSecond - performance.now()))
    sentAt[at] = performance.now()
    writer.socket.send(frame)
  }
  await Promise.race([done, pause(10_000)])
  const cpuMs = processorMs(pid) - cpuBefore
  for (const { socket } of [writer, ...all]) socket.close()
  await quiet(pid)
  return {
    delivered: updates * readers,
    missing: readers - complete,
    cpuMs,
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
  }
}
