/** What the rule builder makes is a policy, or is refused with the rows named; it never breaks. */
import fc from 'fast-check'
import * as z from 'zod/mini'
import { describe, expect, it } from 'vitest'
import { exclusions, goodsKinds, regions } from '#domain/case-facts.ts'
import { daysBetween } from '#domain/civil.ts'
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

describe('promises and prices', () => {
  const rows = [
    ['row/1', row(1, { until: days(15), remedies: ['exchange'] })],
    ['row/2', row(2, { after: days(15), until: days(90), remedies: ['free-repair'] })],
    ['row/3', row(3, { after: days(90), remedies: ['paid-repair'] })],
  ] as const
  const madeWith = (...told: readonly (readonly [string, unknown])[]) =>
    policyOfDraft(readDraft([...rows, ...told]), frame, policySentences, statutes)
  const fee = (place: number, what: string, price: string) => [`fee/${place}`, { place, what, price }] as const
  const policy = must(
    madeWith(
      ['promise/repair', 10],
      ['promise/pick-up', 4],
      ['promise/answer', 5],
      fee(2, '换零件', '80.5'),
      fee(1, '检查', '30 元'),
    ),
  )
  const duesOn = (age: number) =>
    judge(policy, [], aCase({ age, fault: true })).dues.map(({ id, article, on }) => [
      id,
      article,
      daysBetween(aCase({ age }).today, on),
    ])

  it('are days to keep, for the remedy they are about', () => {
    expect(duesOn(3)).toEqual([['answered', 'C-3', 5]])
    expect(duesOn(20)).toEqual([
      ['repaired', 'C-1', 10],
      ['notice-1', 'C-2', 10],
      ['notice-2', 'C-2', 14],
      ['notice-3', 'C-2', 18],
      ['posted-back', 'C-2', 18],
    ])
    expect(duesOn(200)).toHaveLength(5)
  })

  it('say what a repair costs, in the order they stand', () =>
    expect(policy.fees).toEqual([
      { range: { zh: '检查', en: '检查' }, fen: 3000 },
      { range: { zh: '换零件', en: '换零件' }, fen: 8050 },
    ]))

  it('are articles with sentences', () =>
    expect(policy.articles.slice(-3).map(({ id, text }) => `${id} ${text.zh}`)).toEqual([
      'C-1 收下来修的，10 天内修好。',
      'C-2 修好当天通知来取；没来取的，每过 4 天再通知一次，三次都没来取就寄回。',
      'C-3 换货没有现货的，5 天内给顾客回话。',
    ]))

  it.each([
    ['no whole day', [['promise/repair', 1.5]], 'promise-range', ['C-1']],
    ['what is no number', [['promise/answer', -1]], 'promise-range', ['C-3']],
    ['more than a year', [['promise/repair', 366]], 'promise-range', ['C-1']],
    ['notices of a repair without a day', [['promise/pick-up', 3]], 'no-repair-day', ['C-2']],
    ['a price for nothing', [fee(1, ' ', '30')], 'bad-fee', ['F-1']],
    ['a price that is none', [fee(1, '检查', '面议')], 'bad-fee', ['F-1']],
    ['a price of nothing', [fee(1, '检查', '0')], 'bad-fee', ['F-1']],
  ] as const)('%s is refused with its article', (_, told, kind, articles) => {
    const refused = madeWith(...told)
    expect(refused.ok ? [] : refused.error).toEqual([{ kind, articles }])
  })
})

describe('a rule for one region', () => {
  const policy = must(
    made([
      row(1, { until: days(15), remedies: ['exchange'] }),
      row(2, { region: 'hong-kong', until: days(90), remedies: ['free-repair'] }),
    ]),
  )
  it('holds there alone, says so, and is asked for', () => {
    expect(policy.asks).toContain('region')
    expect(policy.articles[1]?.text.zh).toBe('有质量毛病，在香港买的，90 天以内（含最后一天）：免费修。')
    const at = (region: 'mainland' | 'hong-kong') => judge(policy, [], aCase({ age: 60, fault: true, region })).remedy
    expect([at('hong-kong'), at('mainland')]).toEqual(['free-repair', 'none'])
  })
  it('leaves a hole of its own, with both articles named', () =>
    expect(
      faultsOf(
        row(1),
        row(2, { region: 'hong-kong', until: days(7) }),
        row(3, { region: 'hong-kong', after: days(9), remedies: ['exchange'] }),
      ),
    ).toEqual([{ kind: 'hole', articles: ['A-2', 'A-3'] }]))
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
        ['promise/repair', '7'],
        ['promise/tea', 7],
        ['fee/1', { place: 1, what: 1, price: 2 }],
      ]),
    ).toEqual({ about: freshAbout, rows: [], bars: [], promises: {}, fees: [] }))

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
    region: fc.option(fc.constantFrom(...regions), { nil: undefined }),
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
