import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseListing } from '#domain/listing.ts'
import { lengthOf, tidied } from '#domain/plain-text.ts'
import { ProfileBody } from '#domain/profile.ts'
import { aListing, town } from '../fixtures/town.ts'

const refusalsOf = (change: Record<string, unknown>) => {
  const parsed = parseListing(town, { ...aListing(), ...change })
  return parsed.ok ? [] : parsed.error.map(({ rule, field }) => [rule, field])
}

describe('a listing', () => {
  it.each(town.categories.map(({ id }) => id))('of %s with its required fields passes', (category) => {
    expect(parseListing(town, aListing({ category }))).toMatchObject({ ok: true })
  })

  it.each([
    ['an unknown category', { category: 'arms' }, 'unknown-category', 'category'],
    ['a field of another category', { fields: { gearbox: 'auto' } }, 'foreign-field', 'gearbox'],
    ['a title of 3 characters', { title: '出电动' }, 'title-length', 'title'],
    ['a title of 41 characters', { title: '字'.repeat(41) }, 'title-length', 'title'],
    ['a title of blanks', { title: '          ' }, 'title-length', 'title'],
    ['a title of characters that show nothing', { title: '\u200b\u3164\u2800\u200d' }, 'title-length', 'title'],
    ['a text of 9 characters', { text: '字'.repeat(9) }, 'text-length', 'text'],
    ['a price of 1e30', { priceFen: 1e30 }, 'price-range', 'priceFen'],
    ['a price below zero', { priceFen: -1 }, 'price-range', 'priceFen'],
    ['half a fen', { priceFen: 0.5 }, 'price-range', 'priceFen'],
    ['a price that is no number', { priceFen: Number.NaN }, 'price-range', 'priceFen'],
    ['an escape character in the title', { title: '书桌\u001b[31m红' }, 'control-characters', 'title'],
    ['a right-to-left override', { text: '价格一千\u202e九九九九九九' }, 'control-characters', 'text'],
    ['a line break in the title', { title: '书桌一张\n送台灯' }, 'control-characters', 'title'],
    ['a district of another town', { district: 'xinghai' }, 'unknown-district', 'district'],
    ['an unknown intent', { intent: 'steal' }, 'unknown-intent', 'intent'],
    ['an unknown kind', { sub: 'moon' }, 'unknown-kind', 'sub'],
    ['31 days', { validDays: 31 }, 'valid-days', 'validDays'],
    ['a company without a name', { poster: 'company' }, 'company-name', 'firm'],
    ['a contact that is no commitment', { contact: '13800000000' }, 'contact-form', 'contact'],
    ['a key nobody knows', { phone: '13800000000' }, 'bad-shape', ''],
  ] as const)('with %s is refused by its rule at its field', (_, change, rule, field) => {
    expect(refusalsOf(change)).toContainEqual([rule, field || undefined])
  })

  it('with several faults names them all', () => {
    expect(refusalsOf({ title: '短', text: '短', priceFen: -1 }).map(([rule]) => rule)).toEqual(
      expect.arrayContaining(['title-length', 'text-length', 'price-range']),
    )
  })

  it('keeps markup as plain text', () => {
    const title = '<img src=x onerror=alert(1)>'
    expect(parseListing(town, aListing({ title }))).toMatchObject({ ok: true, value: { title } })
  })

  it('counts characters, not UTF-16 units', () => {
    expect(lengthOf('𠮷野家🍜')).toBe(4)
    expect(refusalsOf({ title: '𠮷'.repeat(40) })).toEqual([])
    expect(refusalsOf({ title: '👨‍👩‍👧 找保姆' })).toEqual([]) // joined by characters that show nothing themselves
    expect(refusalsOf({ title: '𠮷'.repeat(41) })).toEqual([['title-length', 'title']])
  })

  it('never throws, whatever arrives', () => {
    fc.assert(fc.property(fc.anything(), (body) => void expect(parseListing(town, body).ok).toBe(false)))
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(aListing())),
        fc.jsonValue(),
        (key, value) => void parseListing(town, { ...aListing(), [key]: value }),
      ),
    )
  })
})

describe('typed fields', () => {
  const numbers = town.categories.flatMap((category) =>
    category.fields.flatMap((field) => (field.type === 'number' ? [{ category: category.id, field }] : [])),
  )
  it.each(numbers.map(({ category, field }) => [category, field.id, field] as const))(
    '%s.%s keeps to its range',
    (category, id, field) => {
      const ruleOf = (value: unknown) => {
        const parsed = parseListing(
          town,
          aListing({ category, fields: { ...aListing({ category }).fields, [id]: value } }),
        )
        return parsed.ok ? undefined : parsed.error[0]?.rule
      }
      expect(ruleOf(field.min)).toBeUndefined()
      expect(ruleOf(field.max)).toBeUndefined()
      expect(ruleOf(field.max + 1)).toBe('field-range')
      expect(ruleOf(String(field.min))).toBe('field-form')
    },
  )

  const choice = town.categories.flatMap((category) =>
    category.fields.flatMap((field) => (field.type === 'choice' ? [{ category: category.id, field }] : [])),
  )[0]
  it('a choice takes its options and nothing else', () => {
    expect(choice).toBeDefined()
    if (!choice) return
    const fields = aListing({ category: choice.category }).fields
    expect(
      parseListing(
        town,
        aListing({
          category: choice.category,
          fields: { ...fields, [choice.field.id]: choice.field.options[0]?.id ?? '' },
        }),
      ).ok,
    ).toBe(true)
    expect(
      parseListing(town, aListing({ category: choice.category, fields: { ...fields, [choice.field.id]: 'moon' } })),
    ).toMatchObject({ ok: false, error: [{ rule: 'field-range' }] })
  })
})

describe('what people paste', () => {
  it('is tidied into something the schema takes', () => {
    expect(tidied('  书桌\u0000一张\r\n送灯 ')).toBe('书桌一张 送灯')
    expect(tidied('第一行\r\n第二行\u202e', 'many')).toBe('第一行\n第二行')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void expect(tidied(tidied(text))).toBe(tidied(text))),
    )
  })

  it('a profile has a name of 1 to 20 characters', () => {
    expect(ProfileBody.safeParse({ name: '海边的老周', poster: 'person' }).success).toBe(true)
    expect(ProfileBody.safeParse({ name: '', poster: 'person' }).error?.issues[0]?.message).toBe('name-length')
    expect(ProfileBody.safeParse({ name: '名'.repeat(21), poster: 'person' }).error?.issues[0]?.message).toBe(
      'name-length',
    )
  })
})
