import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOf, isGone, keepsRenewalGap, lifeOf, maxAheadMs, renewableAt, startOf } from '#domain/life.ts'
import { ageOf, civilDateOf, dayMs, hourMs, isCivilDate, isCivilMonth } from '#domain/time.ts'

const t = 1_795_000_000_000
const live = { renewedAt: t, receivedAt: t, validDays: 30, state: 'live' } as const

describe('the life of a listing', () => {
  it.each([
    ['on its first day', live, t, 'live'],
    ['at its very end', live, t + 30 * dayMs, 'live'],
    ['a millisecond later', live, t + 30 * dayMs + 1, 'expired'],
    ['sold here', { ...live, state: 'sold-here' }, t, 'sold'],
    ['sold elsewhere, long after', { ...live, state: 'sold-elsewhere' }, t + 99 * dayMs, 'sold'],
    ['when the author changed his mind', { ...live, state: 'changed-mind' }, t, 'withdrawn'],
    [
      'written offline and received a week later: no day is lost',
      { ...live, receivedAt: t + 7 * dayMs },
      t + 36 * dayMs,
      'live',
    ],
    [
      'signed by a clock a year ahead: no day is gained',
      { ...live, renewedAt: t + 365 * dayMs },
      t + 31 * dayMs,
      'expired',
    ],
  ] as const)('%s', (_, span, now, life) => expect(lifeOf(span, now)).toBe(life))

  it('starts within ten minutes of the receipt and never before it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (renewedAt, receivedAt) => {
        const start = startOf({ renewedAt, receivedAt, validDays: 7 })
        expect(start).toBeGreaterThanOrEqual(receivedAt)
        expect(start).toBeLessThanOrEqual(receivedAt + maxAheadMs)
      }),
    )
  })

  it('ends once: after it is over it does not come back with time', () => {
    fc.assert(
      fc.property(fc.nat(100 * dayMs), fc.nat(100 * dayMs), (a, b) => {
        const [early, late] = [t + Math.min(a, b), t + Math.max(a, b)]
        if (lifeOf(live, early) === 'expired') expect(lifeOf(live, late)).toBe('expired')
      }),
    )
  })

  it.each([
    ['never renewed', { createdAt: t, renewedAt: t, updatedAt: t + 5 }, true],
    ['renewed after two days', { createdAt: t, renewedAt: t + 48 * hourMs, updatedAt: t + 48 * hourMs }, true],
    ['renewed an hour early', { createdAt: t, renewedAt: t + 47 * hourMs, updatedAt: t + 47 * hourMs }, false],
    ['renewed before it was made', { createdAt: t, renewedAt: t - 1, updatedAt: t }, false],
    ['renewed after it was signed', { createdAt: t, renewedAt: t + 60 * hourMs, updatedAt: t + 50 * hourMs }, false],
  ] as const)('a record %s keeps the gap: %j is %s', (_, times, keeps) => expect(keepsRenewalGap(times)).toBe(keeps))

  it('may be renewed after 48 hours, and its page goes 30 days after its end', () => {
    expect(renewableAt(t)).toBe(t + 48 * hourMs)
    expect([isGone(endOf(live), endOf(live) + 30 * dayMs), isGone(endOf(live), endOf(live) + 30 * dayMs + 1)]).toEqual([
      false,
      true,
    ])
  })
})

describe('civil time', () => {
  it.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['2000-02-29', true],
    ['2100-02-29', false],
    ['2026-04-31', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['26-01-01', false],
    ['1899-12-31', false],
  ])('%s is a date: %s', (text, expected) => expect(isCivilDate(text)).toBe(expected))

  it('agrees with the calendar of the runtime', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2199 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, month, day) => {
          const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
          const date = new Date(`${text}T00:00:00Z`)
          expect(isCivilDate(text)).toBe(!Number.isNaN(date.getTime()) && date.toISOString().startsWith(text))
        },
      ),
    )
    expect([isCivilMonth('2026-12'), isCivilMonth('2026-13')]).toEqual([true, false])
  })

  it('is the date of the town, not of the machine', () => {
    expect(civilDateOf(Date.UTC(2026, 10, 22, 16, 0), 'Asia/Shanghai')).toBe('2026-11-23')
    expect(civilDateOf(Date.UTC(2026, 10, 22, 15, 59), 'Asia/Shanghai')).toBe('2026-11-22')
  })

  it.each([
    [-5, 'now', 0],
    [0, 'now', 0],
    [61_000, 'minutes', 1],
    [hourMs, 'hours', 1],
    [3 * dayMs, 'days', 3],
  ])('an age of %i ms reads as %s %i', (age, unit, n) => expect(ageOf(t - age, t)).toEqual({ unit, n }))
})
