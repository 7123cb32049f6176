/** The statutory layers beside a shop's policy (P-41, G12): the better for the buyer wins, both are shown. */
import { describe, expect, it } from 'vitest'
import { idsOf, verdictOf } from '../fixtures/policies.ts'

const decided = (change: Parameters<typeof verdictOf>[1], policy = 'shop-41') => {
  const verdict = verdictOf(policy, change)
  const layer = verdict.layers[verdict.decidedBy]
  return { verdict, layer, by: layer?.policy, articles: idsOf(layer?.granted ?? []) }
}

describe('P-41: national law wins where it is better', () => {
  it('phones: after three months the shop asks a fee, the statute repairs for a year', () => {
    const phone = { goods: 'phone', fault: true, listed: true } as const
    expect(decided({ ...phone, age: 93 })).toMatchObject({ by: 'phone-three-guarantees', articles: ['M-3'] })
    expect(verdictOf('shop-41', { ...phone, age: 93 }).layers.map(({ options }) => options)).toEqual([
      ['paid-repair'],
      ['free-repair'],
    ])
    expect(decided({ ...phone, age: 365 }).verdict.remedy).toBe('free-repair')
    expect(decided({ ...phone, age: 366 }).verdict.remedy).toBe('paid-repair')
  })

  it.each([
    [7, ['refund', 'exchange', 'free-repair'], 'M-1'],
    [8, ['exchange', 'free-repair'], 'M-2'],
    [15, ['exchange', 'free-repair'], 'M-2'],
    [16, ['free-repair'], 'M-3'],
  ] as const)('M: a listed fault on day %i lets the buyer choose %j under %s', (age, options, article) => {
    const [, statute] = verdictOf('shop-41', { goods: 'phone', fault: true, listed: true, age }).layers
    expect(statute).toMatchObject({ options, granted: [{ article }] })
  })

  it('M: nothing where the fault is not a listed one, where the customer broke it (M-4), or outside the mainland', () => {
    const phone = { goods: 'phone', fault: true, listed: true, age: 3 } as const
    expect(verdictOf('shop-41', { ...phone, listed: false }).layers[1]).toMatchObject({ options: [] })
    expect(verdictOf('shop-41', { ...phone, exclusions: ['damage'] }).layers[1]).toMatchObject({
      options: [],
      barred: [{ article: 'M-4' }],
    })
    expect(verdictOf('shop-41', { ...phone, region: 'hong-kong' }).layers).toHaveLength(1)
  })

  it('distance: the pack may be open (D-3), P-06 and P-13 are too strict', () => {
    const online = { channel: 'distance', exclusions: ['pack'] } as const
    const { verdict, by, articles } = decided({ ...online, age: 3 })
    expect(verdict.remedy).toBe('refund')
    expect([by, articles]).toEqual(['distance-seven-days', ['D-1']])
    expect(verdict.layers[0]).toMatchObject({ options: [], barred: [{ article: 'P-13' }] })
    expect(verdict.layers[1]?.notes).toEqual(['D-3', 'D-5'])
  })

  it('distance: seven days from receipt, not from the order; the refund within seven more (D-4)', () => {
    const online = { channel: 'distance', boughtOn: '2026-08-01', receivedOn: '2026-08-10' } as const
    expect(decided({ ...online, today: '2026-08-17' })).toMatchObject({
      verdict: { remedy: 'refund' },
      articles: ['D-1'],
    })
    expect(decided({ ...online, today: '2026-08-18' }).verdict.remedy).toBe('none')
    expect(decided({ ...online, today: '2026-08-17' }).verdict.dues).toContainEqual(
      expect.objectContaining({ article: 'D-4', on: '2026-08-24' }),
    )
  })

  it.each(['custom', 'perishable', 'opened', 'papers'] as const)('distance: %s is left out by D-2', (one) =>
    expect(verdictOf('distance-seven-days', { age: 3, exclusions: [one] })).toMatchObject({
      remedy: 'none',
      layers: [{ barred: [{ article: 'D-2' }] }],
    }),
  )

  it('where both give the same, the policy asked decides', () =>
    expect(decided({ goods: 'car', fault: true, age: 40 })).toMatchObject({ by: 'shop-41', articles: ['P-09'] }))

  it.each([
    // age, km, grave, remedy, articles
    [60, 3000, true, 'refund', ['C-1']],
    [61, 3000, true, 'free-repair', ['C-3']],
    [60, 3001, true, 'free-repair', ['C-3']],
    [60, 3000, false, 'free-repair', ['C-3']],
    [1096, 60_000, false, 'free-repair', ['C-3']], // three years to the day
    [1097, 60_000, false, 'paid-repair', []],
    [1000, 60_001, false, 'paid-repair', []],
  ] as const)('cars: day %i, %i km, grave %s: %s under %j', (age, km, grave, remedy, articles) => {
    const { remedy: best, layers } = verdictOf('shop-41', { goods: 'car', fault: true, age, km, grave })
    expect(best).toBe(remedy)
    expect(idsOf(layers[1]?.granted ?? [])).toEqual(articles)
  })

  it('cars: the three-guarantee term is told while it runs (C-2), a loan car after five days (C-4), not for own damage (C-5)', () => {
    const car = { goods: 'car', fault: true, age: 100, km: 5000 } as const
    expect(verdictOf('shop-41', car).layers[1]?.notes).toEqual(['C-2'])
    expect(verdictOf('shop-41', { ...car, km: 50_001 }).layers[1]?.notes).toEqual([])
    expect(verdictOf('shop-41', car).dues).toContainEqual(expect.objectContaining({ article: 'C-4', on: '2026-11-15' }))
    expect(verdictOf('shop-41', { ...car, exclusions: ['damage'] }).layers[1]).toMatchObject({
      options: [],
      barred: [{ article: 'C-5' }],
    })
  })
})
