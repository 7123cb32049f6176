/** The projector in its own thread, beside the log: what is appended is judged, shown to followers, and read over a read-only connection. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { commitmentOf, type HeldContact } from '#domain/contact.ts'
import { contactOf, inboxOf, shelfOf } from '#domain/room.ts'
import { createContactOf } from '../../server/stores/contacts.ts'
import { databaseFile, openReadOnly } from '../../server/stores/database.ts'
import { createReadModel } from '../../server/stores/read-model.ts'
import { openWriter } from '../../server/stores/writer.ts'
import type { ProjectionSettings } from '../../server/projection.ts'
import { aRecord, aRoomCopy, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { town } from '../fixtures/town.ts'

const folder = mkdtempSync(join(tmpdir(), 'projector-thread-'))
const path = join(folder, databaseFile)
afterAll(() => rmSync(folder, { recursive: true }))

const settings: ProjectionSettings = { town, house: [], logLevel: 'silent', editionsDir: folder }
const open = async () => {
  const writer = await openWriter({ path, settings })
  if (!writer.ok) throw new Error(writer.error.detail)
  const db = openReadOnly(path)
  if (!db.ok) throw new Error(db.error.detail)
  return { writer: writer.value, db: db.value, model: createReadModel(db.value, town) }
}

it('publishes over the threads, and goes on where it was after a restart', async () => {
  const alice = await aSigner(1)
  const now = Date.now()
  const held: HeldContact = { contact: { kind: 'phone', value: '13800001111' }, key: 'A'.repeat(22) }
  const first = await aRecord(alice, 1, now, { contact: await commitmentOf(held) })
  const second = await aRecord(alice, 2, now)
  const copy = aRoomCopy('records')
  const contact = aRoomCopy('contacts').put({ [slotOf(first)]: JSON.stringify(held) })

  const { writer, db, model } = await open()
  const followed = new Set<string>()
  writer.log.follow((entries) => entries.forEach(({ room }) => followed.add(room)))
  await writer.log.append([
    { room: shelfOf(alice.did), update: copy.put({ [slotOf(first)]: first.text }), at: now },
    { room: contactOf(alice.did), update: contact, at: now },
  ])
  await writer.ask('projected', undefined)
  expect(await model.listing(first.envelope.id, now)).toMatchObject({ life: 'live', record: first.text })
  expect(await createContactOf(db)(first.envelope.id, now)).toEqual({ ok: true, value: held })
  expect([...followed].sort()).toEqual(
    [contactOf(alice.did), inboxOf(alice.did), 'latest/all', 'latest/goods', shelfOf(alice.did), 'wire/0'].sort(),
  )
  await writer.log.append([{ room: shelfOf(alice.did), update: copy.put({ [slotOf(second)]: second.text }), at: now }])
  await writer.close() // at once: what is not judged yet is judged at the next start
  db.close()

  const again = await open()
  await again.writer.ask('projected', undefined)
  expect((await again.model.counts(now))['goods']?.live).toBe(2)
  expect((await again.model.poster(alice.did, now))?.lines).toHaveLength(2)
  await again.writer.close()
  again.db.close()
})
