/** A disk that fills, turns read-only or breaks under the whole relay: no false acknowledgement, a reason, and a way back. */
import { execFileSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { signerOf, type Signer } from '#domain/identity.ts'
import { shelfOf } from '#domain/room.ts'
import { openReadOnly } from '../../server/stores/database.ts'
import { createRoomReader } from '../../server/stores/sqlite.ts'
import { openWriter } from '../../server/stores/writer.ts'
import { dialRelay, type Dialled } from '../fixtures/dialled.ts'
import { must } from '../fixtures/must.ts'
import { startRelay, type RelayServer } from '../fixtures/relay-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'faults-'))
const cleanups: (() => unknown)[] = []
let alice: Signer
let room: string
let files = 0
beforeAll(async () => {
  alice = await signerOf(new Uint8Array(16).fill(1), 'person')
  room = shelfOf(alice.did)
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tuned = new URL('../fixtures/tuned-writer-thread.ts', import.meta.url)
const freshPath = () => join(folder, `${++files}.sqlite`)

async function start(path: string, port = 0): Promise<RelayServer> {
  const server = await startRelay(path, port, {}, tuned)
  cleanups.push(() => server.close())
  return server
}

function dial(server: RelayServer): Dialled {
  const dialled = dialRelay(server.url, room, alice)
  cleanups.push(dialled.hangUp)
  return dialled
}

const until = (met: () => void) => vi.waitFor(met, { timeout: 10_000, interval: 10 })
const settled = ({ provider }: Dialled) =>
  until(() => expect([provider.isSynced, provider.unsyncedChanges]).toEqual([true, 0]))

function onDisk(path: string): Readonly<Record<string, unknown>> {
  const db = must(openReadOnly(path))
  const bytes = createRoomReader(db)(room)
  db.close()
  const doc = new Y.Doc()
  for (const update of [...(bytes?.snapshot ? [bytes.snapshot] : []), ...(bytes?.updates ?? [])])
    Y.applyUpdate(doc, update)
  expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null])
  return doc.getMap('records').toJSON()
}

/** Writes into a broken disk, sees the no, mends it, and sees all arrive without a hand. */
async function breakAndMend(
  path: string,
  server: RelayServer,
  { breaks, mends, reason }: { breaks: () => unknown; mends: () => unknown; reason: RegExp },
): Promise<void> {
  const writer = dial(server)
  writer.doc.getMap('records').set('before', 1)
  await settled(writer)
  expect(server.writer.health()).toEqual({ ok: true })
  await breaks()
  writer.doc.getMap('records').set('large', 'x'.repeat(300_000))
  writer.doc.getMap('records').set('after', 1)
  await until(() => expect(writer.codes()).toContain('storage'))
  expect(server.writer.health()).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
  expect(writer.provider.hasUnsyncedChanges).toBe(true)
  expect(onDisk(path)).not.toHaveProperty('large')
  await mends()
  await settled(writer)
  expect(Object.keys(onDisk(path)).sort()).toEqual(['after', 'before', 'large'])
  await until(() => expect(server.writer.health()).toEqual({ ok: true }))
  expect(writer.closes()).toBe(0)
}

describe('a disk', () => {
  it('whose quota is used up refuses with a reason, and takes all once there is room', async () => {
    const path = freshPath()
    const server = await start(path)
    await breakAndMend(path, server, {
      breaks: () => server.writer.ask('exec', 'PRAGMA max_page_count = 1'), // never less than there are
      mends: () => server.writer.ask('exec', 'PRAGMA max_page_count = 100000'),
      reason: /full/,
    })
  })

  it('that turned read-only does too', async () => {
    const path = freshPath()
    const server = await start(path)
    await breakAndMend(path, server, {
      breaks: () => server.writer.ask('exec', 'PRAGMA query_only = ON'),
      mends: () => server.writer.ask('exec', 'PRAGMA query_only = OFF'),
      reason: /readonly/,
    })
  })

  it('is tried again after a fault when nobody writes any more', async () => {
    const server = await start(freshPath())
    await server.writer.ask('exec', 'PRAGMA max_page_count = 1')
    const refused = await server.writer.log.append([{ room, update: new Uint8Array(300_000), at: 1 }])
    expect(refused).toMatchObject({ ok: false, error: { kind: 'storage' } })
    expect(server.writer.health()).toMatchObject({ ok: false })
    await server.writer.ask('exec', 'PRAGMA max_page_count = 100000')
    await until(() => expect(server.writer.health()).toEqual({ ok: true }))
    expect(await server.writer.log.read(room)).toBeUndefined()
  })

  it('with a broken page gives no false yes, says why, and a good file is taken up again', async () => {
    const path = freshPath()
    const first = await startRelay(path)
    const writer = dialRelay(first.url, room, alice)
    cleanups.push(writer.hangUp)
    for (let at = 0; at < 30; at++) writer.doc.getMap('records').set(`k${at}`, 'x'.repeat(3000))
    await settled(writer)
    await first.close()
    copyFileSync(path, `${path}.good`)
    const second = await startRelay(path, first.port) // it is whole when it is opened
    breakPages(path)
    writer.doc.getMap('records').set('later', 1)
    await until(() => expect(writer.codes()).toContain('storage'))
    expect(second.writer.health()).toMatchObject({ ok: false, reason: expect.stringMatching(/malformed|corrupt/) })
    expect(writer.provider.hasUnsyncedChanges).toBe(true)
    await second.close()
    copyFileSync(`${path}.good`, path)
    for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
    await start(path, first.port)
    await settled(writer)
    expect(Object.keys(onDisk(path))).toHaveLength(31)
  })
})

function breakPages(path: string): void {
  const file = openSync(path, 'r+')
  const pageBytes = 4096
  for (let page = 4; page < 400; page++) writeSync(file, Buffer.alloc(64, 0xff), 0, 64, page * pageBytes)
  closeSync(file)
}

const mount = (...args: readonly string[]) => execFileSync('mount', args, { stdio: 'pipe' })
const mayMount = (() => {
  const at = join(folder, 'try')
  mkdirSync(at)
  try {
    mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at)
    execFileSync('umount', [at])
    return true
  } catch {
    return false // needs root; the tests above say the same of SQLite's own limits
  }
})()

function aDisk(size: string): string {
  const at = mkdtempSync(join(folder, 'disk-'))
  mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', at)
  cleanups.push(() => execFileSync('umount', ['-l', at]))
  return at
}

describe.runIf(mayMount)('a file system of its own', () => {
  it('that is full refuses with a reason, and takes all once there is room', async () => {
    const disk = aDisk('3m')
    const path = join(disk, 'portal.sqlite')
    const server = await start(path)
    const filler = join(disk, 'filler')
    await breakAndMend(path, server, {
      breaks() {
        const { bavail, bsize } = statfsSync(disk)
        writeFileSync(filler, new Uint8Array(bavail * bsize))
        expect(statfsSync(disk).bavail).toBe(0)
      },
      mends: () => rmSync(filler),
      reason: /full|disk/,
    })
  })

  it('that is read-only is not started on, and says so; made writable it is', async () => {
    const disk = aDisk('3m')
    const path = join(disk, 'portal.sqlite')
    await (await startRelay(path)).close()
    mount('-o', 'remount,ro', disk)
    expect(await openWriter({ path, thread: tuned })).toMatchObject({
      ok: false,
      error: { kind: 'unusable-database', detail: expect.stringMatching(/readonly|unable to open/) },
    })
    mount('-o', 'remount,rw', disk)
    const server = await start(path)
    const writer = dial(server)
    writer.doc.getMap('records').set('a', 1)
    await settled(writer)
    expect(onDisk(path)).toEqual({ a: 1 })
  })
})
