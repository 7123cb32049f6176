/** Keys without a published record, on a real file: what they hold is counted, and goes; what was accepted stays. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { signerOf, type Did } from '#domain/identity.ts'
import { contactOf, inboxOf, latestOf, shelfOf } from '#domain/room.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import { createRelay } from '../../server/relay/relay.ts'
import { openDatabase, openReadOnly } from '../../server/stores/database.ts'
import { createKeyFacts, eraseNewcomer, takeCensus } from '../../server/stores/newcomers.ts'
import { createSqliteCore, createSqliteLog, type SqliteCore } from '../../server/stores/sqlite.ts'
import { must } from '../fixtures/must.ts'
import { connectRaw, recordedDoc, rest } from '../fixtures/relay-client.ts'

const folder = mkdtempSync(join(tmpdir(), 'newcomers-'))
const [accepted, fresh, old] = ['did:key:zAccepted', 'did:key:zFresh', 'did:key:zOld'] as unknown as [Did, Did, Did]
let core: SqliteCore
let path: string
let files = 0

beforeEach(() => {
  path = join(folder, `${++files}.sqlite`)
  core = createSqliteCore(must(openDatabase(path)))
  const bytes = (size: number) => new Uint8Array(size)
  core.appendNow([
    { room: shelfOf(accepted), update: bytes(100), at: 10 },
    { room: shelfOf(old), update: bytes(30), at: 10 },
    { room: contactOf(old), update: bytes(7), at: 90 },
    { room: inboxOf(old), update: bytes(5), at: 10 },
    { room: shelfOf(fresh), update: bytes(20), at: 90 },
    { room: latestOf('all'), update: bytes(50), at: 10 },
  ])
  const judged = (did: Did, verdict: string) =>
    core.db
      .prepare(
        `INSERT INTO journal (room, slot, seen, hash, did, received_at, verdict, refusals, rules, body)
         VALUES (?, 's', 'x', 'h', ?, 1, ?, '[]', 1, x'00') RETURNING seq`,
      )
      .get(shelfOf(did), did, verdict)?.['seq']
  judged(old, 'refused')
  core.db
    .prepare(`INSERT INTO heads VALUES ('id', 'listing', ?, 's', ?, 1, 1, 'h', NULL, 1, 1, 1)`)
    .run(accepted, judged(accepted, 'published')!)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('knows who is known, and what a key has', () => {
  const db = must(openReadOnly(path))
  const facts = createKeyFacts(db)
  expect([accepted, fresh].map(facts.standingOf)).toEqual(['known', 'new'])
  expect([accepted, old, fresh].map(facts.bytesOf)).toEqual([100, 37, 20])
  db.close()
})

it('counts their bytes, and names all rooms of a key whose first write was too long ago', () => {
  expect(takeCensus(core.db, 50)).toEqual({ bytes: 62, stale: [contactOf(old), inboxOf(old), shelfOf(old)] })
  expect(takeCensus(core.db, 0).stale).toEqual([])
})

it('erases a room with what was judged of it, and nothing of a key that was accepted meanwhile', () => {
  expect([contactOf(old), inboxOf(old), shelfOf(old)].map((room) => eraseNewcomer(core, room))).toEqual([
    true,
    true,
    true,
  ])
  expect(eraseNewcomer(core, shelfOf(accepted))).toBe(false)
  const left = core.db.prepare('SELECT name FROM rooms ORDER BY name').all()
  expect(left.map((row) => row['name'])).toEqual([latestOf('all'), shelfOf(accepted), shelfOf(fresh)])
  expect(core.db.prepare('SELECT did FROM journal').all()).toEqual([{ did: accepted }])
  expect(Number(core.db.prepare('SELECT count(*) AS n FROM updates').get()?.['n'])).toBe(3)
})

it('goes under the feet of who is joined: readers are told to start again, the author puts it back with the next write', async () => {
  let now = 1_800_000_000_000
  const hour = 3600_000
  const { did, ...signer } = await signerOf(new Uint8Array(16).fill(1), 'person')
  const room = shelfOf(did)
  const relay = createRelay({
    log: createSqliteLog(core),
    verifyToken,
    audience: 'a',
    now: () => now,
    limits: { proofBits: 0, newcomerMs: 24 * hour },
    newcomers: {
      census: async (before) => takeCensus(core.db, before),
      erase: async (name) => eraseNewcomer(core, name),
    },
  })
  const join = async (token: string) => {
    const client = connectRaw(relay)
    client.join(room, token)
    while (client.of('step-1').length === 0) await rest()
    return client
  }
  const writer = await join(await makeToken({ did, ...signer }, 'a', now))
  const reader = await join('')
  const { doc, updates } = recordedDoc(7)
  doc.getMap('records').set('a', 'x')
  writer.send({ kind: 'update', room, update: updates[0]! })
  await rest()
  const epoch = core.readNow(room)?.epoch
  now += 24 * hour + 1
  await relay.sweep()
  expect(core.readNow(room)).toBeUndefined()
  expect(reader.messages('refused')).toMatchObject([{ code: 'erased', retry: 'reset' }])
  expect(writer.codes()).toEqual([])
  writer.forget()
  doc.getMap('records').set('b', 'y')
  writer.send({ kind: 'update', room, update: updates[1]! })
  await rest()
  writer.send({ kind: 'step-2', room, update: Y.encodeStateAsUpdate(doc, writer.of('step-1')[0]!.vector) })
  await rest()
  const again = core.readNow(room)
  const copy = new Y.Doc()
  for (const update of again?.updates ?? []) Y.applyUpdate(copy, update)
  expect([copy.getMap('records').toJSON(), writer.codes()]).toEqual([{ a: 'x', b: 'y' }, []])
  expect(again?.epoch).not.toBe(epoch)
})
