/** What can be typed: phrases, -words, single characters, either script, other words for a thing, its sound. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { SearchEntry } from '#domain/search-entry.ts'
import type { Asked } from '#src/search/asked.ts'
import { search } from '#src/search/engine.ts'
import { syllableCuts } from '#src/search/pinyin.ts'
import { SynonymRows } from '#src/search/synonyms.ts'
import synonyms from '../../content/synonyms.json' with { type: 'json' }
import { editionOf } from '../fixtures/edition.ts'
import { aGuide } from '../fixtures/printed-entries.ts'

const inEnglish = (id: string, zh: readonly [string, string], en: readonly [string, string]): SearchEntry =>
  aGuide(id, ...zh, {
    words: { 'zh-Hans': { title: zh[0], text: zh[1] }, en: { title: en[0], text: en[1] } },
  })

const base: readonly SearchEntry[] = [
  inEnglish('aftersales', ['售后怎么走', '先找卖家。'], ['After-sales, step by step', 'Ask the seller first.']),
  aGuide('trad', '手機售後須知', '保修期內免費。'),
  aGuide('fridge', '冰箱怎么买', '看能效。'),
  aGuide('repair', '空调维修价目', '上门四十。'),
  aGuide('bank', '银行卡丢了', '打电话挂失。'),
  aGuide('xian', '西安到济南拼车', '周五走。'),
  aGuide('fresh', '鲜花上门', '当天到。'),
  aGuide('green', '绿色家具', '旅行用的也有。'),
  inEnglish('services', ['上门服务', ''], ['Services at home', 'We repaired bicycles and batteries.']),
  aGuide('scattered', '动车票代买', '电话联系，动作快，车站取。'),
  aGuide('bike', '二手电动车', '九成新。'),
]
const later: readonly SearchEntry[] = [
  aGuide('wire-one', '电冰箱转让', '八成新。'),
  aGuide('wire-two', '维修工招聘', ''),
]
const live = [...base, ...later]

let ask: (query: string, more?: Partial<Asked>) => Promise<Awaited<ReturnType<typeof search>>['found']>
let ids: (query: string, more?: Partial<Asked>) => Promise<readonly string[]>
beforeAll(() => {
  const { collection } = editionOf(base, base, live)
  const limits = { guide: 100 }
  ask = async (query, more) => (await search({ query, locale: 'zh-Hans', now: 0, limits, ...more }, collection)).found
  ids = async (query, more) => (await ask(query, more)).hits.map(({ id }) => id).sort()
})

describe('a phrase', () => {
  it.each(['"电动车"', '“电动车”', '„电动车“', '«电动车»', '＂電動車＂'])(
    '%s is found letter by letter',
    async (query) => expect(await ids(query)).toEqual(['bike']),
  )
  it('is more than its pieces, in the order of the piece', async () => {
    expect(await ids('上门 维修')).toEqual(['repair', 'services'])
    expect(await ids('"上门维修"')).toEqual([])
    expect(await ids('"空调维修" 上门')).toEqual(['repair'])
    expect(await ids('"维修空调"')).toEqual([])
    expect(await ids('"batteries and bicycles"', { locale: 'en' })).toEqual([])
    expect(await ids('"bicycles and batteries"', { locale: 'en' })).toEqual(['services'])
  })
  it('makes the count one that is about', async () => {
    expect((await ask('"电动车"')).about).toBe(true)
    expect((await ask('电动车')).about).toBe(false)
  })
  it.each(['"电动', '电动"', '"" 电动', '"。" 电动'])('%s is no phrase and still asks', async (query) => {
    expect(await ids(query)).toEqual(expect.arrayContaining(['bike']))
    expect((await ask(query)).about).toBe(false)
  })
})

describe('a -word', () => {
  it.each([
    ['维修', ['repair', 'services', 'wire-two']],
    ['维修 -招聘', ['repair', 'services']],
    ['维修 －招聘', ['repair', 'services']],
    ['-招聘 维修', ['repair', 'services']],
    ['维修 -空調 -招聘 -Services', []],
    ['维修 -空調 -招聘', ['services']],
    ['-维修', []],
    ['维修 - 招聘', ['wire-two']],
    ['after-sales', ['aftersales', 'trad']],
  ])('%s finds %j', async (query, wanted) => expect(await ids(query)).toEqual(wanted))
})

describe('single characters', () => {
  it.each([
    ['绿', ['green']],
    ['旅', []], // stands in a text only
    ['機', ['trad']],
  ])('%s is looked for in titles: %j', async (query, wanted) => expect(await ids(query)).toEqual(wanted))
})

describe('either way of writing', () => {
  it.each([
    ['售后', '售後'],
    ['手机', '手機'],
    ['绿色', '綠色'],
    ['services', 'ＳＥＲＶＩＣＥＳ'],
    ['services', 'Service'],
    ['repair', 'repairing'],
    ['battery', 'batteries'],
  ])('%s and %s find the same, in the same order', async (one, other) => {
    const [first, second] = [await ask(one), await ask(other)]
    expect(first.hits.length).toBeGreaterThan(0)
    expect(second.hits.map(({ id }) => id)).toEqual(first.hits.map(({ id }) => id))
  })
})

describe('other words for it', () => {
  it('the list is in order: groups of two and more, no word in two', () => {
    const rows = SynonymRows.parse(synonyms)
    expect(rows.length).toBeGreaterThanOrEqual(90)
    const words = rows.flat()
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([])
    expect(SynonymRows.safeParse([['alone']]).success).toBe(false)
  })
  it.each([
    ['冰箱', ['fridge', 'wire-one'], '电冰箱'],
    ['fridge', ['fridge', 'wire-one'], '冰箱'],
    ['电瓶车', ['bike'], '电动车'],
    ['修理 空调', ['repair'], '维修'],
    ['repairs', ['repair', 'services', 'wire-two'], '维修'],
    ['旧货 電瓶車', ['bike'], '二手'],
  ])('%s finds %j and says by which word', async (query, wanted, word) => {
    const found = await ask(query)
    expect(found.hits.map(({ id }) => id).sort()).toEqual(wanted)
    expect(found.widened).toContain(word)
  })
  it('nothing is said to be widened where nothing is found', async () =>
    expect((await ask('打羽毛球')).widened).toEqual([]))
})

describe('its sound', () => {
  it.each([
    ['shouhou', ['aftersales', 'trad'], '售后'],
    ['ShouHou', ['aftersales', 'trad'], '售后'],
    ['weixiu', ['repair', 'wire-two'], '维修'],
    ['yinhangka', ['bank'], '银行卡'],
    ['lvse', ['green'], '绿色'],
    ['xian', ['xian'], '西安'],
    ['xianhua', ['fresh'], '鲜花'],
    ['weixiu kongtiao', ['repair'], '维修'],
  ])('%s finds %j, and says what it was read as', async (query, wanted, word) => {
    const found = await ask(query)
    expect(found.hits.map(({ id }) => id).sort()).toEqual(wanted)
    expect(found.widened).toContain(word)
  })
  it.each(['zzz', 'xx', 'abcdefghijklmnopqrstuvwxyz', 'a'.repeat(90), 'shouhouhouhou'])(
    '%s finds nothing',
    async (query) => expect(await ids(query)).toEqual([]),
  )
  it('letters that stand somewhere are a word and no sound', async () =>
    expect((await ask('services')).widened).toEqual([]))
  it.each([
    ['xian', [['xi', 'an']]],
    [
      'fangan',
      [
        ['fan', 'gan'],
        ['fang', 'an'],
      ],
    ],
    ['shouhou', [['shou', 'hou']]],
    ['bcd', []],
  ])('%s is cut as %j', (letters, cuts) =>
    expect(syllableCuts(letters).map((cut) => cut.join(' '))).toEqual(
      expect.arrayContaining(cuts.map((cut) => cut.join(' '))),
    ),
  )
})

it('售後, 售后, shouhou and after-sales find the same guides', async () => {
  const all = await Promise.all(['售後', '售后', 'shouhou', 'after-sales'].map((query) => ids(query)))
  expect(all).toEqual(all.map(() => ['aftersales', 'trad']))
})
