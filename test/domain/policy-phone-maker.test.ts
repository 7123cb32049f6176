/** The phone maker's warranty by region and family, as data. */
import { describe, expect, it } from 'vitest'
import { addDays } from '#domain/civil.ts'
import { idsOf, ownVerdict, thePolicy, verdictOf } from '../fixtures/policies.ts'

const maker = (change: Parameters<typeof ownVerdict>[1]) =>
  ownVerdict('phone-maker', { fault: true, age: 100, ...change })

describe('the warranty table', () => {
  it.each([
    // region, model, part, remedy, row
    ['mainland', 'iphone-4', 'battery', 'new-part', 'I-1'],
    ['mainland', 'iphone-4s', 'back', 'new-part', 'I-1'],
    ['mainland', 'iphone-4', 'speaker', 'new-device', 'I-2'], // not in the 4 family's list
    ['mainland', 'iphone-4', 'other', 'new-device', 'I-2'],
    ['mainland', 'iphone-5', 'battery', 'new-part', 'I-3'],
    ['mainland', 'iphone-5s', 'home', 'new-part', 'I-3'],
    ['mainland', 'iphone-5c', 'motor', 'new-part', 'I-3'],
    ['mainland', 'iphone-5', 'camera', 'new-device', 'I-4'], // G11: the camera is not in the 5 family's own list
    ['hong-kong', 'iphone-4', 'battery', 'new-device', 'I-5'],
    ['hong-kong', 'iphone-5', 'other', 'new-device', 'I-5'],
  ] as const)('%s %s, %s: %s under %s', (region, model, part, remedy, row) => {
    const found = maker({ region, model, part })
    expect(found.options).toEqual([remedy])
    expect(idsOf(found.granted)).toEqual([row])
    expect(found.choices.includes('G11')).toBe(row === 'I-4')
  })

  it.each(['mainland', 'hong-kong'] as const)(
    'I-6: %s, after the year a paid swap at an authorised point',
    (region) => {
      const found = (age: number) => maker({ region, model: 'iphone-5', part: 'other', age })
      expect(idsOf(found(365).granted)).not.toContain('I-6')
      expect(found(366)).toMatchObject({ options: ['paid-swap'], granted: [{ article: 'I-6' }], notes: ['I-0a'] })
    },
  )

  it('I-0b: damage by a person is outside the free rules', () =>
    expect(maker({ model: 'iphone-5', part: 'battery', exclusions: ['damage'] })).toMatchObject({
      options: ['paid-swap'],
      barred: [{ article: 'I-0b' }],
    }))

  it.each([{ model: 'iphone-7' }, { model: 'other' }, { model: 'iphone-5', region: 'elsewhere' }] as const)(
    'G10: %j: no rule held',
    (change) => {
      const verdict = verdictOf('phone-maker', { fault: true, age: 100, ...change })
      expect(verdict.remedy).toBe('no-rule')
      expect(verdict.layers[0]).toMatchObject({ held: false, granted: [], choices: ['G10'] })
    },
  )

  it('a known phone without a fault earns nothing, and that is a rule', () =>
    expect(verdictOf('phone-maker', { age: 3, model: 'iphone-4' }).remedy).toBe('none'))

  it('names its source and its day', () =>
    expect(thePolicy('phone-maker')).toMatchObject({
      validFrom: '2013-04-01',
      source: { checkedOn: '2026-11-20', certainty: 'secondary' },
    }))
})

describe('the cover of what was replaced', () => {
  const boughtOn = '2026-01-01' // the device's term ends on 1 January 2027
  const end = '2027-01-01'
  const coverWith = (left: number, model: string, part: string, region: 'mainland' | 'hong-kong') => {
    const today = addDays(end, -left)
    const [row] = ownVerdict('phone-maker', { boughtOn, today, fault: true, model, part, region }).granted
    return { row, today }
  }

  it.each([
    [91, 91],
    [90, 90],
    [89, 90],
    [0, 90],
    [200, 200],
  ])('I-5: with %i days left the new device is covered for %i', (left, days) => {
    const { row, today } = coverWith(left, 'iphone-5', 'other', 'hong-kong')
    expect(row).toMatchObject({ article: 'I-5', coverUntil: addDays(today, days) })
  })

  it.each([
    [200, 200],
    [30, 90],
  ])('I-1, I-3: with %i days left the part is covered for %i', (left, days) => {
    for (const [model, article] of [
      ['iphone-4', 'I-1'],
      ['iphone-5', 'I-3'],
    ] as const) {
      const { row, today } = coverWith(left, model, 'battery', 'mainland')
      expect(row).toMatchObject({ article, coverUntil: addDays(today, days) })
    }
  })

  it('I-2, I-4: a new device has a new year from the day of replacement', () => {
    for (const model of ['iphone-4', 'iphone-5']) {
      const { row } = coverWith(30, model, 'other', 'mainland')
      expect(row?.coverUntil).toBe('2027-12-02')
    }
  })
})
