/** What moderators decide, over a real database: what a label hides, whose labels count, what is told, and that a replay makes it again. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Signer } from '#domain/identity.ts'
import { labelDays } from '#domain/label.ts'
import type { OpenRecord } from '#domain/record.ts'
import { dayMs, hourMs, minuteMs } from '#domain/time.ts'
import { dumpOf, replayInto } from '../../server/replay.ts'
import { createContactOf } from '../../server/stores/contacts.ts'
import { createHiddenIds } from '../../server/stores/moderation.ts'
import { aGuide } from '../fixtures/businesses.ts'
import { aBusiness, aDraft, aGuideBody } from '../fixtures/guide-bodies.ts'
import { aLabel, onGuide, onKey, onListing } from '../fixtures/labels.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aProfile, aRecord, anEdit, noon, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

let alice: Signer
let bob: Signer
let judge: Signer
let other: Signer
beforeAll(async () => {
  ;[alice, bob, judge, other] = (await Promise.all([1, 2, 3, 4].map((seed) => aSigner(seed)))) as [
    Signer,
    Signer,
    Signer,
    Signer,
  ]
})

type Portal = ReturnType<typeof openProjection>
const aPortal = (newKeyListings = 0): Portal & { moderators: Set<string> } => {
  const moderators = new Set<string>([judge.did, other.did])
  return { ...openProjection(':memory:', undefined, { moderators, newKeyListings }), moderators }
}
const put = async (portal: Portal, signer: Signer, ...records: readonly OpenRecord[]) => {
  await portal.shelve(signer.did, Object.fromEntries(records.map((record) => [slotOf(record), record.text])))
  expect(portal.failures).toEqual([])
  return records.map(({ hash }) => portal.inbox(signer.did)[hash]?.verdict)
}
const hidden = ({ core }: Portal) => createHiddenIds(core.db)()
const replays = ({ core }: Portal) => {
  const before = dumpOf(core.db)
  expect(replayInto(core).changed).toEqual([])
  expect(dumpOf(core.db)).toEqual(before)
}

/** Everywhere that a listing can be met. */
async function metIn(portal: Portal, id: string): Promise<readonly string[]> {
  const { model, clock } = portal
  const now = clock.now
  const has = (lines: readonly { readonly id: string }[]) => lines.some((line) => line.id === id)
  const places: Readonly<Record<string, boolean>> = {
    latest: has(await model.latest({ limit: 20 }, now)),
    room: id in portal.latest('goods') || id in portal.latest('all'),
    wire: id in portal.wire(),
    list: has((await model.list({ category: 'goods' }, now)).lines),
    count: ((await model.counts(now))['goods']?.live ?? 0) > 0,
    sitemap: has(await model.addresses({ from: 0, limit: 9 }, now)),
    page: (await model.listing(id, now)) !== undefined,
    poster: has((await model.poster(alice.did, now))?.lines ?? []),
    search: has((await model.search('书桌', 9, now)).lines),
    contact: (await createContactOf(portal.core.db)(id, now)).ok !== false,
  }
  return Object.keys(places).filter((place) => places[place])
}
const everywhere = ['latest', 'room', 'wire', 'list', 'count', 'sitemap', 'page', 'poster', 'search']

describe('a listing that is hidden', () => {
  it('is met nowhere any more; its poster is told by which rule; restored it is back everywhere', async () => {
    const portal = aPortal()
    const listing = await aRecord(alice, 1, noon)
    const { id } = listing.envelope
    await put(portal, alice, listing)
    expect(await metIn(portal, id)).toEqual(everywhere)

    portal.clock.now += minuteMs
    const said = { rule: 'HR-5', reason: '卖的是不许发的东西。' } as const
    const label = await aLabel(judge, 1, portal.clock.now, { subject: onListing(id), ...said })
    expect(await put(portal, judge, label)).toEqual(['published'])
    expect(await metIn(portal, id)).toEqual([])
    expect(hidden(portal)).toEqual([id])
    expect(await portal.model.removed(id)).toMatchObject(said)
    expect(portal.decisions(alice.did)[id]).toMatchObject({ action: 'hide', ...said })
    expect(portal.labels()).toEqual({ [id]: label.text })
    replays(portal)

    portal.clock.now += minuteMs
    await put(portal, other, await aLabel(other, 2, portal.clock.now, { subject: onListing(id), action: 'restore' }))
    expect(await metIn(portal, id)).toEqual(everywhere)
    expect(hidden(portal)).toEqual([])
    expect(portal.decisions(alice.did)[id]).toMatchObject({ action: 'restore' })
    expect((await portal.model.decisions(1)).decisions.map(({ action }) => action)).toEqual(['restore', 'hide'])
    replays(portal)
  })

  it('stays hidden whatever its poster makes of it, and comes back as he left it', async () => {
    const portal = aPortal()
    const first = await aRecord(alice, 1, noon)
    const { id } = first.envelope
    await put(portal, alice, first)
    await put(portal, judge, await aLabel(judge, 1, noon, { subject: onListing(id) }))
    portal.clock.now += minuteMs
    const mended = await anEdit(alice, first, portal.clock.now, { title: '改过标题的书桌一张' })
    expect(await put(portal, alice, mended)).toEqual(['published'])
    expect(await metIn(portal, id)).toEqual([])
    await put(portal, judge, await aLabel(judge, 2, portal.clock.now, { subject: onListing(id), action: 'restore' }))
    expect((await portal.model.listing(id, portal.clock.now))?.body.title).toBe('改过标题的书桌一张')
    expect(await metIn(portal, id)).toEqual(everywhere)
    const sold = await anEdit(alice, mended, portal.clock.now, { state: 'sold-here' })
    await put(portal, alice, sold)
    await put(portal, judge, await aLabel(judge, 3, portal.clock.now + 1, { subject: onListing(id) }))
    await put(
      portal,
      judge,
      await aLabel(judge, 4, portal.clock.now + 2, { subject: onListing(id), action: 'restore' }),
    )
    expect((await portal.model.counts(noon))['goods']).toBeUndefined() // sold it was, and sold it is
    replays(portal)
  })

  it('may be decided on before it is here', async () => {
    const portal = aPortal()
    const listing = await aRecord(alice, 1, noon)
    await put(portal, judge, await aLabel(judge, 1, noon, { subject: onListing(listing.envelope.id) }))
    await put(portal, alice, listing)
    expect(await metIn(portal, listing.envelope.id)).toEqual([])
    expect(hidden(portal)).toEqual([listing.envelope.id])
    replays(portal)
  })

  it('a warning takes nothing away and gives nothing back; the poster is told', async () => {
    const portal = aPortal()
    const listing = await aRecord(alice, 1, noon)
    const subject = onListing(listing.envelope.id)
    await put(portal, alice, listing)
    await put(portal, judge, await aLabel(judge, 1, noon, { subject, action: 'warn' }))
    expect(await metIn(portal, subject.id)).toEqual(everywhere)
    expect(portal.decisions(alice.did)[subject.id]).toMatchObject({ action: 'warn' })
    await put(portal, judge, await aLabel(judge, 2, noon + 1, { subject }))
    await put(portal, judge, await aLabel(judge, 3, noon + 2, { subject, action: 'warn' }))
    expect(await metIn(portal, subject.id)).toEqual([])
  })
})

describe('whose labels count', () => {
  it('not those of a key that is no moderator, of somebody who forges, nor of one who has left the list', async () => {
    const portal = aPortal()
    const listing = await aRecord(alice, 1, noon)
    const subject = onListing(listing.envelope.id)
    await put(portal, alice, listing)
    expect(await put(portal, bob, await aLabel(bob, 1, noon, { subject }))).toEqual(['refused'])
    const stolen = await aLabel(judge, 1, noon, { subject })
    expect(await put(portal, bob, stolen)).toEqual(['refused'])
    portal.moderators.delete(judge.did)
    expect(await put(portal, judge, await aLabel(judge, 2, noon, { subject }))).toEqual(['refused'])
    expect(await metIn(portal, subject.id)).toEqual(everywhere)
    expect((await portal.model.decisions(1)).total).toBe(0)
  })

  it('what a moderator decided stands when he leaves, until another decides otherwise', async () => {
    const portal = aPortal()
    const listing = await aRecord(alice, 1, noon)
    const subject = onListing(listing.envelope.id)
    await put(portal, alice, listing)
    await put(portal, judge, await aLabel(judge, 1, noon, { subject }))
    portal.moderators.delete(judge.did)
    expect(await put(portal, judge, await aLabel(judge, 2, noon + 1, { subject, action: 'restore' }))).toEqual([
      'refused',
    ])
    expect(await metIn(portal, subject.id)).toEqual([])
    replays(portal)
    await put(portal, other, await aLabel(other, 3, noon + 2, { subject, action: 'restore' }))
    expect(await metIn(portal, subject.id)).toEqual(everywhere)
  })

  it('of two the later one counts, also when it comes first', async () => {
    const portal = aPortal()
    const listing = await aRecord(alice, 1, noon)
    const subject = onListing(listing.envelope.id)
    await put(portal, alice, listing)
    portal.clock.now += hourMs
    await put(portal, other, await aLabel(other, 1, noon + 2 * minuteMs, { subject, action: 'restore' }))
    await put(portal, judge, await aLabel(judge, 2, noon + minuteMs, { subject })) // signed without a network, and late
    expect(await metIn(portal, subject.id)).toEqual(everywhere)
    expect(portal.decisions(alice.did)[subject.id]).toMatchObject({ action: 'restore' })
    replays(portal)
  })

  it.each([
    ['a key that is hidden', { action: 'hide', subject: 'key' }],
    ['a listing that is blocked', { action: 'block', subject: 'listing' }],
    ['a reason of one character', { reason: '坏' }],
    ['a reason of 301', { reason: '字'.repeat(301) }],
    ['a reason with a phone number in it', { reason: '骗子，电话一三八零零零零幺幺幺幺' }],
    ['a rule that is none', { rule: 'HR-99' }],
    ['a subject that is no id', { subject: 'nothing' }],
  ] as const)('%s is refused', async (_, change) => {
    const portal = aPortal()
    const { id } = (await aRecord(alice, 1, noon)).envelope
    const subjects = { key: onKey(alice.did), listing: onListing(id), nothing: onListing('x') }
    const subject = subjects['subject' in change ? change.subject : 'listing']
    const label = await aLabel(judge, 1, noon, { ...(change as object), subject })
    expect(await put(portal, judge, label)).toEqual(['refused'])
    expect((await portal.model.decisions(1)).total).toBe(0)
  })
})

describe('a key that is blocked', () => {
  it('has nothing shown and publishes nothing more, but may end what it has; unblocked all is back but what was hidden by itself', async () => {
    const portal = aPortal()
    const [one, two, three] = (await Promise.all([1, 2, 3].map((seed) => aRecord(alice, seed, noon)))) as [
      OpenRecord,
      OpenRecord,
      OpenRecord,
    ]
    await put(portal, alice, one, two)
    await put(portal, judge, await aLabel(judge, 1, noon, { subject: onListing(two.envelope.id) }))
    const block = { subject: onKey(alice.did), rule: 'HR-6' } as const
    await put(portal, judge, await aLabel(judge, 2, noon, { ...block, action: 'block' }))
    expect(hidden(portal)).toEqual([one.envelope.id, two.envelope.id].sort())
    expect(await portal.model.removed(one.envelope.id)).toMatchObject({ action: 'block', rule: 'HR-6' })
    expect(await portal.model.removed(alice.did)).toMatchObject({ action: 'block' })
    expect(portal.decisions(alice.did)[alice.did]).toMatchObject({ action: 'block' })
    expect(await put(portal, alice, three)).toEqual(['refused'])
    expect(portal.inbox(alice.did)[three.hash]?.refusals).toEqual([{ rule: 'blocked', limit: 'HR-6' }])
    expect(await put(portal, alice, await anEdit(alice, one, noon + 1, { state: 'changed-mind' }))).toEqual([
      'published',
    ])
    replays(portal)
    await put(portal, judge, await aLabel(judge, 3, noon + 2, { ...block, action: 'restore' }))
    expect(hidden(portal)).toEqual([two.envelope.id])
    expect(await portal.model.removed(alice.did)).toBeUndefined()
    expect(await put(portal, alice, await anEdit(alice, three, noon + 3))).toEqual(['published'])
    replays(portal)
  })

  it('that is a business has its guides hidden too; one guide alone can be', async () => {
    const portal = aPortal()
    const body = await aGuideBody(alice.did, aDraft(1))
    await put(portal, alice, await aProfile(alice, noon, aBusiness()), await aGuide(alice, noon, body))
    const subject = onGuide(body.guide)
    const shown = async () => [
      (await portal.model.guides()).length,
      (await portal.model.guide(body.guide)) ? 1 : 0,
      body.guide in portal.wire() ? 1 : 0,
    ]
    expect(await shown()).toEqual([1, 1, 1])
    await put(portal, judge, await aLabel(judge, 1, noon, { subject }))
    expect(await shown()).toEqual([0, 0, 0])
    await put(portal, judge, await aLabel(judge, 2, noon + 1, { subject, action: 'restore' }))
    expect(await shown()).toEqual([1, 1, 1])
    await put(portal, judge, await aLabel(judge, 3, noon + 2, { subject: onKey(alice.did), action: 'block' }))
    expect(await shown()).toEqual([0, 0, 0])
    replays(portal)
  })
})

describe('the room of labels', () => {
  it('holds the latest of each subject for 90 days', async () => {
    const portal = aPortal()
    const [one, two] = (await Promise.all([1, 2].map((seed) => aRecord(alice, seed, noon)))) as [OpenRecord, OpenRecord]
    await put(portal, alice, one, two)
    await put(portal, judge, await aLabel(judge, 1, noon, { subject: onListing(one.envelope.id) }))
    portal.clock.now = noon + (labelDays + 1) * dayMs
    const late = await aLabel(judge, 2, portal.clock.now, { subject: onListing(two.envelope.id) })
    await put(portal, judge, late)
    expect(portal.labels()).toEqual({ [two.envelope.id]: late.text })
    expect(hidden(portal)).toEqual([one.envelope.id, two.envelope.id].sort())
    expect(await portal.model.removed(one.envelope.id)).toBeDefined() // out of the room, and hidden all the same
  })
})

describe('a new key', () => {
  it('has three live listings, more after a day, fewer for each that is hidden; whoever tells which limit', async () => {
    const portal = aPortal(3)
    const seeds = [1, 2, 3, 4, 5]
    const records = await Promise.all(seeds.map((seed) => aRecord(alice, seed, noon)))
    for (const record of records.slice(0, 3)) expect(await put(portal, alice, record)).toEqual(['published'])
    const fourth = records[3] as OpenRecord
    expect(await put(portal, alice, fourth)).toEqual(['refused'])
    expect(portal.inbox(alice.did)[fourth.hash]?.refusals).toEqual([{ rule: 'new-key', limit: '3', got: '4' }])
    const first = records[0] as OpenRecord
    expect(await put(portal, alice, await anEdit(alice, first, noon + 1))).toEqual(['published']) // an edit is no more
    portal.clock.now += dayMs + 1
    expect(await put(portal, alice, await anEdit(alice, fourth, portal.clock.now))).toEqual(['published'])
    await put(portal, judge, await aLabel(judge, 1, portal.clock.now, { subject: onListing(first.envelope.id) }))
    const fifth = records[4] as OpenRecord
    expect(await put(portal, alice, fifth)).toEqual(['refused'])
    expect(portal.inbox(alice.did)[fifth.hash]?.refusals).toEqual([{ rule: 'new-key', limit: '3', got: '4' }])
    replays(portal)
  })
})
