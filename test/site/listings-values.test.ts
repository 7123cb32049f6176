/** The form's texts to a listing's body and back, its drafts, and words for every refusal. */
import { describe, expect, it } from 'vitest'
import { parseListing } from '#domain/listing.ts'
import { refusalRules } from '#domain/refusal.ts'
import { refusals } from '#src/i18n/refusals.ts'
import { categoryOf, town } from '#src/i18n/town.ts'
import { submissionOf, valuesOfBody } from '#src/listings/draft-values.ts'
import { createDrafts } from '#src/listings/drafts.ts'
import { refusalText } from '#src/listings/refusal-words.ts'
import { aDraft } from '../fixtures/draft.ts'
import { aRoom, exchange } from '../fixtures/session.ts'

describe('what was typed', () => {
  it.each([
    // what, typed, rule, control
    ['a title of 3 characters', { title: '出电动' }, 'title-length', 'title'],
    ['a title of 41 characters', { title: '字'.repeat(41) }, 'title-length', 'title'],
    ['a short text', { text: '看图' }, 'text-length', 'text'],
    ['no price and not by agreement', { priceFen: '' }, 'price-range', 'priceFen'],
    ['a price of 1e30', { priceFen: '1e30' }, 'price-range', 'priceFen'],
    ['a price above the category’s', { priceFen: '500001' }, 'price-range', 'priceFen'],
    ['no category', { category: '' }, 'unknown-category', 'category'],
    ['an unknown category', { category: 'weapons' }, 'unknown-category', 'category'],
    ['a sub-kind of another category', { sub: 'car' }, 'unknown-kind', 'sub'],
    ['no district', { district: '' }, 'unknown-district', 'district'],
    ['a month that does not exist', { boughtIn: '2025-13' }, 'field-form', 'boughtIn'],
    ['a brand of 31 characters', { brand: '牌'.repeat(31) }, 'field-range', 'brand'],
    ['a company without its name', { poster: 'company' }, 'company-name', 'firm'],
    ['a time nobody offers', { validDays: '365' }, 'valid-days', 'validDays'],
    ['a phone of letters', { contactValue: '请来店里' }, 'contact-form', 'contactValue'],
    ['a name of 21 characters', { name: '名'.repeat(21) }, 'name-length', 'name'],
  ])('%s is refused at its control', (_, typed, rule, field) => {
    const result = submissionOf(town, aDraft(typed))
    expect(result).toMatchObject({ ok: false, error: [{ rule, field }] })
  })

  it('a required field left out, and a number out of range, are named with their numbers', () => {
    const ride = {
      category: 'rides',
      intent: 'driver',
      sub: categoryOf('rides')?.kinds[0]?.id ?? '',
      from: '日照',
      seats: '99',
    }
    const result = submissionOf(town, aDraft(ride))
    expect(result.ok ? [] : result.error.map(({ rule, field, limit }) => [rule, field, limit])).toEqual([
      ['field-range', 'seats', expect.stringMatching(/^\d+–\d+$/)],
      ['field-missing', 'to', undefined],
    ])
  })

  it('is tidied: full-width digits, control characters, blanks, foreign fields', () => {
    const result = submissionOf(
      town,
      aDraft({ title: '  实木\u202E书桌\t八成新 ', priceFen: '１，２００', km: '3000' }),
    )
    expect(result.ok && result.value.body).toMatchObject({ title: '实木书桌 八成新', priceFen: 120_000 })
    expect(result.ok && result.value.body.fields).not.toHaveProperty('km')
  })

  it('markup stays the text it is', () => {
    const result = submissionOf(town, aDraft({ title: '<b>书桌</b>', text: '<script>alert(1)</script> 实木书桌' }))
    expect(result.ok && result.value.body.title).toBe('<b>书桌</b>')
  })

  it.each([
    ['goods', {}],
    ['by agreement', { priceFen: '', byAgreement: 'yes' }],
    ['a flag', { negotiable: 'yes' }],
    [
      'a job of a company: one control for both names',
      {
        category: 'jobs',
        intent: 'hiring',
        sub: 'office',
        workKind: 'full-time',
        payMin: '4500',
        poster: 'company',
        firm: '海边书店',
        condition: '',
      },
    ],
  ])('comes back into the form as it was: %s', (_, more) => {
    const first = submissionOf(town, aDraft(more))
    if (!first.ok) throw new Error(JSON.stringify(first.error))
    const again = submissionOf(town, valuesOfBody(first.value.body))
    expect(again.ok && again.value.body).toEqual(first.value.body)
    expect(parseListing(town, first.value.body).ok).toBe(true)
  })
})

describe('drafts', () => {
  it('merge field by field when two tabs write the same draft apart', () => {
    const [a, b] = [aRoom('me'), aRoom('local/me')]
    const [inA, inB] = [createDrafts(a, 1), createDrafts(b, 1)]
    inA.write('d1', { title: '标题来自甲' }, 10)
    inB.write('d1', { text: '说明来自乙' }, 11)
    exchange(a, b)
    const merged = { title: '标题来自甲', text: '说明来自乙' }
    expect([inA.read('d1')?.values, inB.read('d1')?.values]).toEqual([merged, merged])
  })

  it('list the last edited first, and forget what became a record after a week', () => {
    const room = aRoom('me')
    const drafts = createDrafts(room, 1)
    drafts.write('old', { title: '先写的' }, 10)
    drafts.write('new', { title: '后写的' }, 20)
    expect(drafts.list().map(({ id }) => id)).toEqual(['new', 'old'])
    drafts.markSent('new', 'a-record', 30)
    expect(drafts.list().map(({ id }) => id)).toEqual(['old'])
    expect(drafts.sentAs('new')).toBe('a-record')
    const later = createDrafts(room, 31 + 7 * 86_400_000)
    expect(later.sentAs('new')).toBeUndefined()
    expect(later.read('old')?.values).toEqual({ title: '先写的' })
  })
})

describe.each(['zh-Hans', 'en'] as const)('words of refusals in %s', (locale) => {
  it.each(refusalRules)('%s says why and what to do', (rule) => {
    const facts = [{}, { field: 'title', limit: '4-40', got: '3' }, { field: 'payMin', limit: '0–200000', got: '-1' }]
    for (const more of facts) {
      const { why, mend } = refusalText({ rule, ...more }, categoryOf('jobs'), locale)
      expect(why.length).toBeGreaterThan(4)
      expect(mend.length).toBeGreaterThan(4)
      expect(`${why}${mend}`).not.toMatch(/undefined|null|NaN|\[object/)
    }
  })
  it('covers every rule and nothing else', () => {
    expect(Object.keys(refusals[locale]).sort()).toEqual([...refusalRules].sort())
  })
})
