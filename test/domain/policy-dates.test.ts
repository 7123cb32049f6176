/** The days a shop has to keep (2.4), and versions that stay. */
import { describe, expect, it } from 'vitest'
import { isOverdue, isToldBeforehand, pickUpPlan } from '#domain/policy-dates.ts'
import { judge } from '#domain/policy.ts'
import type { Policy } from '#domain/policy-schema.ts'
import { policyOf, policyOn } from '#domain/policy-versions.ts'
import { aCase, thePolicy, verdictOf } from '../fixtures/policies.ts'

const shop = thePolicy('shop-41')
const duesOn = (age: number, fault = true) =>
  verdictOf('shop-41', { age, fault }).dues.map(({ article, on }) => `${article} ${on}`)

describe('dates', () => {
  it('P-16: a repair taken in on 10 September is due on the 17th, and overdue on the 18th', () => {
    expect(duesOn(40)).toContain('P-16 2026-09-17')
    expect(isOverdue('2026-09-17', '2026-09-17')).toBe(false)
    expect(isOverdue('2026-09-17', '2026-09-18')).toBe(true)
  })

  it('P-26: a delay is told before the due day; on the day itself it is too late', () => {
    expect(duesOn(40)).toContain('P-26 2026-09-16')
    expect(isToldBeforehand('2026-09-16', '2026-09-17')).toBe(true)
    expect(isToldBeforehand('2026-09-17', '2026-09-17')).toBe(false)
    expect(isToldBeforehand(undefined, '2026-09-17')).toBe(false)
  })

  it('P-27, P-28: ready on the 15th: notices on day 0, +3 and +6, then posted back', () =>
    expect(pickUpPlan(shop, { id: 'repaired', on: '2026-09-15' })).toEqual([
      { id: 'notice-1', article: 'P-27', on: '2026-09-15' },
      { id: 'notice-2', article: 'P-27', on: '2026-09-18' },
      { id: 'notice-3', article: 'P-28', on: '2026-09-21' },
      { id: 'posted-back', article: 'P-28', on: '2026-09-21' }, // G8: no days of grace
    ]))

  it('G8: gaps and grace are numbers in the data', () => {
    const dues = shop.dues.map((due) => (due.id === 'posted-back' ? { ...due, days: 2 } : due))
    expect(pickUpPlan({ ...shop, dues }, { id: 'repaired', on: '2026-09-15' }).at(-1)).toMatchObject({
      on: '2026-09-23',
    })
  })

  it('P-35: an exchange that is out of stock is answered within a week', () =>
    expect(duesOn(20)).toEqual(['P-35 2026-08-28']))

  it('stand in the order of time, and none where there is nothing to do', () => {
    const days = verdictOf('shop-41', { age: 40, fault: true }).dues.map(({ on }) => on)
    expect(days).toEqual([...days].sort())
    expect(duesOn(8, false)).toEqual([])
  })
})

describe('P-39, P-40: versions', () => {
  const second: Policy = {
    ...shop,
    version: 2,
    validFrom: '2027-01-01',
    grants: shop.grants.map((row) =>
      row.article === 'P-07'
        ? { ...row, until: { days: 10 } }
        : row.article === 'P-08'
          ? { ...row, after: { days: 10 } }
          : row,
    ),
  }
  const all = [second, shop]

  it('a case keeps the version it names', () => {
    const facts = aCase({ age: 12, fault: true })
    const before = policyOf(all, 'shop-41', 1)
    const after = policyOf(all, 'shop-41')
    expect(before && judge(before, [], facts)).toMatchObject({ remedy: 'refund', layers: [{ version: 1 }] })
    expect(after && judge(after, [], facts)).toMatchObject({ remedy: 'exchange', layers: [{ version: 2 }] })
  })

  it('a day has the version that was in force on it', () => {
    expect(policyOn(all, 'shop-41', '2026-12-31')?.version).toBe(1)
    expect(policyOn(all, 'shop-41', '2027-01-01')?.version).toBe(2)
    expect(policyOn(all, 'shop-41', '2026-01-01')).toBeUndefined()
  })
})
