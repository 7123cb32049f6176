/**
 * Many writers, one room each, each sending its next update when the last is acknowledged: signed listings into shelves,
 * or letters into private workspaces.
 */
import { shelfOf } from '#domain/room.ts'
import { processorMs, quiet } from './accounts.ts'
import { each, joined, type Joined } from './load-clients.ts'
import { emptyStepTwo, joinFrames, keyOf, recordUpdates, typedUpdates, updateFrame } from './material.ts'

export interface WritersInput {
  readonly url: string
  readonly pid: number
  readonly kind: 'listings' | 'typing'
  readonly writers: number
  readonly edits: number
  /** Other keys and rooms for each pass; equal passes are equal for every server. */
  readonly pass: number
}
export interface WritersResult {
  readonly acks: number
  readonly unstored: number
  readonly ms: number
  readonly cpuMs: number
  /** With everything the server had put off. */
  readonly cpuToRestMs: number
  readonly updateBytes: number
  readonly fastestAckMs: number
}

type Prepared = ReturnType<typeof prepare>
const prepared = new Map<string, Prepared>()
const typed = new Map<number, readonly Uint8Array[]>()

async function prepare({ kind, writers, edits, pass }: WritersInput) {
  const work = Array.from({ length: writers }, (_, at) => pass * 10_000 + at)
  return each(work, 8, async (seed) => {
    const signer = await keyOf(seed)
    const room = kind === 'typing' ? `me/${signer.did}` : shelfOf(signer.did)
    if (kind === 'typing' && !typed.has(edits)) typed.set(edits, typedUpdates(edits))
    const updates = kind === 'typing' ? typed.get(edits)! : await recordUpdates(signer, edits)
    return { room, signer, frames: updates.map((update) => updateFrame(room, update)) }
  })
}

export async function writers(input: WritersInput): Promise<WritersResult> {
  const name = `${input.kind} ${input.writers} ${input.edits} ${input.pass}`
  const ready = prepared.get(name) ?? prepare(input)
  prepared.clear() // one pass is kept: the other server's turn comes next
  prepared.set(name, ready)
  const all = await ready
  const clients = await each(all, 16, async ({ room, signer, frames }) => ({
    client: await joined(input.url, await joinFrames(room, signer), emptyStepTwo(room), true),
    frames,
  }))
  await quiet(input.pid)

  const cpuBefore = processorMs(input.pid)
  const startedAt = performance.now()
  const counts = await Promise.all(clients.map(({ client, frames }) => writeAll(client, frames)))
  const ms = performance.now() - startedAt
  const cpuMs = processorMs(input.pid) - cpuBefore

  for (const { client } of clients) client.socket.close()
  await quiet(input.pid)
  return {
    acks: counts.reduce((sum, count) => sum + count.stored, 0),
    unstored: counts.reduce((sum, count) => sum + count.unstored, 0),
    ms,
    cpuMs,
    cpuToRestMs: processorMs(input.pid) - cpuBefore,
    fastestAckMs: Math.min(...counts.map(({ fastest }) => fastest)),
    updateBytes: all[0]!.frames.reduce((sum, frame) => sum + frame.length, 0) / input.edits,
  }
}

function writeAll({ socket, listen }: Joined, frames: readonly Buffer[]) {
  const counts = { stored: 0, unstored: 0, fastest: Infinity }
  let sentAt = 0
  return new Promise<typeof counts>((resolve, reject) => {
    let sent = 0
    const next = () => {
      if (sent === frames.length) return resolve(counts)
      sentAt = performance.now()
      socket.send(frames[sent++]!)
    }
    listen((kind) => {
      if (kind !== 'stored' && kind !== 'unstored') return
      counts[kind]++
      counts.fastest = Math.min(counts.fastest, performance.now() - sentAt)
      next()
    })
    void socket.closed.then(() => reject(new Error('the server hung up on a writer')))
    next()
  })
}
