/** Facts out of a form or an address: every answer that means nothing is named, and nothing is guessed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersOf, factsOf, pairsOfAnswers, questionsFor, type CaseAnswers } from '#domain/case-form.ts'
import { questions } from '#domain/case-facts.ts'
import { policies, thePolicy } from '../fixtures/policies.ts'

const shop = thePolicy('shop-41')
const maker = thePolicy('phone-maker')
const today = '2026-11-23'
const full: CaseAnswers = { bought: '2026-11-08', where: 'shop', goods: 'general', state: 'fault' }

const faultsOf = (change: CaseAnswers, policy = shop, base = full) => {
  const read = factsOf(policy, { ...base, ...change }, today)
  return read.ok ? [] : read.error
}

describe('answers', () => {
  it('make a case', () => {
    const read = factsOf(shop, { ...full, pack: 'yes' }, today)
    expect(read).toMatchObject({
      ok: true,
      value: { boughtOn: '2026-11-08', receivedOn: '2026-11-08', today, fault: true, exclusions: ['pack'] },
    })
  })

  it.each([
    [{ bought: '' }, 'bought', 'missing'],
    [{ bought: '2026-11-24' }, 'bought', 'future'],
    [{ bought: '1989-12-31' }, 'bought', 'too-old'],
    [{ bought: '2026-02-29' }, 'bought', 'not-a-date'], // no leap year
    [{ bought: '2026-13-01' }, 'bought', 'not-a-date'],
    [{ bought: '8 November' }, 'bought', 'not-a-date'],
    [{ bought: '20261108' }, 'bought', 'not-a-date'],
    [{ bought: '0000-00-00' }, 'bought', 'not-a-date'],
    [{ state: '' }, 'state', 'missing'],
    [{ state: 'broken' }, 'state', 'not-a-choice'],
    [{ where: 'constructor' }, 'where', 'not-a-choice'],
    [{ goods: 'car' }, 'km', 'missing'],
    [{ goods: 'car', km: '-1' }, 'km', 'not-a-number'],
    [{ goods: 'car', km: '1e3' }, 'km', 'not-a-number'],
    [{ goods: 'car', km: '2000001' }, 'km', 'not-a-number'],
    [{ where: 'distance', received: '2026-11-07' }, 'received', 'before-purchase'],
    [{ where: 'distance', received: '2026-11-31' }, 'received', 'not-a-date'],
  ] as const)('%j: %s is %s', (change, question, kind) => expect(faultsOf(change)).toEqual([{ question, kind }]))

  it('29 February is a day in a leap year', () => expect(faultsOf({ bought: '2024-02-29' })).toEqual([]))
  it('all faults are told at once', () => expect(faultsOf({ bought: '', state: '' })).toHaveLength(2))
  it('a region or model has to be chosen, and another one is an answer', () => {
    expect(faultsOf({}, maker).map(({ question }) => question)).toEqual(['region', 'model', 'part'])
    expect(faultsOf({ region: 'elsewhere', model: 'other', part: 'other' }, maker)).toEqual([])
  })
  it('without the day of receipt it counts from the order', () =>
    expect(factsOf(shop, { ...full, where: 'distance' }, today)).toMatchObject({ value: { receivedOn: '2026-11-08' } }))
  it('an answer to a question that is not asked here does not count', () =>
    expect(factsOf(shop, { ...full, perishable: 'yes', km: 'x' }, today)).toMatchObject({
      ok: true,
      value: { exclusions: [] },
    }))
})

describe('an address', () => {
  it('carries the case there and back, and nothing else', () => {
    const pairs = pairsOfAnswers(shop, { ...full, pack: 'yes', km: '5' })
    expect(new URLSearchParams(pairs.map((pair) => [...pair])).toString()).toBe(
      'bought=2026-11-08&where=shop&goods=general&state=fault&pack=yes',
    )
    expect(answersOf(pairs)).toEqual({ ...full, pack: 'yes' })
    expect(
      answersOf([
        ['bought', 'a'],
        ['bought', 'b'],
        ['name', 'x'],
        ['__proto__', 'y'],
      ]),
    ).toEqual({ bought: 'a' })
  })

  it('whatever stands in it, the answer is facts or faults, never a throw', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...policies),
        fc.dictionary(
          fc.constantFrom(...questions),
          fc.oneof(fc.string(), fc.constantFrom('yes', 'fault', 'car', '2026-01-01')),
        ),
        (policy, answers) => {
          const read = factsOf(policy, answers, today)
          if (!read.ok) expect(read.error.length).toBeGreaterThan(0)
          else expect(read.value.boughtOn <= today).toBe(true)
          for (const { question } of read.ok ? [] : read.error)
            expect(questionsFor(policy, answers)).toContain(question)
        },
      ),
    ))
})
