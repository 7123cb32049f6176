/** What the rule builder makes is a policy, or is refused with the rows named; it never breaks. */
import fc from 'fast-check'
import * as z from 'zod/mini'
import { describe, expect, it } from 'vitest'
import { exclusions, goodsKinds } from '#domain/case-facts.ts'
import { freshAbout, readDraft, refusals, type DraftBar, type DraftRow } from '#domain/policy-draft.ts'
import { policyOfDraft, type PolicyFrame } from '#domain/policy-made.ts'
import { judge } from '#domain/policy.ts'
import { Policy } from '#domain/policy-schema.ts'
import { remedies } from '#domain/remedy.ts'
import { policySentences } from '#src/i18n/policy-sentences.ts'
import { must } from '../fixtures/must.ts'
import { aCase, statutes } from '../fixtures/policies.ts'

const frame: PolicyFrame = { id: 'kettles', version: 2, validFrom: '2026-11-20', title: '水壶', author: '示例店' }
const days = (count: number) => ({ unit: 'days', count }) as const
const row = (place: number, change: Partial<DraftRow> = {}): DraftRow => ({
  place,
  fault: true,
  remedies: ['refund'],
  unless: [],
  ...change,
})
const bar = (place: number, change: Partial<DraftBar> = {}): DraftBar => ({
  place,
  by: 'special',
  refuses: 'exchange',
  always: true,
  ...change,
})
const made = (rows: readonly DraftRow[], bars: readonly DraftBar[] = []) =>
  policyOfDraft(
    readDraft([
      ...rows.map((value, i) => [`row/${i}`, value] as const),
      ...bars.map((value, i) => [`bar/${i}`, value] as const),
    ]),
    frame,
    policySentences,
    statutes,
  )
const faultsOf = (...rows: readonly DraftRow[]) => {
  const policy = made(rows)
  return policy.ok ? [] : policy.error
}

describe('a made policy', () => {
  const policy = must(
    made(
      [
        row(1, { fault: false, until: days(7), unless: ['used', 'pack'] }),
        row(2, { until: days(15) }),
        row(3, { after: days(15), until: { unit: 'months', count: 3 }, remedies: ['exchange', 'free-repair'] }),
        row(4, { after: { unit: 'months', count: 3 }, remedies: ['paid-repair'] }),
      ],
      [bar(1), bar(2, { by: 'damage', refuses: 'repair' })],
    ),
  )
  const optionsOf = (change: Parameters<typeof aCase>[0]) => judge(policy, [], aCase(change)).layers[0].options

  it.each([
    [{ age: 7 }, ['refund']],
    [{ age: 8 }, []],
    [{ age: 3, exclusions: ['pack'] }, []],
    [{ age: 15, fault: true }, ['refund']],
    [{ age: 16, fault: true }, ['exchange', 'free-repair']],
    [{ age: 16, fault: true, exclusions: ['special'] }, ['free-repair']],
    [{ age: 16, fault: true, exclusions: ['damage'] }, ['paid-repair']],
    [{ age: 200, fault: true }, ['paid-repair']],
  ] as const)('judges %j as its sentences say', (change, options) => expect(optionsOf(change)).toEqual(options))

  it('says itself in both languages', () => {
    expect(policy.articles[2]?.text).toEqual({
      zh: '有质量毛病，过了 15 天、3 个月以内：换货、免费修，由顾客选。',
      en: 'With a fault of quality, after 15 days and within 3 months: an exchange or repair free of charge, as the customer chooses.',
    })
    expect(policy.articles[4]?.text.en).toBe('Special price or gift: no return and no exchange, fault or not.')
  })

  it('asks what its rows turn on, and what the law over them does', () => {
    expect(policy.asks).toEqual(['bought', 'state', 'used', 'pack', 'special'])
    const phones = readDraft([
      ['about', { goods: 'phone', channel: 'both' }],
      ['row/1', row(1)],
    ])
    const { asks } = must(policyOfDraft(phones, frame, policySentences, statutes))
    expect(asks).toEqual(expect.arrayContaining(['where', 'received', 'listed', 'region', 'opened']))
    expect(asks).not.toContain('km')
  })
})

describe('what does not fit is refused with its rows', () => {
  it.each([
    [
      'a hole',
      [row(1, { until: days(15) }), row(2, { after: days(20), remedies: ['exchange'] })],
      'hole',
      ['A-1', 'A-2'],
    ],
    [
      'two for one day',
      [row(1, { until: days(15) }), row(2, { after: days(14), remedies: ['exchange'] })],
      'overlap',
      ['A-1', 'A-2'],
    ],
    ['two without an end', [row(1), row(2)], 'overlap', ['A-1', 'A-2']],
    ['no day', [row(1, { after: days(7), until: days(7) })], 'empty', ['A-1']],
    [
      'better later',
      [row(1, { until: days(7), remedies: ['free-repair'] }), row(2, { after: days(7) })],
      'improves',
      ['A-1', 'A-2'],
    ],
    ['nothing given', [row(1), row(2, { fault: false, remedies: [] })], 'no-remedy', ['A-2']],
    ['half a day', [row(1, { until: days(1.5) })], 'out-of-range', ['A-1']],
    ['what is no number', [row(1, { until: days(-1) })], 'out-of-range', ['A-1']],
    ['no month', [row(1, { until: { unit: 'months', count: 0 } })], 'out-of-range', ['A-1']],
    ['no rows', [], 'no-rows', []],
  ] as const)('%s', (_, rows, kind, articles) => expect(faultsOf(...rows)).toContainEqual({ kind, articles }))

  it('too many', () => {
    const rows = Array.from({ length: 31 }, (_, i) => row(i))
    expect(faultsOf(...rows)).toEqual([{ kind: 'too-many', articles: ['A-31'] }])
  })
})

describe('a draft', () => {
  it('passes over what it cannot read', () =>
    expect(
      readDraft([
        ['about', { goods: 'boats' }],
        ['row/1', { ...row(1), onclick: 'x()' }],
        ['row/2', '<script>'],
        ['bar/1', { ...bar(1), by: 'weather' }],
        ['other', row(1)],
      ]),
    ).toEqual({ about: freshAbout, rows: [], bars: [] }))

  it('is in one order for everybody', () => {
    const entries = [
      ['row/b', row(1)],
      ['row/a', row(1)],
      ['row/c', row(0)],
    ] as const
    const idsOf = (all: typeof entries | readonly (typeof entries)[number][]) => readDraft(all).rows.map(({ id }) => id)
    expect(idsOf(entries)).toEqual(['c', 'a', 'b'])
    expect(idsOf([...entries].reverse())).toEqual(['c', 'a', 'b'])
  })

  const span = fc.option(
    fc.record({ unit: fc.constantFrom('days', 'months'), count: fc.oneof(fc.nat(40), fc.double(), fc.integer()) }),
    { nil: undefined },
  )
  const anyRow = fc.record({
    place: fc.nat(5),
    fault: fc.boolean(),
    after: span,
    until: span,
    remedies: fc.uniqueArray(fc.constantFrom(...remedies), { maxLength: 3 }),
    unless: fc.uniqueArray(fc.constantFrom(...exclusions), { maxLength: 2 }),
  })
  const anyBar = fc.record({
    place: fc.nat(5),
    by: fc.constantFrom(...exclusions),
    refuses: fc.constantFrom(...refusals),
    always: fc.boolean(),
  })
  const about = fc.record({
    goods: fc.constantFrom(...goodsKinds),
    channel: fc.constantFrom('shop', 'distance', 'both'),
  })

  it('is always a policy of the schema, or refused with rows that are there', () => {
    let policies = 0
    fc.assert(
      fc.property(about, fc.array(anyRow, { maxLength: 4 }), fc.array(anyBar, { maxLength: 3 }), (told, rows, bars) => {
        const draft = readDraft([
          ['about', told],
          ...rows.map((value, i) => [`row/${i}`, JSON.parse(JSON.stringify(value)) as unknown] as const),
          ...bars.map((value, i) => [`bar/${i}`, value] as const),
        ])
        const policy = policyOfDraft(draft, frame, policySentences, statutes)
        const articles = [...draft.rows, ...draft.bars].map(({ article }) => article)
        if (policy.ok) {
          policies++
          expect(z.safeParse(Policy, JSON.parse(JSON.stringify(policy.value))).success).toBe(true)
        } else {
          expect(policy.error.length).toBeGreaterThan(0)
          for (const fault of policy.error) {
            expect(fault.kind).not.toBe('not-a-policy')
            expect(fault.articles.length > 0 || fault.kind === 'no-rows').toBe(true)
            expect(articles).toEqual(expect.arrayContaining([...fault.articles]))
          }
        }
      }),
      { numRuns: 2000 },
    )
    expect(policies).toBeGreaterThan(5) // most random drafts are refused
  })
})
