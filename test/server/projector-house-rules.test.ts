/** HR-2: what counts as a contact in text, and what only looks like one. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { refusalsOfHouse, refusalsOfName, tellsContact } from '../../server/projector/house-rules.ts'
import { aListing } from '../fixtures/town.ts'

describe('HR-2 finds', () => {
  it.each([
    '电话13800001111',
    '138 0000 1111',
    '1 3 8 0 0 0 0 1 1 1 1',
    '１３８００００１１１１',
    '１３８－００００－１１１１',
    '+86 138-0000-1111',
    '0633-8331234',
    '(0633) 833 1234',
    '座机 8331234',
    '833-1234',
    '400 123 4567',
    '①③⑧⓪⓪⓪⓪①①①①',
    '1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣0️⃣1️⃣1️⃣1️⃣1️⃣',
    '138\u200b0000\u200b1111',
    '电话一三八零零零零幺幺幺幺',
    '加微\u2060信 haibian_88',
    '邮箱 lao.zhou@example.org',
    'lao.zhou ＠ example.org',
    '微信号：haibian_88',
    '加微信haibian88',
    'VX haibian88',
    'QQ 123456',
    'wechat: haibian',
  ])('%s', (text) => expect(tellsContact(text)).toBe(true))
})

describe('HR-2 leaves', () => {
  it.each([
    '2026-05-01 之后可以看房',
    '2019.3 买的，2023/11/2 换过电池',
    '工资3000-5000元，另有全勤',
    '每月 4500—6000，包吃住',
    '总价1280000元',
    '2019-2023 年款都可以',
    '08:30-17:30，周末休息',
    '鞋码 38 39 40 41 都有',
    '64G 版，电池 90%',
    '1.4 米长，60 公分宽，75 高',
    '行驶 120000 公里',
    '支持微信支付',
    '可以用 QQ 音乐',
    '日照到青岛 G1234 次',
    '周一三五七点到九点，周二四六八点到十点',
    '工资1500-3500，补贴500',
    '二〇一九年买的，一万三千八百块',
    '276800',
    'a@b',
  ])('%s', (text) => expect(tellsContact(text)).toBe(false))

  it.each(['rizhao', 'huangdao'])('every sample listing of %s', (portal) => {
    const path = new URL(`../../content/samples/${portal}.json`, import.meta.url)
    const { listings } = JSON.parse(readFileSync(path, 'utf8')) as {
      listings: { title: string; text: string; fields: Record<string, string> }[]
    }
    const told = listings.filter(({ title, text, fields }) => [title, text, ...Object.values(fields)].some(telling))
    expect(told.map(({ title }) => title)).toEqual([])
    expect(listings.length).toBeGreaterThan(50)
  })
})
const telling = (value: unknown) => typeof value === 'string' && tellsContact(value)

it('a refusal names the field it is about', () => {
  const body = aListing({
    title: '书桌 13800001111',
    poster: 'company',
    firm: '加微信haibian88',
    fields: { brand: '8331234' },
  })
  expect(refusalsOfHouse(body)).toEqual(['title', 'firm', 'brand'].map((field) => ({ rule: 'HR-2', field })))
})

it('the name of a poster is no place for a contact either', () => {
  expect(refusalsOfName({ name: '微信 haibian88', poster: 'person' })).toEqual([{ rule: 'HR-2', field: 'name' }])
  expect(refusalsOfName({ name: '海边的老周', poster: 'person' })).toEqual([])
})
