/** The 41-article shop policy: remedy by age (2.2), exclusions (2.3), and the choices that fill its gaps. */
import { describe, expect, it } from 'vitest'
import { judge } from '#domain/policy.ts'
import { articlesOf } from '#domain/verdict.ts'
import type { Exclusion } from '#domain/case-facts.ts'
import { aCase, idsOf, ownVerdict, thePolicy, verdictOf } from '../fixtures/policies.ts'

const shop = (change: Parameters<typeof ownVerdict>[1]) => ownVerdict('shop-41', change)
const fault = true

describe('by age', () => {
  it.each([
    // age in days, fault, remedy, article that grants it
    [0, false, 'refund', 'P-06'],
    [7, false, 'refund', 'P-06'],
    [15, true, 'refund', 'P-07'],
    [16, true, 'exchange', 'P-08'],
    [29, true, 'exchange', 'P-08'],
    [30, true, 'exchange', 'P-08'], // G1: day 30 has no article of its own; we chose the kinder reading
    [31, true, 'free-repair', 'P-09'],
    [91, true, 'free-repair', 'P-09'], // the day before three months
    [92, true, 'free-repair', 'P-09'], // G2: 1 November, three months to the day
    [93, true, 'paid-repair', 'P-10'],
    [3000, true, 'paid-repair', 'P-10'],
  ] as const)('day %i, fault %s: %s under %s', (age, isFault, remedy, article) => {
    const { options, granted } = shop({ age, fault: isFault })
    expect(options).toEqual([remedy])
    expect(idsOf(granted)).toEqual([article])
  })

  it('in the first week a fault stands on P-06 and P-07 alike', () =>
    expect(idsOf(shop({ age: 7, fault }).granted)).toEqual(['P-06', 'P-07']))

  it('G7: no fault after day 7 is no entitlement, and says which article it missed', () => {
    const found = shop({ age: 8 })
    expect(found.options).toEqual([])
    expect(found.missed).toContainEqual({
      article: 'P-06',
      remedies: ['refund'],
      because: [{ kind: 'late', until: '2026-08-08' }],
    })
    expect(found.choices).toContain('G7')
    expect(verdictOf('shop-41', { age: 8 }).remedy).toBe('none')
    expect(shop({ age: 3, exclusions: ['used'] }).choices).not.toContain('G7') // refused by an article, not left without one
  })

  it.each([
    [30, 'G1', true],
    [29, 'G1', false],
    [92, 'G2', true],
    [91, 'G2', false],
  ] as const)('day %i names %s: %s', (age, choice, named) =>
    expect(shop({ age, fault }).choices.includes(choice)).toBe(named),
  )

  it('G1, G2 are parameters: other limits in the data give other remedies on those days', () => {
    const policy = thePolicy('shop-41')
    const grants = policy.grants.map((row) => {
      if (row.article === 'P-08') return { ...row, until: { days: 29 } }
      if (row.article === 'P-09') return { ...row, after: { days: 29 }, until: { days: 91 } }
      return row.article === 'P-10' ? { ...row, after: { days: 91 } } : row
    })
    const on = (age: number) => judge({ ...policy, grants }, [], aCase({ age, fault })).remedy
    expect([on(29), on(30), on(91), on(92)]).toEqual(['exchange', 'free-repair', 'free-repair', 'paid-repair'])
  })

  it.each([
    ['2026-11-30', '2027-02-28', 'free-repair'], // G4: clamped to the end of February
    ['2026-11-30', '2027-03-01', 'paid-repair'],
    ['2027-11-30', '2028-02-29', 'free-repair'],
    ['2024-02-29', '2024-05-29', 'free-repair'],
    ['2024-02-29', '2024-05-30', 'paid-repair'],
  ] as const)('G4: bought %s, today %s: %s', (boughtOn, today, remedy) =>
    expect(shop({ boughtOn, today, fault }).options).toEqual([remedy]),
  )

  it('G3: the purchase day is day 0', () => expect(shop({ age: 0 })).toMatchObject({ day: 0, choices: ['G3', 'G4'] }))

  it('P-04: what the guarantee gives is free; P-05: what lies outside it is paid from a table above zero', () => {
    expect(verdictOf('shop-41', { age: 20, fault }).fee).toBe('free')
    expect(verdictOf('shop-41', { age: 60, fault }).fee).toBe('free')
    expect(verdictOf('shop-41', { age: 93, fault }).fee).toBe('paid')
    expect(verdictOf('shop-41', { age: 8 }).fee).toBeUndefined()
    const { fees } = thePolicy('shop-41')
    expect(fees.length).toBeGreaterThan(0)
    for (const { fen } of fees) expect(fen).toBeGreaterThan(0)
  })

  it('P-02: says whom it binds; P-03: four roles answer for it', () => {
    expect(thePolicy('shop-41').scope.zh.length).toBeGreaterThan(3)
    expect(thePolicy('shop-41').roles).toHaveLength(4)
  })
})

describe('exclusions', () => {
  it.each([
    // exclusion, fault, age, remedy, articles that bar
    [['used'], false, 3, 'none', ['P-11']],
    [['used'], true, 3, 'refund', []], // P-11 needs both: marks of use and no fault
    [[], false, 3, 'refund', []],
    [['custom'], false, 3, 'none', ['P-12']],
    [['custom'], true, 10, 'refund', []], // P-12: a fault lifts it
    [['pack'], false, 3, 'none', ['P-13']],
    [['accessories'], false, 3, 'none', ['P-13']],
    [['card'], false, 3, 'none', ['P-13']],
    [['pack'], true, 10, 'free-repair', ['P-13']], // G5: falls to repair
    [['accessories'], true, 20, 'free-repair', ['P-13']],
    [['card'], true, 92, 'free-repair', ['P-13']],
    [['card'], true, 93, 'paid-repair', ['P-13']], // G5: paid after three months
    [['damage'], true, 1, 'paid-repair', ['P-14']], // P-14 beats P-07
    [['damage'], true, 20, 'paid-repair', ['P-14']], // and P-08
    [['damage'], true, 60, 'paid-repair', ['P-14']], // G5: at once, not after three months
    [['damage'], false, 1, 'none', ['P-14']], // nothing to repair
    [['special'], false, 3, 'none', ['P-15']],
    [['special'], true, 10, 'free-repair', ['P-15']],
    [['special', 'pack'], true, 10, 'free-repair', ['P-13', 'P-15']],
  ] as const)('%j, fault %s, day %i: %s', (list, isFault, age, remedy, bars) => {
    const verdict = verdictOf('shop-41', { age, fault: isFault, exclusions: list as readonly Exclusion[] })
    expect(verdict.remedy).toBe(remedy)
    expect(idsOf(verdict.layers[0].barred)).toEqual(bars)
  })

  it('G5 is named where a bar makes the case fall to repair', () => {
    // and it holds as long as that row does
    expect(shop({ age: 10, fault, exclusions: ['pack'] })).toMatchObject({
      granted: [{ article: 'P-09', until: '2026-11-01' }],
    })
    expect(shop({ age: 10, fault, exclusions: ['pack'] }).choices).toContain('G5')
    expect(shop({ age: 40, fault, exclusions: ['pack'] }).choices).not.toContain('G5') // repair was its own row
  })

  it('G6: one evidence, two tests: the lost pack fails P-06 itself and meets P-13', () => {
    const found = shop({ age: 3, exclusions: ['pack'] })
    expect(found.missed[0]).toMatchObject({
      article: 'P-06',
      because: [
        { kind: 'spoilt', by: 'pack' },
        { kind: 'barred', by: 'P-13' },
      ],
    })
    expect(found.choices).toContain('G6')
  })

  it('P-15 is doubted where the goods are faulty, and only there', () => {
    expect(shop({ age: 3, fault, exclusions: ['special'] }).barred[0]?.doubt?.zh).toMatch(/12315/)
    expect(shop({ age: 3, exclusions: ['special'] }).barred[0]?.doubt).toBeUndefined()
  })

  it('P-25: no refusal without an article', () => {
    for (const age of [0, 3, 8, 31, 93])
      for (const one of ['used', 'custom', 'pack', 'card', 'damage', 'special'] as const)
        for (const isFault of [true, false]) {
          const found = shop({ age, fault: isFault, exclusions: [one] })
          expect(articlesOf(found).some((id) => id.startsWith('P-') && id !== 'P-25' && id !== 'P-41')).toBe(true)
        }
  })

  it('P-18, P-19: whether it is a fault is a field, and the verdict names policy and version', () => {
    expect(shop({ age: 20 }).options).toEqual([])
    expect(shop({ age: 20, fault })).toMatchObject({ policy: 'shop-41', version: 1, options: ['exchange'] })
  })

  it('P-17: the proof of purchase is asked for in every case', () =>
    expect(verdictOf('shop-41', { age: 3 }).evidence.map(({ en }) => en)).toContain('The till slip or invoice'))
})
