/** Compaction under the whole relay, seen by the unchanged provider: nobody notices, but the room is small again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { signerOf, type Signer } from '#domain/identity.ts'
import { shelfOf } from '#domain/room.ts'
import { createCompaction, type Compaction } from '../../server/compaction.ts'
import { dialRelay, type Dialled } from '../fixtures/dialled.ts'
import { must } from '../fixtures/must.ts'
import { startRelay, type RelayServer } from '../fixtures/relay-server.ts'
import { replacedSlot, replacedValue, replacements } from '../fixtures/replaced.ts'

const folder = mkdtempSync(join(tmpdir(), 'compaction-relay-'))
const cleanups: (() => unknown)[] = []
let alice: Signer
let room: string
let server: RelayServer
let compaction: Compaction
let files = 0

beforeAll(async () => {
  alice = await signerOf(new Uint8Array(16).fill(1), 'person')
  room = shelfOf(alice.did)
})
beforeEach(async () => {
  const path = join(folder, `${++files}.sqlite`)
  server = await startRelay(path, 0, { roomBytes: 300_000, socketUpdatesPerSecond: 0, keyUpdatesPerSecond: 0 })
  compaction = createCompaction({
    writer: server.writer,
    path,
    now: Date.now,
    quietMs: 0,
    onCompacted: server.relay.refresh,
    report: (name, reason) => expect.fail(`${name}: ${String(reason)}`),
  })
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  await compaction.close()
  await server.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function dial(signer: Signer | undefined): Dialled {
  const dialled = dialRelay(server.url, room, signer)
  cleanups.push(dialled.hangUp)
  return dialled
}
const until = (met: () => unknown) => vi.waitFor(met, { timeout: 15_000, interval: 10 })
const settled = ({ provider }: Dialled) =>
  until(() => expect([provider.isSynced, provider.unsyncedChanges]).toEqual([true, 0]))
const compactNow = async () => {
  compaction.want(room)
  await compaction.settled()
}

describe('a room that is compacted', () => {
  it('goes on for who writes and who reads, and who joins gets the small one', async () => {
    const [writer, reader] = [dial(alice), dial(undefined)]
    for (const dialled of [writer, reader]) await settled(dialled)
    for (let at = 0; at < 300; at++) {
      writer.doc.getMap('records').set('k', `${'x'.repeat(1000)} ${at}`)
      if (at % 60 === 30) await compactNow()
      if (at % 20 === 0) await settled(writer)
    }
    await settled(writer)
    await compactNow()
    expect(compaction.counts().rooms).toBeGreaterThan(3)
    const joined = dial(undefined)
    for (const { doc } of [reader, joined])
      await until(() => expect(doc.getMap('records').toJSON()).toEqual(writer.doc.getMap('records').toJSON()))
    const again = dial(undefined) // asked for so often, its bytes are kept
    await settled(again)
    expect(server.relay.merged(room)?.bytes().length).toBeLessThan(1500)
    expect([writer, reader, joined].map((dialled) => dialled.closes())).toEqual([0, 0, 0])
    expect([...writer.codes(), ...reader.codes()]).toEqual([])
  })

  it('was full, could be emptied, and takes writes again', async () => {
    const writer = dial(alice)
    for (let at = 0; at < 29; at++) writer.doc.getMap('records').set(`k${at}`, 'x'.repeat(10_000))
    await settled(writer)
    writer.doc.getMap('records').set('one too many', 'x'.repeat(20_000))
    await until(() => expect(writer.codes()).toContain('room-full'))
    for (let at = 0; at < 20; at++) writer.doc.getMap('records').delete(`k${at}`)
    await settled(writer)
    await compactNow()
    const stored = await server.writer.log.read(room)
    expect((stored?.snapshot?.length ?? 0) + (stored?.updates.length ?? 0)).toBeLessThan(130_000)
    for (let at = 0; at < 10; at++) writer.doc.getMap('records').set(`n${at}`, 'x'.repeat(10_000))
    await settled(writer)
    expect(writer.closes()).toBe(0)
  })

  it('of 10,000 sessions is still read and written, and a write costs no whole state vector', async () => {
    const batch: Uint8Array[] = []
    for (const update of replacements(10_000, 1)) {
      batch.push(update)
      if (batch.length < 500) continue
      must(await server.writer.log.append(batch.splice(0).map((sent) => ({ room, update: sent, at: 1 }))))
    }
    await compactNow()
    const [writer, reader] = [dial(alice), dial(undefined)]
    for (const { doc } of [writer, reader])
      await until(() => expect(doc.getMap('records').get(replacedSlot)).toBe(replacedValue(9999)))
    await settled(writer)
    writer.doc.getMap('records').set(replacedSlot, 'mine')
    await settled(writer)
    await until(() => expect(reader.doc.getMap('records').get(replacedSlot)).toBe('mine'))
    const stored = writer.told.filter((message) => message.kind === 'stored')
    expect(stored[0]!.sv.length).toBeGreaterThan(50_000)
    expect(stored.at(-1)!.sv.length).toBeLessThan(20)
    expect(writer.codes()).toEqual([])
  })
})
