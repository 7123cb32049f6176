/** Every store runs the contract; what only a file can do, fill up, break, or be newer, is tested below. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase, openReadOnly } from '../../server/stores/database.ts'
import { createMemoryLog } from '../../server/stores/memory.ts'
import { migrations } from '../../server/stores/migrations.ts'
import { createSqliteCore, createSqliteLog } from '../../server/stores/sqlite.ts'
import { openWriter, type Writer } from '../../server/stores/writer.ts'
import { updateLogContract } from '../contract/update-log.ts'
import { must } from '../fixtures/must.ts'

const folder = mkdtempSync(join(tmpdir(), 'stores-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0
const freshPath = () => join(folder, `${++files}.sqlite`)
const samePath = () => join(folder, `${files}.sqlite`)

const openCore = (path: string) => createSqliteCore(must(openDatabase(path)))
const openLog = async (path: string) => createSqliteLog(openCore(path))
const thread = new URL('../fixtures/plain-writer-thread.ts', import.meta.url)
const openThread = async (path: string) => must(await openWriter({ path, thread })).log

updateLogContract('memory', async () => createMemoryLog())
updateLogContract(
  'sqlite in this thread',
  () => openLog(freshPath()),
  () => openLog(samePath()),
)
updateLogContract(
  'sqlite behind the writer thread',
  () => openThread(freshPath()),
  () => openThread(samePath()),
)

const one = (room: string, byte = 1) => ({ room, update: Uint8Array.of(byte), at: 5 })

describe('the database file', () => {
  it('is durable and erases: WAL, fsync at every commit, deleted bytes overwritten', () => {
    const db = must(openDatabase(freshPath()))
    const pragma = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('secure_delete'), pragma('foreign_keys')]).toEqual([
      'wal',
      2,
      1,
      1,
    ])
    db.close()
  })

  it('does not keep compacted bytes anywhere on the disk', async () => {
    const path = freshPath()
    const log = await openLog(path)
    const secret = new TextEncoder().encode('13906330000-secret')
    const [receipt] = must(await log.append([{ room: 'a', update: secret, at: 1 }]))
    await log.compact('a', receipt!.seq, Uint8Array.of(0, 0))
    await log.close()
    expect(readFileSync(path).includes(secret)).toBe(false)
  })

  it.each([
    ['noise', Buffer.alloc(16_384, 0x5a)],
    ['a text', Buffer.from('not a database at all, but long enough to be taken for one '.repeat(40))],
  ])('refuses %s as corrupt, as a value', (_, bytes) => {
    const path = freshPath()
    writeFileSync(path, bytes)
    expect(openDatabase(path)).toMatchObject({ ok: false, error: { kind: 'corrupt-database', path } })
    expect(readFileSync(path)).toEqual(bytes)
  })

  it('refuses a file with a page overwritten, also through the writer thread', async () => {
    const path = freshPath()
    const log = await openLog(path)
    for (let at = 0; at < 200; at++) await log.append([{ room: `r${at}`, update: new Uint8Array(900).fill(at), at }])
    await log.close()
    const bytes = readFileSync(path)
    bytes.fill(0xff, 4096 * 3, 4096 * 12)
    writeFileSync(path, bytes)
    expect(openDatabase(path)).toMatchObject({ ok: false, error: { kind: 'corrupt-database' } })
    expect(await openWriter({ path, thread })).toMatchObject({ ok: false, error: { kind: 'corrupt-database', path } })
  })

  it('refuses a file of a newer program, and one that cannot be opened', async () => {
    const path = freshPath()
    const newer = new DatabaseSync(path)
    newer.exec(`PRAGMA user_version = ${migrations.length + 1}`)
    newer.close()
    expect(openDatabase(path)).toMatchObject({ ok: false, error: { kind: 'newer-database' } })
    const nowhere = join(folder, 'no', 'such', 'folder.sqlite')
    expect(await openWriter({ path: nowhere, thread })).toMatchObject({
      ok: false,
      error: { kind: 'unusable-database' },
    })
  })

  it('a read-only connection cannot change it', () => {
    const path = freshPath()
    must(openDatabase(path)).close()
    const reader = must(openReadOnly(path))
    expect(() => reader.exec("INSERT INTO meta VALUES ('a', 'b')")).toThrow(/readonly/)
    reader.close()
  })
})

describe('the synchronous core', () => {
  it('commits an append with what else the transaction does, tells followers once, after the commit', () => {
    const core = openCore(freshPath())
    const told: unknown[] = []
    core.follow((entries) =>
      told.push(
        entries.map((entry) => entry.seq),
        core.db.isTransaction,
      ),
    )
    core.transact(() => {
      core.appendNow([one('a')])
      core.db.exec("INSERT INTO meta VALUES ('cursor', '1')")
      core.appendNow([one('b')])
      expect(told).toEqual([])
    })
    expect(told).toEqual([[1, 2], false])
  })

  it('keeps nothing and tells nobody when the work throws', () => {
    const core = openCore(freshPath())
    let told = 0
    core.follow(() => told++)
    const work = () => {
      core.appendNow([one('a')])
      throw new Error('stop')
    }
    expect(() => core.transact(work)).toThrow('stop')
    expect(core.readNow('a')).toBeUndefined()
    core.appendNow([one('b')])
    expect(told).toBe(1)
  })

  it('a full disk is a value, nothing of that append is kept, and it goes on when there is room', async () => {
    const core = openCore(freshPath())
    const log = createSqliteLog(core)
    await log.append([one('a')])
    const pages = Number(core.db.prepare('PRAGMA page_count').get()?.['page_count'])
    core.db.exec(`PRAGMA max_page_count = ${pages + 2}`)
    const tooMuch = [one('a', 2), { room: 'a', update: new Uint8Array(100_000), at: 1 }]
    expect(await log.append(tooMuch)).toMatchObject({ ok: false, error: { kind: 'storage' } })
    expect((await log.read('a'))?.updates).toHaveLength(1)
    core.db.exec('PRAGMA max_page_count = 100000')
    expect((await log.append(tooMuch)).ok).toBe(true)
  })
})

const plugged = async (): Promise<Writer> => {
  const echo = new URL('../fixtures/plugged-writer-thread.ts', import.meta.url)
  return must(await openWriter({ path: freshPath(), settings: { greeting: 'hello' }, thread: echo }))
}

describe('the writer thread', () => {
  it('makes one transaction of the appends of a tick', async () => {
    const writer = await plugged()
    await Promise.all(Array.from({ length: 50 }, (_, at) => writer.log.append([one(`r${at}`)])))
    expect(await writer.ask('commits', undefined)).toBe(1)
    await writer.close()
  })

  it('tells what the plug appends through the same follow, after the entry that caused it', async () => {
    const writer = await plugged()
    const seen: string[] = []
    writer.log.follow((entries) => void seen.push(...entries.map((entry) => entry.room)))
    await writer.log.append([one('a')])
    expect(await writer.ask('greet', { name: 'plug' })).toBe('hello plug')
    await writer.ask('settled', undefined)
    expect(seen).toEqual(['a', 'echo'])
    expect((await writer.log.read('echo'))?.updates[0]).toEqual(Uint8Array.of(1))
    await writer.close()
  })

  it('a question that fails is an error here, and the thread lives', async () => {
    const writer = await plugged()
    await expect(writer.ask('fail', undefined)).rejects.toThrow('as asked')
    expect((await writer.log.append([one('a')])).ok).toBe(true)
    await writer.close()
  })

  it('when the thread dies, appends say so and the owner is told', async () => {
    const writer = await plugged()
    const pending = writer.ask('die', undefined)
    await expect(pending).rejects.toThrow()
    expect(await writer.lost).toMatch(/writer thread/)
    expect(await writer.log.append([one('a')])).toMatchObject({ ok: false, error: { kind: 'storage' } })
    await writer.close()
  })
})
