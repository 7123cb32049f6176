/** Notices of endings: each step once, on whatever device, and anew after a renewal. */
import { createRoot, createSignal } from 'solid-js'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { endOf } from '#domain/life.ts'
import { dayMs } from '#domain/time.ts'
import { town } from '#src/i18n/town.ts'
import { createEndings, rememberEnd, type Endings } from '#src/listings/endings.ts'
import type { OwnListing } from '#src/listings/own-listings.ts'
import { readFresh } from '#src/sync/fresh.ts'
import { aSession, exchange } from '../fixtures/session.ts'

const start = 1_795_000_000_000
const span = { renewedAt: start, receivedAt: start, validDays: 30 } as const
const end = endOf(span)
const own = (more: object = {}): OwnListing =>
  ({
    id: 'a'.repeat(26),
    span,
    body: { state: 'live', title: '书桌' },
    progress: { step: 'published' },
    ...more,
  }) as never

const closing: (() => void)[] = []
afterEach(() => {
  closing.splice(0).forEach((close) => close())
  localStorage.clear()
})

async function device(now: number, listing = own()) {
  const session = aSession()
  const [clock, setNow] = createSignal(now)
  const [all, setAll] = createSignal([listing])
  const endings = createRoot((dispose): Endings => {
    closing.push(dispose)
    return createEndings({ session, zone: town.portal.zone, listings: all, now: clock })
  })
  const me = await session.me()
  await vi.waitFor(() => expect(endings.me()).toBeDefined())
  return { me, endings, setNow, setAll, tell: () => endings.tell(me).map(({ step }) => step) }
}

describe('the author is told', () => {
  it('of each step once', async () => {
    const { tell, setNow } = await device(end - 8 * dayMs)
    expect(tell()).toEqual([])
    setNow(end - 7 * dayMs)
    expect([tell(), tell()]).toEqual([['week'], []])
    setNow(end - dayMs)
    expect([tell(), tell()]).toEqual([['day'], []])
    setNow(end)
    expect([tell(), tell()]).toEqual([['end'], []])
    setNow(end + 3 * dayMs)
    expect(tell()).toEqual([]) // over is the same step
    setNow(end - dayMs) // a clock set back
    expect(tell()).toEqual([])
  })

  it('on one device and not again on another', async () => {
    const [phone, desk] = [await device(end - dayMs), await device(end - dayMs)]
    expect(phone.tell()).toEqual(['day'])
    exchange(phone.me, desk.me)
    expect(desk.tell()).toEqual([])
  })

  it('anew when it was renewed', async () => {
    const { tell, setAll, setNow } = await device(end - dayMs)
    expect(tell()).toEqual(['day'])
    const again = { ...span, renewedAt: end - dayMs, receivedAt: end - dayMs }
    setAll([own({ span: again })])
    expect(tell()).toEqual([])
    setNow(endOf(again) - 7 * dayMs)
    expect(tell()).toEqual(['week'])
  })

  it.each([
    ['not published', { progress: { step: 'stored' } }],
    ['sold', { body: { state: 'sold-here', title: '书桌' } }],
  ])('nothing of one that is %s', async (_, more) => {
    const { tell } = await device(end - dayMs, own(more))
    expect(tell()).toEqual([])
  })

  it('by a count that goes when it was looked at; what was seen is not told', async () => {
    const { endings, me, tell, setNow } = await device(end - 7 * dayMs)
    expect(endings.ends(me)).toMatchObject({ due: 1, look: end - dayMs })
    expect(endings.seen(me)).toMatchObject({ due: 0, look: end - dayMs })
    expect(tell()).toEqual([])
    setNow(end - dayMs)
    expect(endings.ends(me).due).toBe(1)
  })
})

it('a page knows from the publishing on when to look', () => {
  rememberEnd(own(), start)
  expect(readFresh()).toMatchObject({ due: 0, look: end - 7 * dayMs })
  rememberEnd(own({ span: { ...span, validDays: 60 } }), start)
  expect(readFresh().look).toBe(end - 7 * dayMs) // the nearest stays
})
