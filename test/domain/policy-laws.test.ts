/** What holds for every case under every shipped policy, tried on cases nobody thought of. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#domain/civil.ts'
import { channels, exclusions, goodsKinds, regions, type CaseFacts } from '#domain/case-facts.ts'
import { judge } from '#domain/policy.ts'
import type { Policy } from '#domain/policy-schema.ts'
import { compareOptions, remedies } from '#domain/remedy.ts'
import { articlesOf } from '#domain/verdict.ts'
import { aCase, policies, statutes, thePolicy } from '../fixtures/policies.ts'

const known = thePolicy('phone-maker')
const modelIds = [...(known.models ?? []).map(({ id }) => id), 'iphone-7', 'other', '']
const partIds = [...(known.parts ?? []).map(({ id }) => id), 'other']

const anyCase: fc.Arbitrary<CaseFacts> = fc
  .record({
    start: fc.integer({ min: 0, max: 20_000 }),
    age: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 1500 })),
    post: fc.integer({ min: 0, max: 20 }),
    channel: fc.constantFrom(...channels),
    goods: fc.constantFrom(...goodsKinds),
    fault: fc.boolean(),
    listed: fc.boolean(),
    grave: fc.boolean(),
    km: fc.constantFrom(0, 2999, 3000, 3001, 60_000, 60_001),
    region: fc.constantFrom(...regions),
    model: fc.constantFrom(...modelIds),
    part: fc.constantFrom(...partIds),
    exclusions: fc.subarray([...exclusions]),
  })
  .map(({ start, age, post, ...facts }) => {
    const boughtOn = addDays('1990-01-01', start)
    return { ...facts, boughtOn, today: addDays(boughtOn, age), receivedOn: addDays(boughtOn, Math.min(post, age)) }
  })
const anyPolicy = fc.constantFrom(...policies)
const laws = { numRuns: 1000 }
const worth = (policy: Policy, facts: CaseFacts) => judge(policy, statutes, facts).options
const notBetter = (a: readonly (typeof remedies)[number][], b: readonly (typeof remedies)[number][]) =>
  expect(compareOptions(a, b)).toBeLessThanOrEqual(0)

describe('every verdict', () => {
  it('is one, the same each time, and names at least one article in each layer', () =>
    fc.assert(
      fc.property(anyPolicy, anyCase, (policy, facts) => {
        const verdict = judge(policy, statutes, facts)
        expect([...remedies, 'none', 'no-rule']).toContain(verdict.remedy)
        expect(judge(policy, statutes, facts)).toEqual(verdict)
        for (const layer of verdict.layers) {
          expect(articlesOf(layer).length).toBeGreaterThan(0)
          if (layer.options.length > 0) expect(layer.granted.length).toBeGreaterThan(0)
          else if (layer.held) expect([...layer.barred, ...layer.missed].length).toBeGreaterThan(0)
        }
      }),
      laws,
    ))

  it('is never better for one exclusion more', () =>
    fc.assert(
      fc.property(anyPolicy, anyCase, fc.constantFrom(...exclusions), (policy, facts, one) => {
        notBetter(worth(policy, { ...facts, exclusions: [...facts.exclusions, one] }), worth(policy, facts))
      }),
      laws,
    ))

  it('is never worse for a statute', () =>
    fc.assert(
      fc.property(anyPolicy, anyCase, (policy, facts) => {
        notBetter(judge(policy, [], facts).options, worth(policy, facts))
      }),
      laws,
    ))

  it('is never better a day later, or many', () =>
    fc.assert(
      fc.property(anyPolicy, anyCase, fc.constantFrom(1, 2, 30, 400), (policy, facts, days) => {
        notBetter(worth(policy, { ...facts, today: addDays(facts.today, days) }), worth(policy, facts))
      }),
      laws,
    ))

  it('is never better for more kilometres', () =>
    fc.assert(
      fc.property(anyPolicy, anyCase, (policy, facts) => {
        notBetter(worth(policy, { ...facts, km: facts.km + 1 }), worth(policy, facts))
      }),
      laws,
    ))

  it('G10: a model nobody listed has no rule in the maker’s table, whatever else is told', () =>
    fc.assert(
      fc.property(anyCase, fc.string(), (facts, model) => {
        fc.pre(!known.models?.some(({ id }) => id === model))
        expect(judge(known, [], { ...facts, model })).toMatchObject({
          remedy: 'no-rule',
          layers: [{ choices: ['G10'] }],
        })
      }),
    ))

  it('gives every day 0 to 1,500 exactly one row of the fault ladder', () => {
    for (let age = 0; age <= 1500; age++) {
      const [own] = judge(thePolicy('shop-41'), [], aCase({ age, fault: true })).layers
      expect(own.granted.filter(({ article }) => article !== 'P-06')).toHaveLength(1)
    }
  })
})
