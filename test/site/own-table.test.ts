// @vitest-environment node
/** Tables of businesses: what their columns and cells mean, what is refused in which line, and that a row comes once. */
import { describe, expect, it } from 'vitest'
import { mostLive } from '#domain/quota.ts'
import { town } from '#src/i18n/town.ts'
import { freshValues } from '#src/listings/draft-values.ts'
import { checkHouse } from '#src/listings/house-check.ts'
import { mostRows, tablePlanOf, textOfTable, type TableDeps } from '#src/own/table-plan.ts'
import { must } from '../fixtures/must.ts'

const deps: TableDeps = {
  town,
  basis: { ...freshValues, name: '海边商行', poster: 'company', firm: '海边商行' },
  live: 0,
  isKnown: async () => false,
  check: checkHouse,
}
const zhHead = '编号,分类,方向,小类,标题,说明,价格（元）,区域,有效期,电话,成色'
const zhRow =
  'A-1,二手供求,出让,家具家居,实木书桌一米四,店里样品，桌面有两处浅划痕。,280,东港区,30,0633-1234567,八九成新'
const enHead = 'id,Category,Intent,Sub,Title,Text,Price,District,Days,Phone,condition'
const enRow = 'A-1,goods,offer,furniture,实木书桌一米四,店里样品，桌面有两处浅划痕。,280,donggang,30,0633-1234567,good'
const plan = async (text: string, more: Partial<TableDeps> = {}) => must(await tablePlanOf(text, { ...deps, ...more }))
const faultOf = async (text: string) => {
  const read = await tablePlanOf(text, deps)
  return read.ok ? undefined : read.error
}

describe('a row', () => {
  it('means the same with columns and words in either language', async () => {
    const [zh] = (await plan(`${zhHead}\n${zhRow}`)).rows
    const [en] = (await plan(`${enHead}\n${enRow}`)).rows
    expect(zh).toMatchObject({ line: 2, action: 'publish', refusals: [] })
    expect(zh?.values).toEqual(en?.values)
    expect(zh?.values).toMatchObject({
      category: 'goods',
      sub: 'furniture',
      district: 'donggang',
      condition: 'good',
      priceFen: '280',
      contactValue: '0633-1234567',
      firm: '海边商行',
    })
  })

  it.each([
    // what, changed, rule, field
    ['a title of 3', zhRow.replace('实木书桌一米四', '桌子啊'), 'title-length', 'title'],
    ['no district', zhRow.replace('东港区', '火星'), 'unknown-district', 'district'],
    ['no category', zhRow.replace('二手供求', '其他的'), 'unknown-category', 'category'],
    ['a price in words', zhRow.replace(',280,', ',两百八,'), 'price-range', 'priceFen'],
    ['days nobody offers', zhRow.replace(',30,', ',31,'), 'valid-days', 'validDays'],
    ['a choice that is none', zhRow.replace('八九成新', '崭新'), 'field-range', 'condition'],
    ['a phone in letters', zhRow.replace('0633-1234567', '打店里'), 'contact-form', 'contactValue'],
    ['a number in the text', zhRow.replace('店里样品', '电话13812345678，店里样品'), 'HR-2', 'text'],
    ['forbidden goods', zhRow.replace('店里样品', '代写论文，店里样品'), 'HR-5', 'text'],
    ['friends', zhRow.replace('二手供求', 'friends'), 'unknown-category', 'category'],
  ] as const)('with %s is refused by the rule of the form', async (_, row, rule, field) => {
    const { rows } = await plan(`${zhHead}\n${zhRow.replace('A-1', 'A-0')}\n${row}`)
    expect(rows[0]?.action).toBe('publish')
    expect(rows[1]).toMatchObject({ line: 3, action: 'refused' })
    expect(rows[1]?.refusals).toContainEqual(expect.objectContaining({ rule, field }))
  })

  it('without a price, or with the word for it, is by agreement', async () => {
    for (const price of ['', '面议', 'By agreement'])
      expect((await plan(`${zhHead}\n${zhRow.replace(',280,', `,${price},`)}`)).rows[0]).toMatchObject({
        action: 'publish',
        values: { byAgreement: 'yes' },
      })
  })

  it('that stands twice, or came before, is passed over; what has no number goes by its words', async () => {
    const twice = await plan(`${zhHead}\n${zhRow}\n${zhRow.replace('280', '300')}`)
    expect(twice.rows.map(({ action }) => action)).toEqual(['publish', 'known'])
    const bare = zhRow.replace('A-1', '')
    const without = await plan(`${zhHead}\n${bare}\n${bare}\n${bare.replace('280', '300')}`)
    expect(without.rows.map(({ action }) => action)).toEqual(['publish', 'known', 'publish'])
    const before = await plan(`${zhHead}\n${zhRow}`, { isKnown: async (name) => name === 'A-1' })
    expect(before.rows[0]?.action).toBe('known')
  })

  it('over what a key may have live is told, and the room is', async () => {
    const rows = Array.from({ length: 3 }, (_, n) => zhRow.replace('A-1', `B-${n}`)).join('\n')
    const made = await plan(`${zhHead}\n${rows}`, { live: mostLive - 2 })
    expect([made.room, ...made.rows.map(({ action }) => action)]).toEqual([2, 'publish', 'publish', 'over-quota'])
  })
})

describe('a table', () => {
  it('names the columns that nothing here is called by', async () =>
    expect((await plan(`${zhHead},库位\n${zhRow},3`)).unknown).toEqual(['库位']))

  it.each([
    ['', { kind: 'empty' }],
    [zhHead, { kind: 'empty' }],
    ['a,b\n1,2', { kind: 'no-title' }],
    [`${zhHead}\n"x`, { kind: 'quote-open', line: 2 }],
    [`标题\n${'一张桌子\n'.repeat(mostRows + 1)}`, { kind: 'too-many', most: mostRows }],
  ] as const)('%# says what is wrong with it', async (text, fault) => expect(await faultOf(text)).toEqual(fault))

  it('is read as UTF-8 with and without its mark, and as GB 18030', () => {
    const utf8 = new TextEncoder().encode('标题,说明')
    const gb = Uint8Array.of(0xb1, 0xea, 0xcc, 0xe2, 0x2c, 0xcb, 0xb5, 0xc3, 0xf7)
    for (const bytes of [utf8, Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8), gb])
      expect(must(textOfTable(bytes))).toBe('标题,说明')
    expect(textOfTable(Uint8Array.of(0xff, 0xfe, 0x07, 0x68))).toEqual({ ok: false, error: { kind: 'encoding' } })
  })
})
