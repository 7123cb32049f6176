/** What a hostile, broken or unlucky client could do to itself and to others: copies, floods, poisoned rooms, a clock that was wrong. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Signer } from '#domain/identity.ts'
import { dayMs, hourMs, minuteMs } from '#domain/time.ts'
import { createResting } from '../../server/projector/resting.ts'
import { mostSlots } from '../../server/projector/slots.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aProfile, aRecord, anEdit, noon, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

let alice: Signer
let bob: Signer
beforeAll(async () => {
  alice = await aSigner(1)
  bob = await aSigner(2)
})

const verdicts = (portal: ReturnType<typeof openProjection>) => portal.journal().map(({ verdict }) => verdict)

describe('the revision that counts', () => {
  it('copied into a second slot keeps its notice: it leaves nobody behind', async () => {
    const portal = openProjection()
    const first = await aRecord(alice, 1, noon)
    const second = await anEdit(alice, first, noon + minuteMs)
    const profile = await aProfile(alice, noon, { name: '海边', poster: 'person' })
    await portal.shelve(alice.did, { [slotOf(second)]: second.text, [slotOf(profile)]: profile.text })
    const told = portal.inbox(alice.did)
    await portal.shelve(alice.did, {
      [slotOf(second, 'laptop')]: second.text,
      [slotOf(profile, 'laptop')]: profile.text,
    })
    expect(verdicts(portal)).toEqual(['published', 'published', 'published', 'published'])
    expect(portal.inbox(alice.did)).toEqual(told)
    expect(told[second.hash]).toMatchObject({ verdict: 'published' })
  })

  it('keeps its notice when a copy of it is misplaced or has a broken signature', async () => {
    const portal = openProjection()
    const first = await aRecord(alice, 1, noon)
    const other = await aRecord(alice, 2, noon)
    const broken = (first.text.startsWith('A') ? 'B' : 'A') + first.text.slice(1)
    await portal.shelve(alice.did, { [slotOf(first)]: first.text })
    const told = portal.inbox(alice.did)
    await portal.shelve(alice.did, { [slotOf(first, 'laptop')]: broken, [slotOf(other)]: first.text })
    expect(portal.journal().flatMap(({ rules }) => rules)).toEqual(
      expect.arrayContaining(['bad-signature', 'wrong-slot']),
    )
    expect(portal.inbox(alice.did)).toEqual(told)
  })
})

describe('a room full of tiny values', () => {
  it('is judged up to a limit, says so once, and holds up nobody', async () => {
    const portal = openProjection()
    const record = await aRecord(bob, 1, noon)
    const flood = Object.fromEntries(Array.from({ length: 2 * mostSlots }, (_, i) => [`slot ${i}`, i]))
    await portal.shelve(alice.did, flood)
    await portal.shelve(bob.did, { [slotOf(record)]: record.text })
    expect(portal.journal()).toHaveLength(mostSlots + 1)
    expect(portal.journal().at(-1)).toMatchObject({ verdict: 'published', hash: record.hash })
    const told = () => Object.values(portal.inbox(alice.did)).filter(({ refusals }) => refusals[0]?.rule === 'too-many')
    expect(told()).toMatchObject([{ verdict: 'refused', refusals: [{ rule: 'too-many', limit: String(mostSlots) }] }])
    portal.clock.now += hourMs
    await portal.shelve(alice.did, { 'slot 9': 'another' })
    expect(told()).toMatchObject([{ at: noon + 1 }])
    expect(portal.failures).toEqual([])
  })

  it('is no way to make contacts without an end', async () => {
    const portal = openProjection()
    const held = JSON.stringify({ contact: { kind: 'phone', value: '13800001111' }, key: 'A'.repeat(22) })
    const { id } = (await aRecord(alice, 1, noon)).envelope
    const flood = Object.fromEntries(Array.from({ length: mostSlots + 9 }, (_, i) => [`${id}/${i}`, held]))
    await portal.holdContacts(alice.did, flood)
    expect(portal.core.db.prepare('SELECT count(*) AS n FROM contacts').get()?.['n']).toBe(mostSlots)
    expect(Object.values(portal.inbox(alice.did)).flatMap(({ refusals }) => refusals.map(({ rule }) => rule))).toEqual([
      'too-many',
    ])
  })
})

describe('a room that failed', () => {
  it('rests twice as long each time, and starts over once it went well', () => {
    const told: string[] = []
    const resting = createResting((room) => void told.push(room))
    const restsFor = (from: number) => [0.5, 1.5, 3, 5].filter((n) => resting.has('a', from + n * minuteMs))
    resting.add('a', 'x', 0)
    expect(restsFor(0)).toEqual([0.5])
    resting.add('a', 'x', 0)
    expect(restsFor(0)).toEqual([0.5, 1.5])
    resting.drop('a')
    expect([restsFor(0), resting.count()]).toEqual([[], 0])
    resting.add('a', 'x', 0)
    expect([restsFor(0), told]).toEqual([[0.5], ['a', 'a', 'a']])
  })
})

describe('a clock that was a year ahead for a while', () => {
  it('hides nothing for good: the lists come back with the right time', async () => {
    const portal = openProjection()
    const record = await aRecord(alice, 1, noon)
    await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    const shown = () => [
      Object.keys(portal.wire()),
      Object.keys(portal.latest('goods')),
      Object.keys(portal.latest('all')),
    ]
    const all = shown()
    portal.projector.sweep(noon + 365 * dayMs)
    expect(shown()).toEqual([[], [], []])
    portal.projector.sweep(noon + minuteMs)
    expect(shown()).toEqual(all)
    expect(all[0]).toEqual([record.envelope.id])
  })
})

it('a name that is a phone number is refused like one in a title', async () => {
  const portal = openProjection()
  const profile = await aProfile(alice, noon, { name: '老周 13800001111', poster: 'person' })
  await portal.shelve(alice.did, { [slotOf(profile)]: profile.text })
  expect(portal.inbox(alice.did)[profile.hash]).toMatchObject({ refusals: [{ rule: 'HR-2', field: 'name' }] })
  expect(await portal.model.poster(alice.did, noon)).toBeUndefined()
})
