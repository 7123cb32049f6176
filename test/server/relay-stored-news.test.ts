/** What writers hear of the disk: the first time at once, then together; and the batch that goes to the writer thread. */
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { fromBase64url } from '#domain/bytes.ts'
import { decodeFrame, parseRelayMessage } from '#domain/protocol.ts'
import type { Member } from '../../server/relay/peer.ts'
import { createStoredNews } from '../../server/relay/stored-news.ts'
import { packBatch, unpackBatch, unpackReceipts } from '../../server/stores/batch.ts'
import { must } from '../fixtures/must.ts'

const room = 'latest/all'
const clocks = (...pairs: [number, number][]) => new Map(pairs)

/** A member that only listens. */
function aListener() {
  const heard: unknown[] = []
  const members = new Map<string, Member>()
  const send = (bytes: Uint8Array) => {
    const frame = must(decodeFrame(bytes))
    const message = frame.kind === 'stateless' ? parseRelayMessage(frame.payload) : undefined
    if (message?.kind === 'stored') heard.push([...Y.decodeStateVector(fromBase64url(message.sv)!)])
  }
  const member = { room: { name: room }, peer: { members, send } } as unknown as Member
  members.set(room, member)
  return { member, heard, leave: () => members.clear() }
}

describe('what is on the disk', () => {
  it('is told at once when nothing puts it off', () => {
    const { member, heard } = aListener()
    const news = createStoredNews(undefined)
    news.tell(room, 'e', clocks([1, 1]), [member])
    news.tell(room, 'e', clocks([1, 2]), [member, member])
    expect(heard).toEqual([[[1, 1]], [[1, 2]]])
  })

  it('is told the first time at once, and what follows together, a moment later', () => {
    const waiting: (() => void)[] = []
    const [alice, bob] = [aListener(), aListener()]
    const news = createStoredNews((work) => void waiting.push(work))
    news.tell(room, 'e', clocks([1, 1]), [alice.member])
    news.tell(room, 'e', clocks([1, 2], [7, 1]), [alice.member])
    news.tell(room, 'e', clocks([1, 3]), [alice.member, bob.member])
    expect([alice.heard, bob.heard]).toEqual([[[[1, 1]]], []])
    expect(waiting).toHaveLength(1)
    waiting.shift()!()
    const together = expect.arrayContaining([
      [1, 3],
      [7, 1],
    ])
    expect(alice.heard[1]).toEqual(together)
    expect(bob.heard).toEqual([together])
  })

  it('goes on being told together while writes go on, and at once again after a rest', () => {
    const waiting: (() => void)[] = []
    const { member, heard } = aListener()
    const news = createStoredNews((work) => void waiting.push(work))
    news.tell(room, 'e', clocks([1, 1]), [member])
    news.tell(room, 'e', clocks([1, 2]), [member])
    waiting.shift()!()
    news.tell(room, 'e', clocks([1, 3]), [member])
    expect(heard).toHaveLength(2)
    waiting.shift()!()
    expect(heard).toHaveLength(3)
    waiting.shift()!() // nothing was put off
    expect(waiting).toHaveLength(0)
    news.tell(room, 'e', clocks([1, 4]), [member])
    expect(heard).toHaveLength(4)
  })

  it('is not told to who has left the room meanwhile', () => {
    const waiting: (() => void)[] = []
    const { member, heard, leave } = aListener()
    const news = createStoredNews((work) => void waiting.push(work))
    news.tell(room, 'e', clocks([1, 1]), [member])
    news.tell(room, 'e', clocks([1, 2]), [member])
    leave()
    waiting.shift()!()
    expect(heard).toHaveLength(1)
  })
})

describe('a batch on its way to the disk', () => {
  const entries = [
    { room: 'a', update: Uint8Array.of(1, 2, 3), at: 1_795_000_000_000 },
    { room: 'b', update: new Uint8Array(0), at: 2 },
    { room: 'a', update: Uint8Array.of(9, 8, 7, 6).subarray(1, 3), at: 3 },
  ]
  const receipt = { firstSeq: 2 ** 40, epochs: 'x\ny' }
  const receipts = [
    { seq: 2 ** 40, epoch: 'x' },
    { seq: 2 ** 40 + 1, epoch: 'y' },
    { seq: 2 ** 40 + 2, epoch: 'x' },
  ]

  it('comes out as it went in, empty updates and repeated rooms included, each entry with its receipt', () => {
    const unpacked = unpackBatch(structuredClone(packBatch(entries)), receipt)
    expect(unpacked.map((entry) => ({ ...entry, update: [...entry.update] }))).toEqual(
      entries.map((entry, at) => ({ ...entry, ...receipts[at], update: [...entry.update] })),
    )
  })

  it('brings back a receipt for each', () => {
    expect(unpackReceipts(packBatch(entries).table, receipt)).toEqual(receipts)
  })
})
