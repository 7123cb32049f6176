/** The drill: a backup while people write, a loss, a restore into a new folder, and everybody has everything again. */
import { execFile } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import type { Signer } from '#domain/identity.ts'
import { shelfOf } from '#domain/room.ts'
import { backup, backupPortalKey } from '../../server/backup.ts'
import { readLastBackup } from '../../server/last-backup.ts'
import { restore } from '../../server/restore.ts'
import { openDatabase } from '../../server/stores/database.ts'
import { migrations } from '../../server/stores/migrations.ts'
import { createSqliteCore } from '../../server/stores/sqlite.ts'
import { openBusyWriter } from '../fixtures/busy-writer.ts'
import { must } from '../fixtures/must.ts'
import { startPortalProcess, type PortalProcess } from '../fixtures/portal.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aRecord, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { until } from '../fixtures/until.ts'
import { openAs } from '../journeys/client.ts'

const folder = mkdtempSync(join(tmpdir(), 'backup-'))
const running: PortalProcess[] = []
afterAll(async () => {
  for (const portal of running) await portal.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})
const server = new URL('../../server/', import.meta.url).pathname
const start = async (env: Readonly<Record<string, string>>) => {
  const portal = await startPortalProcess(folder, env)
  running.push(portal)
  return portal
}

/** A program of the server, as npm runs it. */
async function run(program: string, dataDir: string, ...args: readonly string[]) {
  const env = { ...process.env, DATA_DIR: dataDir, PORTAL: 'rizhao' }
  const child = promisify(execFile)(process.execPath, [join(server, program), ...args], { env })
  return child.then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (failed: { code: number; stdout: string; stderr: string }) => ({
      code: failed.code,
      said: failed.stdout + failed.stderr,
    }),
  )
}

interface Person {
  readonly signer: Signer
  readonly room: string
  readonly client: ReturnType<typeof openAs>
  count: number
}
async function post(person: Person): Promise<void> {
  const record = await aRecord(person.signer, ++person.count, Date.now(), { title: `第 ${person.count} 张书桌` })
  person.client.doc.getMap('records').set(slotOf(record), record.text)
}
const epochsIn = (path: string): ReadonlyMap<string, string> => {
  const db = new DatabaseSync(path)
  const rows = db.prepare('SELECT name, epoch FROM rooms').all()
  db.close()
  return new Map(rows.map((row) => [String(row['name']), String(row['epoch'])]))
}

describe('the drill', () => {
  it('gives back what the backup had, and the people bring what came later', async () => {
    const [before, after] = [join(folder, 'before'), join(folder, 'after')]
    const file = join(folder, 'drill.sqlite')
    const first = await start({ DATA_DIR: before })
    const people = await Promise.all(
      [1, 2, 3].map(async (seed): Promise<Person> => {
        const signer = await aSigner(seed)
        const room = shelfOf(signer.did)
        return { signer, room, client: openAs(first.url, room, signer), count: 0 }
      }),
    )
    const busy = await openBusyWriter(first.url, await aSigner(9), 9)
    for (const person of people) await post(person)
    const stored = () => people.every(({ client }) => client.synced() && client.unsynced() === 0)
    await until('the first posts', stored)

    const ackedBefore = busy.acked()
    const made = await run('backup.ts', before, file)
    expect(made.code, made.said).toBe(0)
    expect(busy.acked(), 'writes went on meanwhile').toBeGreaterThan(ackedBefore)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readLastBackup(before)?.bytes).toBe(statSync(file).size)
    expect((await run('restore.ts', before, file, '--force')).said).toMatch(/^running: .*stop the server/)

    for (const person of people) await post(person) // what the backup does not have
    await until('the later posts', stored)
    expect(await first.end('SIGKILL')).toBe(null)
    busy.stop()

    const restored = await run('restore.ts', after, file)
    expect(restored.code, restored.said).toBe(0)
    const [old, renewed] = [epochsIn(file), epochsIn(join(after, 'portal.sqlite'))]
    expect([...renewed.keys()]).toEqual([...old.keys()])
    expect([...renewed].filter(([room, epoch]) => old.get(room) === epoch)).toEqual([])
    expect(new Set(renewed.values()).size).toBe(renewed.size)
    const check = await run('replay.ts', after, '--check')
    expect([check.code, check.said]).toEqual([0, expect.stringContaining('the read model is what the journal says')])

    const second = await start({ DATA_DIR: after, PORT: first.port })
    await until('everybody to be back', stored)
    for (const { room, client, signer } of people) {
      const reader = openAs(second.url, room, signer)
      await until('a reader', () => reader.doc.getMap('records').size === 2)
      expect(reader.doc.getMap('records').toJSON()).toEqual(client.doc.getMap('records').toJSON())
      reader.close()
      client.close()
    }
    expect(await second.end('SIGTERM')).toBe(0)
    expect((await run('replay.ts', after, '--check')).code).toBe(0)
    const core = createSqliteCore(must(openDatabase(join(after, 'portal.sqlite'))))
    const published = core.db.prepare("SELECT count(*) AS n FROM journal WHERE verdict = 'published'").get()
    core.db.close()
    expect(Number(published?.['n'])).toBe(6)
  }, 120_000) // clients dial again with a growing pause
})

/** A folder with a little of everything in it, its server stopped. */
async function aFolder(name: string, title = '实木书桌一张') {
  const dataDir = join(folder, name)
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'portal.txt'), 'rizhao\n')
  const signer = await aSigner(5)
  const projection = openProjection(join(dataDir, 'portal.sqlite'))
  const record = await aRecord(signer, 1, projection.clock.now, { title })
  await projection.shelve(signer.did, { [slotOf(record)]: record.text })
  return { dataDir, signer, projection, file: join(folder, `${name}.sqlite`) }
}
const options = (dataDir: string, file: string) => ({
  dataDir,
  file,
  portal: 'rizhao',
  force: false,
  now: 1_795_000_000_000,
})

describe('a backup', () => {
  it('has no byte of what was erased, though the file it was made from is long', async () => {
    const { dataDir, signer, projection, file } = await aFolder('erased')
    await projection.holdContacts(signer.did, { 'slot/phone': '{"number":"13800138000"}' })
    await projection.dropContact(signer.did, 'slot/phone')
    const { core } = projection
    core.db.exec("DELETE FROM updates WHERE room LIKE 'contact/%'") // as the compaction of the room will
    must(backup({ dataDir, file, now: 1 }))
    expect(readFileSync(join(dataDir, 'portal.sqlite-wal')).includes('13800138000')).toBe(true)
    expect(readFileSync(file).includes('13800138000')).toBe(false)
    core.db.close()
  })

  it('overwrites nothing, needs a portal, and leaves nothing half made', async () => {
    const { dataDir, projection, file } = await aFolder('careful')
    must(backup({ dataDir, file, now: 1 }))
    const bytes = readFileSync(file)
    expect(backup({ dataDir, file, now: 2 })).toMatchObject({ error: { kind: 'file-exists' } })
    expect(readFileSync(file)).toEqual(bytes)
    expect(backup({ dataDir: join(folder, 'nowhere'), file: `${file}2`, now: 2 })).toMatchObject({
      error: { kind: 'no-portal' },
    })
    const unwritable = join(folder, 'no', 'such', 'folder.sqlite')
    expect(backup({ dataDir, file: unwritable, now: 2 })).toMatchObject({ error: { kind: 'not-written' } })
    expect(readLastBackup(dataDir)?.at).toBe(1)
    projection.core.db.close()
    const torn = readFileSync(join(dataDir, 'portal.sqlite'))
    torn.fill(0x5a, 8192, torn.length - 4096)
    writeFileSync(join(dataDir, 'portal.sqlite'), torn)
    expect(backup({ dataDir, file: `${file}3`, now: 3 })).toMatchObject({ error: { kind: 'not-written' } })
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    expect(existsSync(`${file}3`)).toBe(false)
  })
})

describe('a restore', () => {
  it('overwrites nothing unless told, and then keeps what was there', async () => {
    const { dataDir, projection, file } = await aFolder('first')
    must(backup({ dataDir, file, now: 1 }))
    projection.core.db.close()
    const second = await aFolder('second', '另一张书桌，第二座城')
    second.projection.core.db.close()
    const held = readFileSync(join(second.dataDir, 'portal.sqlite'))
    expect(restore(options(second.dataDir, file))).toMatchObject({ error: { kind: 'occupied' } })
    expect(readFileSync(join(second.dataDir, 'portal.sqlite'))).toEqual(held)

    const { aside } = must(restore({ ...options(second.dataDir, file), force: true }))
    expect(readFileSync(join(aside!, 'portal.sqlite'))).toEqual(held)
    expect(readdirSync(aside!).sort()).toEqual(['portal.sqlite', 'portal.txt'])
    expect(readdirSync(second.dataDir).sort()).toEqual([
      'before-restore-2026-11-18T11-06-40-000Z',
      'portal.sqlite',
      'portal.txt',
    ])
    const core = createSqliteCore(must(openDatabase(join(second.dataDir, 'portal.sqlite'))))
    expect(core.db.prepare('SELECT title FROM listings').all()).toEqual([{ title: '实木书桌一张' }])
    expect(core.db.prepare('SELECT key FROM meta WHERE key = ?').all(backupPortalKey)).toEqual([])
    core.db.close()
  })

  it('takes the log of the old database away with it', async () => {
    const { dataDir, projection, file } = await aFolder('crashed')
    must(backup({ dataDir, file, now: 1 }))
    const copy = join(folder, 'crashed-copy') // as a kill leaves it: with a log beside the file
    mkdirSync(copy)
    for (const name of readdirSync(dataDir)) copyFileSync(join(dataDir, name), join(copy, name))
    projection.core.db.close()
    expect(readdirSync(copy)).toContain('portal.sqlite-wal')
    must(restore({ ...options(copy, file), force: true }))
    expect(readdirSync(copy).filter((name) => name.startsWith('portal.sqlite'))).toEqual(['portal.sqlite'])
  })

  it.each([
    ['no-file', 'missing.sqlite', undefined],
    ['not-a-backup', 'text.sqlite', (path: string) => writeFileSync(path, 'not a database')],
    [
      'not-a-backup', // a database, and not made by a backup: its log may be missing
      'plain.sqlite',
      (path: string) => must(openDatabase(path)).close(),
    ],
    ['other-town', 'town.sqlite', (path: string) => aBackup(path, migrations.length, 'huangdao')],
    ['not-written', 'newer.sqlite', (path: string) => aBackup(path, migrations.length + 1, 'rizhao')],
  ])('is refused as %s for %s, and touches nothing', (kind, name, make) => {
    const file = join(folder, name)
    make?.(file)
    const dataDir = join(folder, `for-${name}`)
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'portal.sqlite'), 'the old one')
    const refused = restore({ ...options(dataDir, file), force: true })
    expect(refused).toMatchObject({ ok: false, error: { kind } })
    expect(readdirSync(dataDir)).toEqual(['portal.sqlite'])
    expect(readFileSync(join(dataDir, 'portal.sqlite'), 'utf8')).toBe('the old one')
    if (name === 'newer.sqlite')
      expect(refused).toMatchObject({ error: { detail: expect.stringMatching(/newer-database.*version/) } })
  })

  it('brings an older backup forward', () => {
    const file = join(folder, 'older.sqlite')
    aBackup(file, 1, 'rizhao')
    const dataDir = join(folder, 'from-older')
    expect(must(restore(options(dataDir, file))).rooms).toBe(1)
    const core = createSqliteCore(must(openDatabase(join(dataDir, 'portal.sqlite'))))
    expect(core.db.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length })
    expect(core.readNow('latest/all')?.updates).toEqual([Uint8Array.of(0, 0)])
    expect(core.db.prepare('SELECT count(*) AS n FROM listings').get()).toEqual({ n: 0 })
    core.db.close()
  })
})

/** A backup as a program of that version would have made it. */
function aBackup(path: string, version: number, portal: string): void {
  const db = new DatabaseSync(path)
  for (const sql of migrations.slice(0, version)) db.exec(sql)
  db.exec(`PRAGMA user_version = ${version}`)
  db.exec("INSERT INTO rooms (name, epoch, last_seq, last_at) VALUES ('latest/all', 'old', 1, 1)")
  db.prepare('INSERT INTO updates (room, at, body) VALUES (?, 1, ?)').run('latest/all', Uint8Array.of(0, 0))
  db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)').run(backupPortalKey, portal)
  db.close()
}
