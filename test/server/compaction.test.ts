/** Compaction on a real file, with the writer thread and the folding thread: sizes, work, and that nobody notices. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createCompaction, type Compaction, type CompactionDeps } from '../../server/compaction.ts'
import { deletes, fold } from '../../server/fold.ts'
import { createRelayRooms, hold } from '../../server/projector/relay-rooms.ts'
import { knownFrom } from '../../server/relay/gaps.ts'
import { renewGrown } from '../../server/stores/epochs.ts'
import { openDatabase } from '../../server/stores/database.ts'
import { createSqliteCore } from '../../server/stores/sqlite.ts'
import { openWriter, type Writer } from '../../server/stores/writer.ts'
import { must } from '../fixtures/must.ts'
import { recordedDoc } from '../fixtures/relay-client.ts'
import { replacedSlot, replacedValue, replacements } from '../fixtures/replaced.ts'

const folder = mkdtempSync(join(tmpdir(), 'compaction-'))
const cleanups: (() => unknown)[] = []
let files = 0
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Bench {
  readonly path: string
  readonly writer: Writer
  readonly compaction: Compaction
  readonly compacted: string[]
  readonly failures: string[]
  append(room: string, ...updates: readonly Uint8Array[]): Promise<void>
  /** Everything comes to rest, and the clock goes on by so much. */
  pass(ms: number): Promise<void>
}

async function open(over: (writer: Writer) => Partial<CompactionDeps> = () => ({})): Promise<Bench> {
  const path = join(folder, `${++files}.sqlite`)
  const thread = new URL('../fixtures/plain-writer-thread.ts', import.meta.url)
  const writer = must(await openWriter({ path, thread }))
  const compacted: string[] = []
  const failures: string[] = []
  let now = 1_000_000
  const compaction = createCompaction({
    writer,
    path,
    now: () => now,
    onCompacted: (room) => void compacted.push(room),
    report: (room, reason) => void failures.push(`${room}: ${String(reason)}`),
    ...over(writer),
  })
  cleanups.push(async () => {
    await compaction.close()
    await writer.close()
  })
  return {
    path,
    writer,
    compaction,
    compacted,
    failures,
    async append(room, ...updates) {
      must(await writer.log.append(updates.map((update) => ({ room, update, at: now }))))
    },
    async pass(ms) {
      await compaction.settled()
      now += ms
      compaction.tick()
      await compaction.settled()
    },
  }
}

const minute = 61_000

async function contentOf({ writer }: Bench, room: string): Promise<Y.Doc> {
  const bytes = await writer.log.read(room)
  const doc = new Y.Doc()
  if (bytes?.snapshot) Y.applyUpdate(doc, bytes.snapshot)
  for (const update of bytes?.updates ?? []) Y.applyUpdate(doc, update)
  expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null])
  return doc
}

async function sizeOf({ writer }: Bench, room: string): Promise<number> {
  const bytes = await writer.log.read(room)
  return [bytes?.snapshot ?? new Uint8Array(), ...(bytes?.updates ?? [])].reduce((sum, part) => sum + part.length, 0)
}

describe('one record replaced 10,000 times', () => {
  it.each([
    // edits that share a session, bytes at the most
    [100, 20_000],
    [1, 300_000],
  ] as const)(
    'with %i edits a session is stored in less than %i bytes, by work that grows with the log',
    async (session, most) => {
      const bench = await open()
      const room = 'shelf/a'
      const batch: Uint8Array[] = []
      let sent = 0
      for (const update of replacements(10_000, session)) {
        batch.push(update)
        sent += update.length
        if (batch.length === 40) await bench.append(room, ...batch.splice(0))
      }
      await bench.pass(minute)
      expect(await sizeOf(bench, room)).toBeLessThan(most)
      expect((await contentOf(bench, room)).getMap('records').toJSON()).toEqual({ [replacedSlot]: replacedValue(9999) })
      const { bytesRead, bytesWritten, rooms } = bench.compaction.counts()
      expect(rooms).toBeGreaterThan(5) // it went on while the room was written
      expect(bytesRead).toBeLessThan(2 * sent)
      expect(bytesWritten).toBeLessThan(sent)
      expect(bench.failures).toEqual([])
    },
  )
})

/** A gate before the replacing transaction. */
function gated() {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  let arrived: () => void = () => undefined
  const isThere = new Promise<void>((resolve) => (arrived = resolve))
  const over = (writer: Writer): Partial<CompactionDeps> => ({
    writer: {
      ...writer,
      log: {
        ...writer.log,
        async compact(...compaction) {
          arrived()
          await opened
          return writer.log.compact(...compaction)
        },
      },
    },
  })
  return { over, open: () => open(), isThere }
}

describe('while a room is folded', () => {
  const room = 'shelf/a'

  it('writers write and readers read, and what they wrote is there after', async () => {
    const gate = gated()
    const bench = await open(gate.over)
    const { doc, updates } = recordedDoc(1)
    for (let at = 0; at < 20; at++) doc.getMap('m').set('k', at)
    await bench.append(room, ...updates.splice(0))
    bench.compaction.want(room)
    await gate.isThere
    doc.getMap('m').set('k', 'later')
    await bench.append(room, ...updates.splice(0))
    expect((await contentOf(bench, room)).getMap('m').get('k')).toBe('later')
    expect((await bench.writer.log.read(room))?.snapshot).toBeUndefined()
    gate.open()
    await bench.compaction.settled()
    const stored = await bench.writer.log.read(room)
    expect([stored?.snapshot !== undefined, stored?.updates.length]).toEqual([true, 1])
    expect((await contentOf(bench, room)).getMap('m').get('k')).toBe('later')
    expect(bench.compacted).toEqual([room])
  })

  it('and erased, its content does not come back under the same name', async () => {
    const gate = gated()
    const bench = await open(gate.over)
    const first = recordedDoc(1)
    for (let at = 0; at < 9; at++) first.doc.getMap('m').set('old', at)
    await bench.append(room, ...first.updates)
    bench.compaction.want(room)
    await gate.isThere
    expect([await bench.writer.erase(room), await bench.writer.erase(room)]).toEqual([true, false])
    expect(await bench.writer.log.read(room)).toBeUndefined()
    const second = recordedDoc(2)
    second.doc.getMap('m').set('new', 1)
    await bench.append(room, ...second.updates)
    gate.open()
    await bench.compaction.settled()
    expect((await contentOf(bench, room)).getMap('m').toJSON()).toEqual({ new: 1 })
  })
})

describe('a room is folded', () => {
  it('a minute after its last write when something was deleted in it, else when its log weighs something', async () => {
    const bench = await open()
    const kept = recordedDoc(1)
    kept.doc.getMap('m').set('a', 'x')
    const replaced = recordedDoc(2)
    for (const value of ['first', 'second']) replaced.doc.getMap('m').set('a', value)
    expect([...kept.updates, ...replaced.updates].map(deletes)).toEqual([false, false, true])
    await bench.append('shelf/kept', ...kept.updates)
    await bench.append('shelf/replaced', ...replaced.updates)
    await bench.pass(minute / 2)
    expect(bench.compacted).toEqual([])
    await bench.pass(minute)
    expect(bench.compacted).toEqual(['shelf/replaced'])
    for (let at = 0; at < 80; at++) kept.doc.getMap('m').set(`k${at}`, at)
    await bench.append('shelf/kept', ...kept.updates.slice(1))
    await bench.pass(minute)
    expect(bench.compacted).toEqual(['shelf/replaced', 'shelf/kept'])
    await bench.pass(minute)
    expect(bench.compaction.counts().rooms).toBe(2) // nothing new, nothing done
  })

  it('when an earlier process left its log', async () => {
    const bench = await open()
    const { doc, updates } = recordedDoc(1)
    for (let at = 0; at < 5; at++) doc.getMap('m').set('a', at)
    await bench.append('shelf/a', ...updates)
    const compacted: string[] = []
    let now = 5
    const next = createCompaction({
      ...bench,
      now: () => now,
      onCompacted: (room) => void compacted.push(room),
      report: () => undefined,
    })
    cleanups.push(next.close)
    await next.settled()
    now += minute
    next.tick()
    await next.settled()
    expect(compacted).toEqual(['shelf/a'])
  })

  it('and what was deleted in it is neither in the file nor in the WAL, while the server runs', async () => {
    const bench = await open()
    const { doc, updates } = recordedDoc(1)
    const secret = '13906330000-secret'
    doc.getMap('contacts').set('l', secret)
    doc.getMap('contacts').delete('l')
    await bench.append('contact/a', ...updates)
    const isOnDisk = () => [bench.path, `${bench.path}-wal`].some((file) => readFileSync(file).includes(secret))
    expect(isOnDisk()).toBe(true)
    await bench.pass(minute)
    await bench.pass(minute)
    expect(bench.compaction.counts()).toMatchObject({ rooms: 1, checkpoints: 1 })
    expect(isOnDisk()).toBe(false)
  })

  it('never when something in it is missing, and one that takes too long rests while the others go on', async () => {
    const bench = await open(() => ({ foldMs: 3000 }))
    const whole = recordedDoc(1)
    for (let at = 0; at < 3; at++) whole.doc.getMap('m').set('a', at)
    await bench.append('shelf/gap', whole.updates[0]!, whole.updates[2]!)
    await bench.append('shelf/slow', slowUpdate(60_000))
    await bench.append('shelf/whole', ...whole.updates)
    for (const room of ['shelf/gap', 'shelf/slow', 'shelf/whole']) bench.compaction.want(room)
    await bench.compaction.settled()
    expect(bench.failures.toSorted()).toEqual([
      'shelf/gap: something in it waits for what is not there',
      'shelf/slow: not done in 3000 ms',
    ])
    expect(bench.compacted).toEqual(['shelf/whole'])
    expect((await bench.writer.log.read('shelf/gap'))?.updates).toHaveLength(2)
  })
})

/** Every item claims to be the first of the same key, so that Yjs walks all before it each time. */
function slowUpdate(items: number): Uint8Array {
  const bytes = [1, (items & 127) | 128, ((items >> 7) & 127) | 128, items >> 14, 5, 0]
  for (let at = 0; at < items; at++) bytes.push(0x28, 1, 1, 116, 1, 107, 1, 0x7e)
  return Uint8Array.from([...bytes, 0])
}

describe('what is folded', () => {
  const edits = fc.array(
    fc.record({ who: fc.nat(2), what: fc.nat(5), key: fc.nat(3), sync: fc.nat(3), fold: fc.nat(4) }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )

  it('is the same to everybody: to who joins anew, to who was away, and to the judge of gaps', () => {
    fc.assert(
      fc.property(edits, (steps) => {
        let snapshot: Uint8Array | undefined
        let log: Uint8Array[] = []
        const docs = [1, 2, 3].map((client) => {
          const { doc } = recordedDoc(client)
          doc.on('update', (update: Uint8Array, origin: unknown) => void (origin === 'relay' || log.push(update)))
          return doc
        })
        const room = () => [...(snapshot ? [snapshot] : []), ...log]
        for (const { who, what, key, sync, fold: folds } of steps) {
          const doc = docs[who]!
          const text = doc.getText('t')
          if (what < 2) doc.getMap('m').set(`k${key}`, `${what} ${key}`)
          else if (what === 2) doc.getMap('m').delete(`k${key}`)
          else if (what === 3) doc.getMap('m').set('nested', new Y.Map([['x', key]]))
          else if (what === 4 && text.length > key) text.delete(key, 1)
          else text.insert(Math.min(key, text.length), 'ab')
          if (sync === 0) for (const update of room()) Y.applyUpdate(doc, update, 'relay')
          if (folds === 0) {
            snapshot = fold({ snapshot, updates: log, seq: 1, epoch: '' })
            log = []
          }
        }
        const before = room()
        const folded = fold({ snapshot, updates: log, seq: 1, epoch: '' })!
        const fresh = new Y.Doc()
        Y.applyUpdate(fresh, folded)
        for (const doc of docs) {
          for (const update of before) Y.applyUpdate(doc, update, 'relay')
          Y.applyUpdate(doc, folded, 'relay')
          Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc))
          expect(doc.getText('t').toJSON()).toBe(fresh.getText('t').toJSON())
          expect(doc.getMap('m').toJSON()).toEqual(fresh.getMap('m').toJSON())
        }
        expect(knownFrom(folded)?.vector).toEqual(Y.decodeStateVector(Y.encodeStateVector(fresh)))
      }),
      { numRuns: 150 },
    )
  })

  it('of a room the relay writes itself is what its writer goes on from', () => {
    const core = createSqliteCore(must(openDatabase(join(folder, `${++files}.sqlite`))))
    const rooms = createRelayRooms(core)
    const put = (from: number, to: number) => {
      for (let at = from; at < to; at++)
        rooms.change('latest/all', at, (map) => {
          const lines = map('lines')
          hold(lines, `listing-${String(at).padStart(18, '0')}`, JSON.stringify({ title: 'x'.repeat(150) }))
          if (at >= 20) hold(lines, `listing-${String(at - 20).padStart(18, '0')}`, undefined)
        })
    }
    core.transact(() => put(0, 1000))
    const whole = core.readNow('latest/all')!
    const folded = fold(whole)!
    core.compactNow('latest/all', whole.seq, folded, whole.epoch)
    put(1000, 1010)
    const reader = new Y.Doc()
    const stored = core.readNow('latest/all')!
    for (const update of [stored.snapshot!, ...stored.updates]) Y.applyUpdate(reader, update)
    expect([reader.getMap('lines').size, stored.updates.length]).toEqual([20, 10])
    expect(reader.store.pendingStructs).toBeNull()
    expect(folded.length).toBeLessThan(1000 * 60)
    const before = stored.epoch
    expect(renewGrown(core, 'latest', 1_000_000)).toEqual([])
    expect(renewGrown(core, 'latest', 20_000)).toEqual(['latest/all'])
    expect(core.readNow('latest/all')).toBeUndefined()
    rooms.forget()
    put(1010, 1011)
    expect(core.readNow('latest/all')?.epoch).not.toBe(before)
    core.db.close()
  })
})
