/** From a shelf to what everyone sees: rooms, notices, validity, contacts, the sweep, and rooms that are broken. */
import { beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { commitmentOf, type HeldContact } from '#domain/contact.ts'
import { lineOf } from '#domain/entry.ts'
import type { ListingBody } from '#domain/listing.ts'
import type { Did, Signer } from '#domain/identity.ts'
import { renewGapMs } from '#domain/life.ts'
import { shelfOf } from '#domain/room.ts'
import { dayMs, hourMs, minuteMs } from '#domain/time.ts'
import { mostLive } from '#domain/quota.ts'
import { createContactOf } from '../../server/stores/contacts.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aProfile, aRecord, aRenewal, anEdit, aRoomCopy, noon, resigned, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

let alice: Signer
let bob: Signer
beforeAll(async () => {
  alice = await aSigner(1)
  bob = await aSigner(2)
})

const hour = (n: number) => noon + n * hourMs
const many = (count: number) => Array.from({ length: count }, (_, i) => i)
const verdicts = (portal: ReturnType<typeof openProjection>) => portal.journal().map(({ verdict }) => verdict)

describe('a listing', () => {
  it('is in the read model, latest, the wire and its author’s inbox', async () => {
    const portal = openProjection()
    const record = await aRecord(alice, 1, noon, { fields: { negotiable: true, brand: '老榆' } })
    await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    const { id } = record.envelope
    const line = { id, category: 'goods', author: alice.did, at: noon, until: noon + 30 * dayMs }
    expect(portal.latest('all')[id]).toMatchObject(line)
    expect(portal.latest('goods')).toEqual(portal.latest('all'))
    expect(await portal.model.latest({ limit: 20 }, noon)).toEqual(Object.values(portal.latest('all')))
    expect(portal.latest('all')[id]).toEqual(lineOf(record, record.envelope.body as ListingBody, noon))
    expect(portal.wire()[id]).toMatchObject({ ...line, text: record.envelope.body['text'] })
    expect(portal.inbox(alice.did)).toEqual({
      [record.hash]: { id, kind: 'listing', hash: record.hash, verdict: 'published', refusals: [], at: noon },
    })
    expect(await portal.model.listing(id, noon)).toMatchObject({ record: record.text, life: 'live', rev: 1 })
  })

  it('is judged once: the same value, the same room again, another slot with it', async () => {
    const portal = openProjection()
    const record = await aRecord(alice, 1, noon)
    await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    await portal.shelve(alice.did, {})
    expect(verdicts(portal)).toEqual(['published'])
    const seq = portal.core.readNow('wire/0')?.seq
    await portal.shelve(alice.did, { [slotOf(record, 'laptop')]: record.text })
    expect(verdicts(portal)).toEqual(['published', 'published'])
    expect(portal.core.readNow('wire/0')?.seq).toBe(seq) // nothing changed, so nothing was appended
    expect(Object.keys(portal.inbox(alice.did))).toEqual([record.hash])
  })

  it('moves with its category, and leaves the lists when it is sold', async () => {
    const portal = openProjection()
    const first = await aRecord(alice, 1, noon)
    const moved = await anEdit(alice, first, noon, { category: 'services', intent: 'offer', sub: 'repair' })
    const sold = await anEdit(alice, moved, noon, { state: 'sold-here' })
    const { id } = first.envelope
    await portal.shelve(alice.did, { [slotOf(first)]: first.text })
    await portal.shelve(alice.did, { [slotOf(first)]: moved.text })
    expect([portal.latest('goods'), Object.keys(portal.latest('services'))]).toEqual([{}, [id]])
    await portal.shelve(alice.did, { [slotOf(first)]: sold.text })
    expect([portal.latest('services'), portal.latest('all'), portal.wire()]).toEqual([{}, {}, {}])
    expect(await portal.model.listing(id, noon)).toMatchObject({ life: 'sold', overAt: noon, rev: 3 })
    expect(await portal.model.counts(noon)).toEqual({})
  })

  it('made with edits offline shows its last revision only', async () => {
    const portal = openProjection()
    const first = await aRecord(alice, 1, noon)
    const third = await anEdit(alice, await anEdit(alice, first, noon + 1), noon + 2, { title: '第三版的实木书桌' })
    await portal.shelve(alice.did, { [slotOf(first)]: third.text })
    expect(portal.latest('all')[first.envelope.id]).toMatchObject({ title: '第三版的实木书桌' })
  })

  it('edited on another device that had seen it supersedes nothing', async () => {
    const portal = openProjection()
    const first = await aRecord(alice, 1, noon)
    const second = await anEdit(alice, first, noon + 1)
    const third = await anEdit(alice, second, noon + 2)
    await portal.shelve(alice.did, { [slotOf(first, 'phone')]: first.text })
    await portal.shelve(alice.did, { [slotOf(first, 'laptop')]: second.text })
    await portal.shelve(alice.did, { [slotOf(first, 'phone')]: third.text })
    expect(Object.values(portal.inbox(alice.did)).map(({ verdict }) => verdict)).toEqual(many(3).map(() => 'published'))
  })
})

describe('validity', () => {
  it('runs from the receipt: a post written offline loses no days, an edit adds none', async () => {
    const portal = openProjection()
    const first = await aRecord(alice, 1, noon)
    portal.clock.now = noon + 3 * dayMs
    await portal.shelve(alice.did, { [slotOf(first)]: first.text })
    const view = () => portal.model.listing(first.envelope.id, portal.clock.now)
    expect(await view()).toMatchObject({ receivedAt: noon + 3 * dayMs, until: noon + 33 * dayMs })
    portal.clock.now = noon + 5 * dayMs
    const edit = await anEdit(alice, first, portal.clock.now, { priceFen: 1 })
    await portal.shelve(alice.did, { [slotOf(first)]: edit.text })
    expect(await view()).toMatchObject({ receivedAt: noon + 3 * dayMs, until: noon + 33 * dayMs, rev: 2 })
    portal.clock.now = noon + 6 * dayMs
    const renewal = await aRenewal(alice, edit, portal.clock.now)
    await portal.shelve(alice.did, { [slotOf(first)]: renewal.text })
    expect(await view()).toMatchObject({ receivedAt: noon + 6 * dayMs, until: noon + 36 * dayMs, rev: 3 })
  })

  it.each([
    ['an hour before the gap is over', renewGapMs - hourMs, 'refused'],
    ['when the gap is over', renewGapMs, 'published'],
  ])('a renewal %s', async (_, after, verdict) => {
    const portal = openProjection()
    const first = await aRecord(alice, 1, noon)
    await portal.shelve(alice.did, { [slotOf(first)]: first.text })
    portal.clock.now = noon + after
    const renewal = await aRenewal(alice, first, portal.clock.now)
    await portal.shelve(alice.did, { [slotOf(first)]: renewal.text })
    const rules = verdict === 'refused' ? ['renewed-too-soon'] : []
    expect(portal.journal()[1]).toMatchObject({ verdict, rules })
  })

  it('sold and back is no way around the gap; undoing it with an edit is free and adds no time', async () => {
    const portal = openProjection()
    const first = await aRecord(alice, 1, noon)
    const sold = await anEdit(alice, first, hour(1), { state: 'sold-here' })
    const bumped = await aRenewal(alice, sold, hour(2), { state: 'live' })
    const undone = await anEdit(alice, sold, hour(3), { state: 'live' })
    portal.clock.now = hour(3)
    for (const one of [first, sold, bumped, undone]) await portal.shelve(alice.did, { [slotOf(one)]: one.text })
    expect(verdicts(portal)).toEqual(['published', 'published', 'refused', 'published'])
    expect(portal.latest('all')[first.envelope.id]).toMatchObject({ until: hour(3) + 30 * dayMs })
    expect(await portal.model.listing(first.envelope.id, hour(3))).toMatchObject({ life: 'live', overAt: undefined })
  })

  it('a first revision dated years back buys no renewals', async () => {
    const portal = openProjection()
    const old = await aRecord(alice, 1, noon - 1000 * dayMs)
    const step = await aRenewal(alice, old, noon - 990 * dayMs)
    await portal.shelve(alice.did, { [slotOf(old)]: old.text })
    portal.clock.now = noon + dayMs
    await portal.shelve(alice.did, { [slotOf(old)]: step.text })
    expect(portal.journal()[1]).toMatchObject({ verdict: 'refused', rules: ['renewed-too-soon'] })
    const honest = await aRenewal(alice, old, noon + dayMs)
    await portal.shelve(alice.did, { [slotOf(old)]: honest.text })
    expect(verdicts(portal)).toEqual(['published', 'refused', 'published'])
  })

  it('a renewal time that is neither the last one nor its own is refused', async () => {
    const portal = openProjection()
    const first = await aRecord(alice, 1, noon)
    const edit = await anEdit(alice, first, hour(60))
    const odd = await resigned(alice, edit, { renewedAt: hour(50) })
    portal.clock.now = hour(60)
    for (const one of [first, odd]) await portal.shelve(alice.did, { [slotOf(one)]: one.text })
    expect(portal.journal()[1]).toMatchObject({ verdict: 'refused', rules: ['bad-shape'] })
  })

  it('a renewal is not lost when a device that had not seen it wins', async () => {
    const portal = openProjection()
    const first = await aRecord(alice, 1, noon)
    const renewal = await aRenewal(alice, first, hour(50))
    const offline = await anEdit(alice, first, hour(51), { title: '另一台设备上的书桌' })
    await portal.shelve(alice.did, { [slotOf(first)]: first.text })
    portal.clock.now = hour(52)
    await portal.shelve(alice.did, { [slotOf(first)]: renewal.text })
    await portal.shelve(alice.did, { [slotOf(first, 'laptop')]: offline.text })
    expect(portal.latest('all')[first.envelope.id]).toMatchObject({
      title: '另一台设备上的书桌',
      until: hour(52) + 30 * dayMs,
    })
    const again = await aRenewal(alice, offline, hour(53))
    portal.clock.now = hour(53)
    await portal.shelve(alice.did, { [slotOf(first, 'laptop')]: again.text })
    expect(portal.journal().at(-1)?.rules).toEqual(['renewed-too-soon']) // the gap counts from the lost device's renewal
  })
})

describe('latest and the sweep', () => {
  it('keeps the 20 newest, and who leaves makes room for the next', async () => {
    const portal = openProjection()
    const records = await Promise.all(many(23).map((i) => aRecord(alice, i, noon)))
    for (const [i, record] of records.entries()) {
      portal.clock.now = noon + i * minuteMs
      await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    }
    const shown = () => Object.keys(portal.latest('goods')).sort()
    const idsOf = (from: number, to: number) =>
      records
        .slice(from, to)
        .map(({ envelope }) => envelope.id)
        .sort()
    expect(shown()).toEqual(idsOf(3, 23))
    const sold = await anEdit(alice, records[22]!, portal.clock.now, { state: 'sold-here' })
    await portal.shelve(alice.did, { [slotOf(sold)]: sold.text })
    expect(shown()).toEqual(idsOf(2, 22))
    expect(Object.keys(portal.latest('all')).sort()).toEqual(idsOf(2, 22))
  })

  it('takes out what ran out and nothing else; the last instant still counts', async () => {
    const portal = openProjection()
    const short = await aRecord(alice, 1, noon, { validDays: 7 })
    const long = await aRecord(alice, 2, noon, { category: 'lost' })
    await portal.shelve(alice.did, { [slotOf(short)]: short.text, [slotOf(long)]: long.text })
    const shown = () => [Object.keys(portal.latest('goods')).length, Object.keys(portal.wire()).length]
    portal.projector.sweep(noon + 7 * dayMs)
    expect(shown()).toEqual([1, 2])
    const before = await portal.model.listing(short.envelope.id, noon)
    portal.projector.sweep(noon + 7 * dayMs + 1)
    expect(shown()).toEqual([0, 1])
    expect(Object.keys(portal.latest('all'))).toEqual([long.envelope.id])
    expect(await portal.model.listing(short.envelope.id, noon)).toEqual(before) // derived state only
    expect(await portal.model.listing(short.envelope.id, noon + 8 * dayMs)).toMatchObject({
      life: 'expired',
      overAt: noon + 7 * dayMs,
    })
  })
})

describe('notices and quotas', () => {
  it('keeps the 200 newest for 60 days', async () => {
    const portal = openProjection()
    await portal.shelve(alice.did, { early: 'x' })
    portal.clock.now = noon + 59 * dayMs
    await portal.shelve(alice.did, Object.fromEntries(many(210).map((i) => [`slot ${i}`, `${i}`])))
    expect(Object.keys(portal.inbox(alice.did))).toHaveLength(200)
    portal.clock.now = noon + 120 * dayMs
    await portal.shelve(alice.did, { late: 'y' })
    expect(Object.values(portal.inbox(alice.did)).map(({ at }) => at)).toEqual([portal.clock.now])
  })

  it(`a key has at most ${mostLive} live listings; one that is over makes room`, async () => {
    const portal = openProjection()
    const records = await Promise.all(many(mostLive + 1).map((i) => aRecord(alice, i, noon)))
    const slots = records.map((record) => [slotOf(record), record.text] as const)
    await portal.shelve(alice.did, Object.fromEntries(slots.slice(0, mostLive)))
    await portal.shelve(alice.did, Object.fromEntries(slots.slice(mostLive)))
    expect(portal.journal().at(-1)).toMatchObject({ verdict: 'refused', rules: ['too-many'] })
    expect(portal.inbox(alice.did)[records[mostLive]!.hash]?.refusals).toEqual([
      { rule: 'too-many', limit: String(mostLive) },
    ])
    const sold = await anEdit(alice, records[0]!, noon, { state: 'sold-elsewhere' })
    await portal.shelve(alice.did, { [slotOf(sold)]: sold.text })
    const again = await anEdit(alice, records[mostLive]!, noon)
    await portal.shelve(alice.did, { [slotOf(again)]: again.text })
    expect(portal.journal().at(-1)).toMatchObject({ verdict: 'published' })
    expect((await portal.model.counts(noon))['goods']?.live).toBe(mostLive)
  })
})

const held = (value: string, key = 'AAAAAAAAAAAAAAAAAAAAAA'): HeldContact => ({
  contact: { kind: 'phone', value },
  key,
})
const listed = async (signer: Signer, seed: number, contact: HeldContact) =>
  aRecord(signer, seed, noon, { contact: await commitmentOf(contact) })
const put = async (portal: ReturnType<typeof openProjection>, did: Did, slot: string, contact: HeldContact) =>
  portal.holdContacts(did, { [slot]: JSON.stringify(contact) })

describe('a contact', () => {
  it('is given while the listing is live and its record commits to it', async () => {
    const portal = openProjection()
    const contactOf = createContactOf(portal.core.db)
    const phone = held('138 0000 1111')
    const record = await listed(alice, 1, phone)
    const { id } = record.envelope
    expect(await contactOf(id, noon)).toEqual({ ok: false, error: { kind: 'not-found' } })
    await put(portal, alice.did, slotOf(record), held('139 0000 2222'))
    await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    expect(await contactOf(id, noon)).toEqual({ ok: false, error: { kind: 'no-contact' } }) // another number than was signed
    await put(portal, bob.did, slotOf(record), phone)
    expect(await contactOf(id, noon)).toEqual({ ok: false, error: { kind: 'no-contact' } }) // another hand than the author's
    await put(portal, alice.did, slotOf(record), phone)
    expect(await contactOf(id, noon)).toEqual({ ok: true, value: phone })
    expect(await contactOf(id, noon + 31 * dayMs)).toEqual({ ok: false, error: { kind: 'over' } })
    const sold = await anEdit(alice, record, noon, { state: 'sold-here' })
    await portal.shelve(alice.did, { [slotOf(record)]: sold.text })
    expect(await contactOf(id, noon)).toEqual({ ok: false, error: { kind: 'over' } })
  })

  it('that its author drops is gone', async () => {
    const portal = openProjection()
    const phone = held('138 0000 1111')
    const record = await listed(alice, 1, phone)
    await put(portal, alice.did, slotOf(record), phone)
    await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    await portal.dropContact(alice.did, slotOf(record))
    const answer = await createContactOf(portal.core.db)(record.envelope.id, noon)
    expect(answer).toEqual({ ok: false, error: { kind: 'no-contact' } })
    expect(portal.core.db.prepare('SELECT count(*) AS n FROM contacts').get()?.['n']).toBe(0)
  })

  it('links equal numbers, however they are spelled and whoever posts them, while their listings live', async () => {
    const portal = openProjection()
    const [mine, theirs] = [held('138 0000 1111'), held('+86 13800001111', 'AQAAAAAAAAAAAAAAAAAAAA')]
    const one = await listed(alice, 1, mine)
    const other = await listed(bob, 2, theirs)
    const none = await aRecord(bob, 3, noon)
    await put(portal, alice.did, slotOf(one), mine)
    await put(portal, bob.did, slotOf(other), theirs)
    await portal.shelve(alice.did, { [slotOf(one)]: one.text })
    await portal.shelve(bob.did, { [slotOf(other)]: other.text, [slotOf(none)]: none.text })
    const sameNumber = async ({ envelope }: typeof one) => (await portal.model.listing(envelope.id, noon))?.sameNumber
    expect([await sameNumber(one), await sameNumber(other), await sameNumber(none)]).toEqual([1, 1, 0])
    const sold = await anEdit(bob, other, noon, { state: 'changed-mind' })
    await portal.shelve(bob.did, { [slotOf(other)]: sold.text })
    expect(await sameNumber(one)).toBe(0)
  })

  it('leaves no number in the journal, the read model or any room but its own', async () => {
    const portal = openProjection()
    const phone = held('13800001111')
    const record = await listed(alice, 1, phone)
    await put(portal, alice.did, slotOf(record), phone)
    await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    const everything = ['journal', 'heads', 'listings', 'profiles', 'prices', 'tallies']
      .map((table) => JSON.stringify(portal.core.db.prepare(`SELECT * FROM ${table}`).all()))
      .join('\n')
    expect(everything).toContain(record.hash)
    expect(everything).not.toContain('13800001111')
    const shown = JSON.stringify([portal.wire(), portal.latest('all'), portal.inbox(alice.did)])
    expect(shown).not.toContain('13800001111')
  })

  it.each([
    ['no JSON', 'x'],
    ['no contact', JSON.stringify({ contact: { kind: 'phone', value: 'call me maybe' }, key: 'A'.repeat(22) })],
    ['a key of no 16 bytes', JSON.stringify({ contact: { kind: 'phone', value: '13800001111' }, key: 'B'.repeat(22) })],
    ['a number', 7],
  ])('that is %s is told as contact-form, once', async (_, value) => {
    const portal = openProjection()
    const slot = slotOf(await aRecord(alice, 1, noon))
    await portal.holdContacts(alice.did, { [slot]: value })
    const told = portal.inbox(alice.did)
    expect(Object.values(told).map(({ refusals }) => refusals)).toEqual([[{ rule: 'contact-form', field: 'contact' }]])
    portal.clock.now = noon + hourMs
    await portal.holdContacts(alice.did, { 'another/slot': 'y' })
    expect(portal.inbox(alice.did)).toMatchObject(told)
    expect(portal.failures).toEqual([])
  })
})

describe('a profile', () => {
  it('names its poster, in the newest revision, with what was posted', async () => {
    const portal = openProjection()
    const profile = await aProfile(alice, noon, { name: '海边的老周', poster: 'person' })
    const renamed = await anEdit(alice, profile, noon + 1)
    const next = await resigned(alice, renamed, { body: { name: '老周家具', poster: 'sole-trader' } })
    const record = await aRecord(alice, 1, noon)
    expect(await portal.model.poster(alice.did, noon)).toBeUndefined()
    await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    expect(await portal.model.poster(alice.did, noon)).toMatchObject({
      name: undefined,
      poster: 'person',
      published: 1,
    })
    await portal.shelve(alice.did, { [slotOf(profile)]: profile.text })
    await portal.shelve(alice.did, { [slotOf(profile)]: next.text })
    expect(await portal.model.poster(alice.did, noon)).toMatchObject({
      did: alice.did,
      name: '老周家具',
      poster: 'sole-trader',
      since: noon,
      published: 1,
      sample: false,
      lines: [{ id: record.envelope.id }],
    })
    expect(await portal.model.listing(record.envelope.id, noon)).toMatchObject({ name: '老周家具' })
    expect(Object.keys(portal.wire())).toEqual([record.envelope.id])
  })
})

describe('a broken room', () => {
  it('rests and stops no other; once it can be read it is judged', async () => {
    const portal = openProjection()
    const good = await aRecord(bob, 1, noon)
    const room = shelfOf(alice.did)
    await portal.append(room, Uint8Array.from([1, 1, 255, 255, 3, 7]))
    await portal.shelve(bob.did, { [slotOf(good)]: good.text })
    expect(Object.keys(portal.wire())).toEqual([good.envelope.id])
    expect(portal.failures).toHaveLength(1)
    expect(portal.failures[0]).toContain(room)
    const mended = await aRecord(alice, 2, noon)
    portal.core.compactNow(
      room,
      portal.core.readNow(room)!.seq,
      aRoomCopy('records').put({ [slotOf(mended)]: mended.text }),
    )
    portal.clock.now = noon + 2 * minuteMs
    portal.projector.sweep(portal.clock.now)
    await portal.projector.settled()
    expect(Object.keys(portal.wire()).sort()).toEqual([good.envelope.id, mended.envelope.id].sort())
  })

  it('of another shape (an array for the map, maps and texts for values) shows nothing and breaks nothing', async () => {
    const portal = openProjection()
    const list = new Y.Doc()
    list.getArray('records').push(['x'])
    await portal.append(shelfOf(alice.did), Y.encodeStateAsUpdate(list))
    const deep = new Y.Doc()
    deep.getMap('records').set('map', new Y.Map([['text', 'x']]))
    deep.getMap('records').set('text', new Y.Text('x'))
    await portal.append(shelfOf(alice.did), Y.encodeStateAsUpdate(deep))
    const record = await aRecord(bob, 1, noon)
    await portal.shelve(bob.did, { [slotOf(record)]: record.text })
    expect(portal.failures).toEqual([])
    expect(portal.journal().map(({ rules }) => rules)).toEqual([['bad-format'], ['bad-format'], []])
    expect(Object.keys(portal.wire())).toEqual([record.envelope.id])
  })
})

describe('a transaction that fails', () => {
  it('leaves nothing behind, on the disk or in memory, and is tried again', async () => {
    const fail = { at: 'nothing' }
    const portal = openProjection(':memory:', (step) => {
      if (step === fail.at) throw new Error('disk full')
    })
    const [first, second] = [await aRecord(alice, 1, noon), await aRecord(alice, 2, noon)]
    await portal.shelve(alice.did, { [slotOf(first)]: first.text })
    const before = [portal.wire(), portal.latest('all'), portal.inbox(alice.did), portal.journal()]
    fail.at = 'cursor'
    await portal.shelve(alice.did, { [slotOf(second)]: second.text })
    expect([portal.wire(), portal.latest('all'), portal.inbox(alice.did), portal.journal()]).toEqual(before)
    expect(portal.failures).toEqual([expect.stringContaining('disk full')])
    fail.at = 'nothing'
    portal.clock.now = noon + 2 * minuteMs
    portal.projector.sweep(portal.clock.now)
    await portal.projector.settled()
    expect(Object.keys(portal.wire()).sort()).toEqual([first, second].map(({ envelope }) => envelope.id).sort())
    expect(Object.keys(portal.latest('goods'))).toHaveLength(2)
    expect(verdicts(portal)).toEqual(['published', 'published'])
  })
})

describe('many at once', () => {
  it('more values than a batch holds are judged in order, each once, and appends go on between', async () => {
    const portal = openProjection()
    const signers = await Promise.all(many(4).map((i) => aSigner(10 + i)))
    const texts = await Promise.all(
      signers.map(async (signer) => Promise.all(many(120).map((i) => aRecord(signer, i, noon)))),
    )
    let appended = 0
    const stop = portal.core.follow(() => {
      if (appended++ === 1) portal.core.appendNow([{ room: 'me/x', update: Uint8Array.of(0, 0), at: noon }])
    })
    const entries = texts.map((records, i) => ({
      room: shelfOf(signers[i]!.did),
      update: aRoomCopy('records').put(Object.fromEntries(records.map((one) => [slotOf(one), one.text]))),
      at: noon,
    }))
    portal.core.appendNow(entries)
    await portal.projector.settled()
    stop()
    expect(verdicts(portal)).toEqual(many(480).map(() => 'published'))
    expect(Object.keys(portal.wire())).toHaveLength(480)
    const left = portal.core.db.prepare(
      `SELECT count(*) AS n FROM rooms WHERE name LIKE 'shelf/%' AND last_seq > projected_seq`,
    )
    expect(left.get()?.['n']).toBe(0)
  })
})
