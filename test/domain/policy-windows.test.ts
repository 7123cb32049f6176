/** A policy that leaves a day without a row, or gives it two, is refused with the articles named. */
import * as z from 'zod/mini'
import { describe, expect, it } from 'vitest'
import { Policy, type Grant } from '#domain/policy-schema.ts'
import { faultsOfPolicy } from '#domain/policy-windows.ts'
import { policies, thePolicy } from '../fixtures/policies.ts'

const shop = thePolicy('shop-41')
const changed = (changes: Readonly<Record<string, Partial<Grant>>>) => ({
  ...shop,
  grants: shop.grants.map((row) => ({ ...row, ...changes[row.article] })),
})

describe('windows', () => {
  it.each(policies.map((policy) => [policy.id, policy] as const))('%s has no fault', (_, policy) =>
    expect(faultsOfPolicy(policy)).toEqual([]),
  )

  it.each([
    ['a hole of one day', { 'P-08': { until: { days: 29 } } }, 'hole', ['P-08', 'P-09']],
    ['the source itself: under 30, over 30', { 'P-09': { after: { days: 31 } } }, 'hole', ['P-08', 'P-09']],
    ['two rows for day 15', { 'P-08': { after: { days: 14 } } }, 'overlap', ['P-07', 'P-08']],
    ['two rows for some days of three months', { 'P-10': { after: { days: 90 } } }, 'overlap', ['P-09', 'P-10']],
    ['days that leave months a hole', { 'P-10': { after: { days: 92 } } }, 'hole', ['P-09', 'P-10']],
    ['a row without an end before another', { 'P-08': { until: undefined } }, 'overlap', ['P-08', 'P-09']],
    ['a remedy that improves with age', { 'P-08': { remedies: ['paid-repair'] } }, 'improves', ['P-08', 'P-09']],
    ['a row of no day', { 'P-08': { until: { days: 15 } } }, 'empty', ['P-08']],
  ] as const)('%s', (_, changes, kind, articles) => {
    const policy = changed(changes as unknown as Parameters<typeof changed>[0])
    expect(faultsOfPolicy(policy)).toContainEqual({ kind, articles })
    const parsed = z.safeParse(Policy, policy)
    expect(parsed.error?.issues.map(({ message }) => message)).toContain(`${kind}: ${articles.join(' and ')}`)
  })

  it.each([
    ['an article that is not there', { grants: [{ ...shop.grants[0], article: 'P-99' }] }, 'no-such-article: P-99'],
    ['a choice that is not there', { chosen: { ...shop.chosen, nothing: 'G99' } }, 'no-such-choice: G99'],
    ['one article twice', { articles: [...shop.articles, shop.articles[1]] }, 'overlap: P-02 and P-02'],
    ['a due after nothing', { dues: [{ ...shop.dues[0], from: 'nowhere' }] }, 'no-such-due: P-16'],
  ])('%s is refused', (_, change, message) =>
    expect(z.safeParse(Policy, { ...shop, ...change }).error?.issues.map((issue) => issue.message)).toContain(message),
  )

  it('what is no policy at all is refused, not thrown', () => {
    for (const value of [
      null,
      1,
      [],
      {},
      { ...shop, extra: 1 },
      { ...shop, validFrom: '2026-02-30' },
      { ...shop, grants: [] },
    ])
      expect(z.safeParse(Policy, value).success).toBe(false)
  })
})
