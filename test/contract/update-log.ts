/** What every update log promises. A new store runs this suite with an opener of its own. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LogEntry, Receipt, StoredEntry, UpdateLog } from '../../server/stores/store.ts'

const entry = (room: string, ...bytes: number[]): LogEntry => ({ room, update: Uint8Array.from(bytes), at: 1000 })

/** @param open a log on nothing @param reopen the same log after `close`, where it outlives one */
export function updateLogContract(
  name: string,
  open: () => Promise<UpdateLog>,
  reopen?: () => Promise<UpdateLog>,
): void {
  describe(`update log: ${name}`, () => {
    let log: UpdateLog
    const append = async (...entries: LogEntry[]): Promise<readonly Receipt[]> => {
      const result = await log.append(entries)
      if (!result.ok) throw new Error(result.error.detail)
      return result.value
    }
    beforeEach(async () => void (log = await open()))
    afterEach(async () => log.close())

    it('knows nothing of a room nothing was stored in, and asking does not make it', async () => {
      expect(await log.read('a')).toBeUndefined()
      expect(await log.read('a')).toBeUndefined()
    })

    it('gives back what was appended, in order, each room for itself', async () => {
      await append(entry('a', 1), entry('b', 2), entry('a', 3))
      await append(entry('a', 4))
      const room = await log.read('a')
      expect(room?.snapshot).toBeUndefined()
      expect(room?.updates.map((update) => [...update])).toEqual([[1], [3], [4]])
      expect((await log.read('b'))?.updates.map((update) => [...update])).toEqual([[2]])
    })

    it('numbers grow over all rooms, and the room knows its last', async () => {
      const first = await append(entry('a', 1), entry('b', 2), entry('a', 3))
      const second = await append(entry('b', 4))
      const seqs = [...first, ...second].map((receipt) => receipt.seq)
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
      expect(new Set(seqs).size).toBe(4)
      expect((await log.read('a'))?.seq).toBe(seqs[2])
      expect((await log.read('b'))?.seq).toBe(seqs[3])
    })

    it('a room has one epoch, two rooms have two', async () => {
      const [a1, b1] = await append(entry('a', 1), entry('b', 2))
      const [a2] = await append(entry('a', 3))
      expect(a1?.epoch).toMatch(/^.{16,}$/)
      expect(a2?.epoch).toBe(a1?.epoch)
      expect(b1?.epoch).not.toBe(a1?.epoch)
      expect((await log.read('a'))?.epoch).toBe(a1?.epoch)
    })

    it('appends that overlap keep their order and get their own numbers', async () => {
      const results = await Promise.all([1, 2, 3, 4, 5].map((byte) => append(entry('a', byte), entry('b', byte))))
      const seqs = results.flat().map((receipt) => receipt.seq)
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
      expect((await log.read('a'))?.updates.map((update) => update[0])).toEqual([1, 2, 3, 4, 5])
    })

    it('an empty append is fine', async () => {
      expect(await append()).toEqual([])
    })

    it('keeps the bytes whole, views included', async () => {
      const large = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251)
      await append({ room: 'a', update: large.subarray(7, 200_007), at: 1 })
      expect((await log.read('a'))?.updates[0]).toEqual(large.slice(7, 200_007))
    })

    it('a snapshot takes the place of what it covers, later updates stay, an older snapshot changes nothing', async () => {
      const receipts = await append(entry('a', 1), entry('a', 2), entry('a', 3))
      await log.compact('a', receipts[1]!.seq, Uint8Array.of(12))
      await log.compact('a', receipts[0]!.seq, Uint8Array.of(9))
      const room = await log.read('a')
      expect([...(room?.snapshot ?? [])]).toEqual([12])
      expect(room?.updates.map((update) => [...update])).toEqual([[3]])
      expect(room).toMatchObject({ seq: receipts[2]!.seq, epoch: receipts[2]!.epoch })
    })

    it('a snapshot of a room nothing was stored in, or of a future, is left out', async () => {
      const [receipt] = await append(entry('a', 1))
      await log.compact('b', 1, Uint8Array.of(1))
      await log.compact('a', receipt!.seq + 10, Uint8Array.of(1))
      expect(await log.read('b')).toBeUndefined()
      expect((await log.read('a'))?.snapshot).toBeUndefined()
    })

    it('a snapshot of the room as it was under another epoch is left out', async () => {
      const [receipt] = await append(entry('a', 1))
      await log.compact('a', receipt!.seq, Uint8Array.of(9), 'another')
      expect((await log.read('a'))?.snapshot).toBeUndefined()
      await log.compact('a', receipt!.seq, Uint8Array.of(9), receipt!.epoch)
      expect([...((await log.read('a'))?.snapshot ?? [])]).toEqual([9])
    })

    it('tells followers everything in order, with numbers, until they stop', async () => {
      const seen: StoredEntry[] = []
      const stop = log.follow((entries) => void seen.push(...entries))
      const receipts = [...(await append(entry('a', 1), entry('b', 2))), ...(await append(entry('a', 3)))]
      await log.read('a')
      stop()
      await append(entry('a', 4))
      expect(seen.map(({ room, seq, epoch, update }) => ({ room, seq, epoch, byte: update[0] }))).toEqual(
        ['a', 'b', 'a'].map((room, at) => ({ room, ...receipts[at], byte: at + 1 })),
      )
    })

    if (!reopen) return // a log that lives only in memory has nothing more to promise
    it('is the same after closing and opening again, and numbers go on', async () => {
      const [before] = await append(entry('a', 1), entry('a', 2))
      await log.compact('a', before!.seq, Uint8Array.of(1))
      const room = await log.read('a')
      await log.close()
      log = await reopen()
      expect(await log.read('a')).toEqual(room)
      const [after] = await append(entry('a', 3))
      expect(after!.seq).toBeGreaterThan(room!.seq)
      expect(after!.epoch).toBe(room!.epoch)
    })
  })
}
