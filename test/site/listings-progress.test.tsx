/** How far a listing has come, from documents alone: the steps, refusals, forks, and what is signed again by itself. */
import { createRoot } from 'solid-js'
import { describe, expect, it, vi } from 'vitest'
import { signerOf } from '#domain/identity.ts'
import type { Notice } from '#domain/notice.ts'
import { firstRevision, nextRevision, type OpenRecord } from '#domain/record.ts'
import { town } from '#src/i18n/town.ts'
import { createOwnListings } from '#src/listings/own-listings.ts'
import { progressOf, standingOf } from '#src/sync/progress.ts'
import { createPublisher } from '#src/listings/publish.ts'
import { aDraft } from '../fixtures/draft.ts'
import { aSession, exchange, type TestSession } from '../fixtures/session.ts'

const signer = await signerOf(new Uint8Array(16).fill(7), 'person')
const { did } = signer
const random = () => crypto.getRandomValues(new Uint8Array(16))
const aNotice = (hash: string, more: Partial<Notice> = {}): Notice => ({
  id: null,
  kind: 'listing',
  hash,
  verdict: 'published',
  refusals: [],
  at: 1_795_000_000_500,
  ...more,
})

describe('the steps', () => {
  const nothing = { isSaved: false, isStored: false }
  it.each([
    // notice, facts, step
    [undefined, nothing, 'draft'],
    [undefined, { isSaved: true, isStored: false }, 'saved'],
    [undefined, { isSaved: true, isStored: true }, 'stored'],
    [undefined, { isSaved: false, isStored: true }, 'stored'], // no disk here, but the relay has it
    [aNotice('h'), nothing, 'published'], // judged elsewhere, read here
    [aNotice('h', { verdict: 'refused', refusals: [{ rule: 'HR-2' }] }), nothing, 'refused'],
    [aNotice('h', { verdict: 'superseded', rival: 'r' }), nothing, 'refused'],
  ] as const)('notice %#', (notice, facts, step) => {
    expect(progressOf(notice, facts).step).toBe(step)
  })
})

const slots = (a: OpenRecord, b: OpenRecord) => [
  { device: 'a', record: a },
  { device: 'b', record: b },
]

describe('two devices', async () => {
  const first = await firstRevision(signer, { portal: 'rizhao', kind: 'listing', body: {}, nonce: random(), now: 1 })
  const next = (before: OpenRecord, now: number, body = {}) => nextRevision(signer, before, { body, now, renew: false })
  const [a2, b2] = [await next(first, 2, { by: 'a' }), await next(first, 3, { by: 'b' })]
  const [b3, b4] = [await next(b2, 4), await next(await next(b2, 4), 5)]
  const superseded = new Map([[a2.hash, aNotice(a2.hash, { verdict: 'superseded', rival: b4.hash })]])
  const refused = new Map([[a2.hash, aNotice(a2.hash, { verdict: 'refused', refusals: [{ rule: 'HR-2' }] })]])

  it.each([
    ['b went on from what a had: nothing to choose', slots(first, b2), new Map(), b2, false],
    ['both made revision 2: the greater counts, a may choose', slots(a2, b2), new Map(), b2, true],
    ['b is one ahead, on another branch', slots(a2, b3), new Map(), b3, true],
    ['b is far ahead: only the relay can tell, and did not', slots(a2, b4), new Map(), b4, false],
    ['b is far ahead, and the relay told a', slots(a2, b4), superseded, b4, true],
    ['a’s version was refused: b’s counts, nothing to choose', slots(a2, first), refused, a2, false],
  ] as const)('%s', (_, slots, notices, shown, chooses) => {
    const standing = standingOf(slots, 'a', notices)
    expect(standing?.shown.hash).toBe(shown.hash)
    expect(standing?.choice?.mine.hash).toBe(chooses ? a2.hash : undefined)
  })
  it('the device whose version counts has nothing to choose', () => {
    expect(standingOf(slots(a2, b2), 'b', new Map())?.choice).toBeUndefined()
  })
})

/** My listings on a device, alive until the test is over. */
async function follow(session: TestSession) {
  const publisher = createPublisher(session, town, random)
  const listings = createRoot(() => createOwnListings(session, town, publisher))
  const only = () => {
    const [own] = listings.all()
    if (!own) throw new Error('no listing yet')
    return own
  }
  return { publisher, listings, only }
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 30))

describe('my listings', () => {
  it('go from saved to stored to published, and a page opened later tells the same', async () => {
    const session = aSession()
    const { publisher, listings, only } = await follow(session)
    await settle()
    expect(listings.all()).toEqual([])
    const result = await publisher.publish(aDraft())
    if (!result.ok) throw new Error('refused')
    await listings.open('person')
    await settle()
    expect(only().progress.step).toBe('saved')
    session.at(`shelf/${did}`).tell.stored(true)
    expect(only().progress.step).toBe('saved') // the contact is not on the relay's disk yet
    session.at(`contact/${did}`).tell.stored(true)
    expect(only().progress.step).toBe('stored')
    session.notify(`inbox/${did}`, aNotice(only().record.hash))
    expect(only().progress.step).toBe('published')
    const later = await follow(session)
    await settle()
    expect(later.only().progress.step).toBe('published')
  })

  it('that could not be read are not told as none, reject nobody, and are read when they are asked for again', async () => {
    const session = aSession({ hasKey: true })
    let isBroken = true
    const { room } = session
    const broken: TestSession = {
      ...session,
      room: (...asked) => (isBroken ? Promise.reject(new Error('no database')) : room(...asked)),
    }
    const { publisher, listings, only } = await follow(broken)
    await settle()
    expect([listings.ready(), listings.failed(), listings.all()]).toEqual([false, true, []])
    await expect(listings.open('person')).rejects.toThrow('no database')
    isBroken = false
    await publisher.publish(aDraft())
    await listings.open('person')
    await settle()
    expect(only().progress.step).toBe('saved')
  })

  it('says so when the browser keeps nothing, and is stored all the same', async () => {
    const session = aSession({ disk: false })
    const { publisher, listings, only } = await follow(session)
    await publisher.publish(aDraft())
    await listings.open('person')
    await settle()
    expect(only()).toMatchObject({ unsaved: true, progress: { step: 'draft' } })
    session.at(`shelf/${did}`).tell.stored(true)
    session.at(`contact/${did}`).tell.stored(true)
    expect(only().progress.step).toBe('stored')
  })

  it('signs again by itself when the clock was ahead, once', async () => {
    const session = aSession({ now: 1_795_086_400_000, hasKey: true })
    const { publisher, listings, only } = await follow(session)
    await publisher.publish(aDraft({ name: '' }))
    await listings.open('person')
    await settle()
    const clock: Partial<Notice> = { verdict: 'refused', refusals: [{ rule: 'clock' }] }
    session.notify(`inbox/${did}`, aNotice(only().record.hash, clock))
    await settle()
    expect(only().record.envelope).toMatchObject({ rev: 2, updatedAt: 1_795_000_000_500 }) // the relay's receipt
    expect(only().progress.step).toBe('saved')
    session.notify(`inbox/${did}`, aNotice(only().record.hash, clock))
    await settle()
    expect(only().record.envelope.rev).toBe(2)
    expect(only().progress).toMatchObject({ step: 'refused', refusals: [{ rule: 'clock' }] })
  })

  it('offers both versions, and either choice settles it on both devices', async () => {
    const [a, b] = [aSession(), aSession({ device: 'bbbbbbbbbbbb', hasKey: true })]
    const [onA, onB] = [await follow(a), await follow(b)]
    const shelf = `shelf/${did}`
    const made = await onA.publisher.publish(aDraft())
    if (!made.ok) throw new Error('refused')
    await onA.listings.open('person')
    await onB.listings.open('person')
    exchange(a.at(shelf), b.at(shelf))
    await settle()
    a.setNow(a.now() + 1000)
    b.setNow(b.now() + 2000)
    await onA.publisher.publish(aDraft({ title: '在甲机上改的标题', contactValue: '' }), made.value)
    await onB.publisher.publish(aDraft({ title: '在乙机上改的标题', contactValue: '' }), made.value)
    exchange(a.at(shelf), b.at(shelf))
    await settle()
    expect(onB.only().choice).toBeUndefined()
    const choice = onA.only().choice
    expect(choice?.mine.envelope.body['title']).toBe('在甲机上改的标题')
    expect(choice?.counts.envelope.body['title']).toBe('在乙机上改的标题')
    if (!choice) throw new Error('no choice')
    await onA.publisher.keepMine(made.value, choice.mine)
    exchange(a.at(shelf), b.at(shelf))
    await settle()
    for (const device of [onA, onB])
      expect(device.only()).toMatchObject({ choice: undefined, body: { title: '在甲机上改的标题' } })
  })

  it('takes the other version over when that is wanted', async () => {
    const [a, b] = [aSession(), aSession({ device: 'bbbbbbbbbbbb', hasKey: true })]
    const [onA, onB] = [await follow(a), await follow(b)]
    const shelf = `shelf/${did}`
    const made = await onA.publisher.publish(aDraft())
    if (!made.ok) throw new Error('refused')
    await onA.listings.open('person')
    exchange(a.at(shelf), await b.room(shelf))
    b.setNow(b.now() + 2000)
    await onA.publisher.publish(aDraft({ title: '在甲机上改的标题' }), made.value)
    await onB.publisher.publish(aDraft({ title: '在乙机上改的标题', contactValue: '' }), made.value)
    exchange(a.at(shelf), b.at(shelf))
    const choice = await vi.waitFor(() => onA.only().choice ?? Promise.reject(new Error('no choice')))
    await onA.publisher.keepOther(made.value)
    await settle()
    expect(onA.only()).toMatchObject({ choice: undefined, body: { title: '在乙机上改的标题' } })
    expect(onA.only().record.hash).toBe(choice.counts.hash)
  })
})
