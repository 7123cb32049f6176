/** Whoever writes a policy is told where the law gives more, day by day, and only there. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#domain/civil.ts'
import { readDraft } from '#domain/policy-draft.ts'
import { betterByLaw } from '#domain/policy-beside-law.ts'
import { policyOfDraft } from '#domain/policy-made.ts'
import { judge } from '#domain/policy.ts'
import type { Policy } from '#domain/policy-schema.ts'
import { policySentences } from '#src/i18n/policy-sentences.ts'
import { must } from '../fixtures/must.ts'
import { aCase, statutes, thePolicy } from '../fixtures/policies.ts'

const today = '2026-11-20'
function written(
  goods: string,
  channel: string,
  until: number,
  extra: readonly (readonly [string, unknown])[] = [],
): Policy {
  const draft = readDraft([
    ['about', { goods, channel }],
    ['row/1', { place: 1, fault: true, until: { unit: 'days', count: until }, remedies: ['refund'], unless: [] }],
    ...extra,
  ])
  const frame = { id: 'written', version: 1, validFrom: today, title: 'x', author: 'x' }
  return must(policyOfDraft(draft, frame, policySentences, statutes))
}
const told = (policy: Policy) =>
  betterByLaw(policy, statutes, today).map(({ statute, fault, by, from, until, law }) => [
    statute,
    fault ? 'fault' : 'fine',
    by,
    from,
    until,
    law[0],
  ])

describe('the law beside a shop', () => {
  it('that sells at a distance: seven days without a reason, a fault or not', () => {
    expect(told(written('general', 'distance', 3))).toEqual([
      ['distance-seven-days', 'fine', undefined, 0, 7, 'refund'],
      ['distance-seven-days', 'fault', undefined, 4, 7, 'refund'],
    ])
  })

  it('that sells phones: exchange to day 15, repair to the end of the year', () => {
    expect(told(written('phone', 'shop', 5)).map(([, , , from, until, law]) => [from, until, law])).toEqual([
      [0, 5, 'refund'], // the law adds exchange and repair to the choice
      [6, 7, 'refund'],
      [8, 15, 'exchange'],
      [16, 365, 'free-repair'],
    ])
  })

  it('has nothing to say where no law is better', () => expect(told(written('general', 'shop', 3))).toEqual([]))

  it('tells what the shop refuses and the law does not', () => {
    const special = ['bar/1', { place: 1, by: 'special', refuses: 'exchange', always: true }] as const
    expect(told(written('general', 'distance', 10, [special]))).toContainEqual([
      'distance-seven-days',
      'fault',
      'special',
      0,
      7,
      'refund',
    ])
  })

  it('is told for exactly the days on which a case is judged so', () => {
    const policy = thePolicy('shop-41')
    const found = betterByLaw(policy, statutes, today)
    fc.assert(
      fc.property(fc.nat(500), fc.boolean(), fc.boolean(), (day, fault, distance) => {
        const facts = aCase({
          boughtOn: today,
          receivedOn: today,
          today: addDays(today, day),
          fault,
          listed: fault,
          grave: fault,
          channel: distance ? 'distance' : 'shop',
        })
        const isTold = found.some(
          (one) =>
            one.by === undefined &&
            one.fault === fault &&
            one.distance === distance &&
            one.from <= day &&
            day <= (one.until ?? Infinity),
        )
        expect(isTold).toBe(judge(policy, statutes, facts).decidedBy > 0)
      }),
      { numRuns: 400 },
    )
  })
})
