/** Labels, reports and quotas by themselves. */
import { describe, expect, it } from 'vitest'
import { isKeptLabel, LabelBody, labelDays, mayBe } from '#domain/label.ts'
import { liveLimitOf, mostLive } from '#domain/quota.ts'
import { mostReportText, ReportForm, reportReasons, ruleOfReason, weightOf } from '#domain/report.ts'
import { dayMs } from '#domain/time.ts'
import { aSigner } from '../fixtures/signers.ts'

const id = 'a'.repeat(26)
const { did } = await aSigner(1)
const label = { subject: { kind: 'listing', id }, action: 'hide', rule: 'HR-4', reason: '写的和实际不符。' }

describe('a label', () => {
  it.each([
    ['of a listing', {}, true],
    ['of a guide', { subject: { kind: 'guide', id } }, true],
    ['of a key', { subject: { kind: 'key', id: did }, action: 'block' }, true],
    ['that hides a key', { subject: { kind: 'key', id: did } }, false],
    ['that blocks a listing', { action: 'block' }, false],
    ['of a key that is a listing’s id', { subject: { kind: 'key', id }, action: 'block' }, false],
    ['without a reason', { reason: '' }, false],
    ['with a mark that turns letters around', { reason: '写的\u202e不符' }, false],
    ['by a rule that is none', { rule: 'HR-9' }, false],
    ['with more in it', { note: 'x' }, false],
  ])('%s', (_, change, isOne) => {
    expect(LabelBody.safeParse({ ...label, ...change }).success).toBe(isOne)
  })

  it('a warning and a way back are there for everything', () => {
    for (const kind of ['listing', 'guide', 'key'] as const)
      for (const action of ['warn', 'restore'] as const) expect(mayBe(kind, action)).toBe(true)
  })

  it('is in the room for 90 days', () => {
    expect(isKeptLabel(1, labelDays * dayMs)).toBe(true)
    expect(isKeptLabel(0, labelDays * dayMs)).toBe(false)
  })
})

describe('a report', () => {
  it.each([
    // days here, standing, hidden, weight
    [undefined, 0, 0, 1], // a network, or a key that has published nothing
    [6, 9, 0, 1],
    [7, 0, 0, 1],
    [7, 1, 0, 2],
    [30, 2, 0, 2],
    [30, 3, 0, 3],
    [300, 90, 1, 1], // whose own things are hidden
  ])('by a key of %s days with %i that stand and %i hidden weighs %i', (days, clean, hidden, weight) => {
    const now = 1000 * dayMs
    expect(weightOf({ since: days === undefined ? undefined : now - days * dayMs, clean, hidden }, now)).toBe(weight)
  })

  it('has a reason, and at most 500 characters, whatever line ends they have', () => {
    expect(ReportForm.parse({ reason: 'false', text: ' 一\r\n二 ' })).toEqual({ reason: 'false', text: '一\n二' })
    expect(ReportForm.parse({ reason: 'other' }).text).toBe('')
    expect(ReportForm.safeParse({ text: 'x' }).success).toBe(false)
    expect(ReportForm.safeParse({ reason: 'because' }).success).toBe(false)
    expect(ReportForm.safeParse({ reason: 'other', text: '字'.repeat(mostReportText) }).success).toBe(true)
    const long = ReportForm.safeParse({ reason: 'other', text: '字'.repeat(mostReportText + 1) })
    expect(long.error?.issues.map(({ message }) => message)).toEqual(['too-long'])
  })

  it('has a house rule for every reason', () => {
    expect(Object.keys(ruleOfReason).sort()).toEqual([...reportReasons].sort())
  })
})

describe('what a key may have live', () => {
  it.each([
    // standing a day, hidden, limit
    [0, 0, 3],
    [3, 0, 9],
    [9, 0, 21],
    [9, 1, 15],
    [2, 1, 3], // never fewer than at the start
    [100, 1, 197],
    [150, 0, mostLive],
  ])('with %i that stand and %i hidden is %i', (clean, hidden, limit) => {
    expect(liveLimitOf({ clean, hidden }, 3)).toBe(limit)
  })

  it('is the most of all where the operator has turned it off', () => {
    expect(liveLimitOf({ clean: 0, hidden: 5 }, 0)).toBe(mostLive)
  })
})
