/** A batch is durable as it came, and spread over its rooms later: whoever looks in between, or after a crash, sees the same. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { shelfOf } from '#domain/room.ts'
import { packBatch, unpackReceipts } from '../../server/stores/batch.ts'
import { openDatabase, openReadOnly } from '../../server/stores/database.ts'
import { eraseRoom, renewEpochs } from '../../server/stores/epochs.ts'
import { createKeyFacts } from '../../server/stores/newcomers.ts'
import { createRoomVersion } from '../../server/stores/room-version.ts'
import { createRoomReader, createSqliteCore, type SqliteCore } from '../../server/stores/sqlite.ts'
import type { LogEntry, Receipt } from '../../server/stores/store.ts'
import { must } from '../fixtures/must.ts'
import { aSigner } from '../fixtures/signers.ts'

const folder = mkdtempSync(join(tmpdir(), 'spread-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
let path: string
let core: SqliteCore

beforeEach(() => {
  path = join(folder, `${++files}.sqlite`)
  core = createSqliteCore(must(openDatabase(path)))
})

const entry = (room: string, ...bytes: number[]): LogEntry => ({ room, update: Uint8Array.from(bytes), at: 1000 })
function log(...entries: LogEntry[]): readonly Receipt[] {
  const batch = packBatch(entries)
  return unpackReceipts(batch.table, core.logNow(batch))
}
const countIn = (table: 'batches' | 'updates' | 'rooms', { db } = core): number =>
  Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'])
const bytesOf = (room: string, read = core.readNow) => read(room)?.updates.map((update) => [...update])

/** As a killed process leaves it: the file and its WAL, nothing folded. */
function afterCrash(): SqliteCore {
  const copy = join(folder, `${++files}.sqlite`)
  for (const end of ['', '-wal']) copyFileSync(`${path}${end}`, `${copy}${end}`)
  return createSqliteCore(must(openDatabase(copy)))
}

describe('a batch', () => {
  it('is one row, whatever it holds; spread it is one row of each room, and reads the same', () => {
    const receipts = [...log(entry('a', 1), entry('b', 2), entry('a', 3)), ...log(entry('a'), entry('c', 5))]
    expect([countIn('batches'), countIn('updates'), countIn('rooms')]).toEqual([2, 0, 0])
    const before = ['a', 'b', 'c'].map((room) => core.readNow(room))
    core.spread()
    expect([countIn('batches'), countIn('updates'), countIn('rooms')]).toEqual([0, 3, 3])
    expect(['a', 'b', 'c'].map((room) => core.readNow(room))).toEqual(before)
    expect(bytesOf('a')).toEqual([[1], [3], []])
    expect(core.readNow('a')).toMatchObject(receipts[3]!)
    expect(receipts.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
  })

  it('is there after a crash before it was spread, with its epoch, and its numbers are not given again', () => {
    const [first] = log(entry('a', 1))
    const crashed = afterCrash()
    expect([bytesOf('a', crashed.readNow), crashed.readNow('a')?.epoch]).toEqual([[[1]], first!.epoch])
    const [next] = crashed.appendNow([entry('a', 2)])
    expect(next).toEqual({ seq: first!.seq + 1, epoch: first!.epoch })
    expect([bytesOf('a', crashed.readNow), countIn('batches', crashed)]).toEqual([[[1], [2]], 0])
  })

  it('stays whole when spreading it is cut off', () => {
    log(entry('a', 1), entry('b', 2))
    const work = () =>
      core.transact(() => {
        core.spread()
        throw new Error('stop')
      })
    expect(work).toThrow('stop')
    expect([countIn('batches'), countIn('updates'), bytesOf('a')]).toEqual([1, 0, [[1]]])
    core.spread()
    expect([countIn('batches'), bytesOf('a'), bytesOf('b')]).toEqual([0, [[1]], [[2]]])
  })

  it('that the disk has no room for is not kept, and later ones are', () => {
    const pages = Number(core.db.prepare('PRAGMA page_count').get()?.['page_count'])
    core.db.exec(`PRAGMA max_page_count = ${pages + 2}`)
    const many = Array.from({ length: 100 }, () => ({ room: 'a', update: new Uint8Array(1000), at: 1 }))
    expect(() => log(...many)).toThrow(/full/)
    expect([core.readNow('a'), afterCrash().readNow('a')]).toEqual([undefined, undefined])
    core.db.exec('PRAGMA max_page_count = 100000')
    expect(log(...many)).toHaveLength(100)
    expect(afterCrash().readNow('a')?.updates).toHaveLength(100)
  })

  it('of large updates is written to its rooms at once, with the epoch that was told', () => {
    const large = { room: 'a', update: new Uint8Array(100_000).fill(7), at: 1 }
    log(entry('a', 1))
    const [receipt] = log(large)
    log(entry('a', 2))
    expect([countIn('batches'), countIn('updates')]).toEqual([1, 2])
    expect(core.readNow('a')).toMatchObject({ epoch: receipt!.epoch, seq: receipt!.seq + 1 })
    expect(core.readNow('a')?.updates.map((update) => update.length)).toEqual([1, 100_000, 1])
    const [fresh] = log({ ...large, room: 'new' })
    expect(core.readNow('new')?.epoch).toBe(fresh!.epoch)
  })
})

describe('before it is spread', () => {
  it('a reader beside the writer sees it: the room, its version, what a key has', async () => {
    const { did } = await aSigner(3)
    const room = shelfOf(did)
    core.appendNow([entry(room, 1)])
    const reader = must(openReadOnly(path))
    const [read, versionOf, { bytesOf: keyBytes }] = [
      createRoomReader(reader),
      createRoomVersion(reader),
      createKeyFacts(reader),
    ]
    for (const round of [1, 2, 3]) {
      const [receipt] = log(entry(room, 2, 3))
      expect(versionOf(room)).toEqual(receipt)
      expect([read(room)?.updates.length, keyBytes(did)]).toEqual([1 + round, 1 + 2 * round])
    }
    core.spread()
    expect([read(room)?.updates.length, keyBytes(did), versionOf(room)?.seq]).toEqual([4, 7, 4])
    reader.close()
  })

  it('a restore gives its rooms new epochs all the same', () => {
    const [{ epoch } = { epoch: '' }] = log(entry('a', 1))
    core.transact(() => renewEpochs(core.db))
    expect([countIn('batches'), bytesOf('a')]).toEqual([0, [[1]]])
    expect(core.readNow('a')?.epoch).not.toBe(epoch)
  })

  it('an erased room stays erased, and what is written to its name later is another room', () => {
    const [first] = log(entry('a', 1))
    core.spread()
    log(entry('a', 2), entry('b', 2))
    eraseRoom(core, 'a')
    expect([core.readNow('a'), bytesOf('b')]).toEqual([undefined, [[2]]])
    const [again] = log(entry('a', 9))
    expect([bytesOf('a'), again!.epoch === first!.epoch]).toEqual([[[9]], false])
    expect(bytesOf('a', afterCrash().readNow)).toEqual([[9]])
  })

  it('a snapshot takes what it covers out of the middle of a row', () => {
    const receipts = log(entry('a', 1), entry('a', 2), entry('a', 3))
    core.spread()
    core.compactNow('a', receipts[1]!.seq, Uint8Array.of(12))
    expect([[...core.readNow('a')!.snapshot!], bytesOf('a'), core.readNow('a')?.seq]).toEqual([[12], [[3]], 3])
  })
})
