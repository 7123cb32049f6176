/** Civil dates against Temporal, which knows the calendar. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addMonths, daysBetween, laterOf } from '#domain/civil.ts'

const aDate = fc
  .integer({ min: 0, max: 76_000 })
  .map((days) => Temporal.PlainDate.from('1990-01-01').add({ days }).toString())

describe('civil dates', () => {
  it('add months as Temporal does, clamped to the month', () =>
    fc.assert(
      fc.property(aDate, fc.integer({ min: 0, max: 120 }), (date, months) => {
        expect(addMonths(date, months)).toBe(Temporal.PlainDate.from(date).add({ months }).toString())
      }),
    ))

  it('add and count days as Temporal does', () =>
    fc.assert(
      fc.property(aDate, fc.integer({ min: -400, max: 4000 }), (date, days) => {
        const other = addDays(date, days)
        expect(other).toBe(Temporal.PlainDate.from(date).add({ days }).toString())
        expect(daysBetween(date, other)).toBe(days)
      }),
    ))

  it.each([
    ['2026-11-30', 3, '2027-02-28'], // G4
    ['2027-11-30', 3, '2028-02-29'], // a leap year
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-10-31', 3, '2027-01-31'], // over the year's end
  ] as const)('%s and %i months is %s', (date, months, end) => expect(addMonths(date, months)).toBe(end))

  it('know the later one', () => expect(laterOf('2026-12-31', '2027-01-01')).toBe('2027-01-01'))
})
