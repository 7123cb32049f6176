/** When an author is told that a listing ends. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endingSteps, endingStepOf, isPast, nextLookAt } from '#domain/ending.ts'
import { endOf } from '#domain/life.ts'
import { dayMs, hourMs, minuteMs } from '#domain/time.ts'

const zone = 'Asia/Shanghai'
const noon = Date.UTC(2026, 10, 20, 4)
const month = { renewedAt: noon, receivedAt: noon, validDays: 30, state: 'live' } as const
const week = { ...month, validDays: 7 } as const
const [end, weekEnd] = [endOf(month), endOf(week)]

describe('a listing that ends', () => {
  it.each([
    ['at its beginning', month, noon, undefined],
    ['a minute before its last week', month, end - 7 * dayMs - minuteMs, undefined],
    ['seven days before', month, end - 7 * dayMs, 'week'],
    ['two days before', month, end - 2 * dayMs, 'week'],
    ['one day before', month, end - dayMs, 'day'],
    ['on the day, from its midnight in the town', month, end - 12 * hourMs, 'end'],
    ['at its end', month, end, 'end'],
    ['after it, for who was away', month, end + 10 * dayMs, 'end'],
    ['when its page is gone', month, end + 31 * dayMs, undefined],
    ['that runs for seven days, at its beginning', week, noon, undefined], // it would be told of its last week at once
    ['that runs for seven days, a day before', week, weekEnd - dayMs, 'day'],
    ['that was sold', { ...month, state: 'sold-here' }, end - hourMs, undefined],
    ['read by a clock a year slow', month, end - 365 * dayMs, undefined],
  ] as const)('%s is told of %j', (_, listing, now, step) => expect(endingStepOf(listing, now, zone)).toBe(step))

  it('comes to its steps in order, and is looked at before each', () => {
    fc.assert(
      fc.property(fc.constantFrom(7, 30, 60), fc.nat(80 * dayMs), fc.nat(20 * dayMs), (validDays, first, later) => {
        const listing = { ...month, validDays } as typeof month
        const [a, b] = [noon + first, noon + first + later]
        const [before, after] = [a, b].map((now) => endingStepOf(listing, now, zone))
        if (before && after) expect(isPast(after, before)).toBe(true)
        const look = nextLookAt(listing, a)
        if (after && after !== before && look !== undefined) expect(look).toBeLessThanOrEqual(b)
        expect(endingSteps).toHaveLength(3)
      }),
    )
  })
})
