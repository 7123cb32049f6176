// @vitest-environment node
/** What a card says: the price as people read it, the way a listing goes, the fields that tell the most. */
import { describe, expect, it } from 'vitest'
import type { Line } from '#domain/entry.ts'
import { cardOf } from '#src/i18n/card.ts'

const at = Date.UTC(2026, 10, 23)
const line = (change: Partial<Line>): Line => ({
  id: 'a'.repeat(26),
  category: 'goods',
  intent: 'offer',
  sub: 'furniture',
  title: '实木书桌',
  priceFen: 28_000,
  district: 'donggang',
  by: 'person',
  author: 'did:key:z6Mk',
  at,
  until: at + 86_400_000,
  sample: false,
  fields: {},
  ...change,
})
const cardAt = (change: Partial<Line>, locale: 'zh-Hans' | 'en' = 'zh-Hans') =>
  cardOf(line(change), { locale, now: at + 3 * 60_000 })
const priceIn = (change: Partial<Line>, locale?: 'zh-Hans' | 'en') => {
  const { price } = cardAt(change, locale)
  return price && `${price.amount}${price.unit}`
}

describe('a card', () => {
  it.each([
    [{}, '¥280'],
    [{ priceFen: null }, '面议'],
    [{ priceFen: 0 }, '免费'],
    [{ category: 'housing', intent: 'rent', priceFen: 140_000 }, '¥1,400/月'],
    [{ category: 'housing', intent: 'sale', priceFen: 49_800_000 }, '¥498,000'],
    [{ category: 'services', intent: 'offer', priceFen: 8_000 }, '¥80起'],
    [{ category: 'rides', intent: 'driver', priceFen: 6_000 }, '¥60/人'],
    [
      { category: 'jobs', priceFen: null, fields: { payMin: 4500, payMax: 6000, payUnit: 'month' } },
      '4,500–6,000 元/月',
    ],
    [{ category: 'jobs', priceFen: null, fields: { payMin: 150, payUnit: 'day' } }, '150 起 元/天'],
    [{ category: 'jobs', priceFen: null, fields: {} }, '工资面谈'],
    [{ category: 'lost', priceFen: null }, undefined], // nothing to pay, nothing said
  ] as const)('%j costs %s', (change, price) => expect(priceIn(change)).toBe(price))

  it.each([
    [{ category: 'goods', intent: 'offer' }, ''], // what the category is about needs no word
    [{ category: 'goods', intent: 'wanted' }, '求购'],
    [{ category: 'lost', intent: 'lost' }, '寻物'], // without a price neither way is plain
    [{ category: 'lost', intent: 'found' }, '招领'],
    [{ category: 'friends', intent: 'meet' }, ''],
  ] as const)('%j is tagged %j', (change, tag) => expect(cardAt(change).tag).toBe(tag))

  it('tells the fields people filter by, and leaves out those that say nothing', () => {
    const fields = { km: 3800, gearbox: 'none', fuel: 'electric', brand: '小牛', owners: 0 }
    expect(cardAt({ category: 'vehicles', sub: 'ebike', fields }).says.map(({ text }) => text)).toEqual([
      '3,800 公里',
      '纯电',
    ])
  })

  it('marks what the poster wrote among what the portal says, since nobody translates it', () => {
    const fields = { from: '大学城', to: '日照西站', seats: 3 }
    const { says } = cardAt({ category: 'rides', sub: 'commute', intent: 'driver', fields }, 'en')
    expect(says.filter(({ lang }) => lang === 'zh').map(({ text }) => text)).toEqual(['大学城', '日照西站'])
    expect(says.filter(({ lang }) => lang === undefined).map(({ text }) => text)).toEqual(['3 seats'])
  })

  it.each([
    [{ category: 'rides', fields: { seats: 1 } }, '1 seat', '1 座'],
    [{ category: 'rides', fields: { seats: 2 } }, '2 seats', '2 座'],
    [{ category: 'housing', fields: { rooms: 1 } }, '1 bedroom', '1 室'],
    [{ category: 'housing', fields: { rooms: 3 } }, '3 bedrooms', '3 室'],
    [{ category: 'housing', fields: { area: 1 } }, '1 m²', '1 ㎡'],
  ] as const)('counts as a language does: %j says %s', (change, en, zh) => {
    const told = (locale: 'zh-Hans' | 'en') => cardAt(change, locale).says.map(({ text }) => text)
    expect([told('en'), told('zh-Hans')]).toEqual([[en], [zh]])
  })

  it('parts the price from its unit as a language does', () => {
    const rent = { category: 'housing', intent: 'rent', priceFen: 180_000 }
    const told = (locale: 'zh-Hans' | 'en') => {
      const { price } = cardAt(rent, locale)
      return `${price?.amount}${price?.unit}`
    }
    expect([told('zh-Hans'), told('en')]).toEqual(['¥1,800/月', '¥1,800 a month'])
  })

  it('says its age, and speaks English too', () => {
    expect(cardAt({})).toMatchObject({ age: '3 分钟前', district: '东港区', by: '个人', href: `/l/${'a'.repeat(26)}` })
    expect(cardAt({}, 'en')).toMatchObject({ age: '3 min ago', href: `/en/l/${'a'.repeat(26)}` })
  })
})
