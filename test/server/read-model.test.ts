/** What pages ask: filters, order, pages, search, prices. The listings come in through the projector. */
import type { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Signer } from '#domain/identity.ts'
import { pageSize, type ListQuery } from '#domain/read-model.ts'
import { dayMs, hourMs } from '#domain/time.ts'
import { openDatabase } from '../../server/stores/database.ts'
import { createReadModel } from '../../server/stores/read-model.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aRecord, aRenewal, anEdit, noon, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { aListing, town } from '../fixtures/town.ts'

let alice: Signer
beforeAll(async () => {
  alice = await aSigner(1)
})

/** A portal with these listings, posted an hour apart, the last one newest. */
async function portalWith(changes: readonly Parameters<typeof aListing>[0][]) {
  const portal = openProjection()
  for (const [i, change] of changes.entries()) {
    portal.clock.now = noon + i * hourMs
    const record = await aRecord(alice, i, portal.clock.now, change)
    await portal.shelve(alice.did, { [slotOf(record)]: record.text })
  }
  const refused = portal.journal().filter(({ verdict }) => verdict !== 'published')
  expect(refused).toEqual([])
  return portal
}
const titlesOf = (lines: readonly { readonly title: string }[]) => lines.map(({ title }) => title)

const car = (title: string, priceFen: number | null, more: Parameters<typeof aListing>[0] = {}) => ({
  category: 'vehicles',
  title,
  priceFen,
  ...more,
})

describe('a category page', () => {
  // prettier-ignore
  const cars = [
    car('旧的小轿车一辆', 300, { fields: { km: 90_000, gearbox: 'manual' } }),
    car('新的小轿车一辆', 900, { fields: { km: 5_000, gearbox: 'automatic', brand: '红旗' }, district: 'lanshan' }),
    car('面议的越野车辆', null, { sub: 'suv', poster: 'company', firm: '海边车行' }),
    car('求购一辆小轿车', 500, { intent: 'wanted' }),
    { category: 'goods', title: '不是汽车的书桌' },
  ]
  const all = ['求购一辆小轿车', '面议的越野车辆', '新的小轿车一辆', '旧的小轿车一辆']

  // prettier-ignore
  it.each<[string, Omit<ListQuery, 'category'>, readonly string[]]>([
    ['nothing',            {}, all],
    ['an intent',          { intent: 'wanted' }, ['求购一辆小轿车']],
    ['a kind',             { sub: 'suv' }, ['面议的越野车辆']],
    ['a kind of objects',  { sub: 'constructor' }, []],
    ['a district',         { district: 'lanshan' }, ['新的小轿车一辆']],
    ['a kind of poster',   { by: 'company' }, ['面议的越野车辆']],
    ['a price range',      { minFen: 300, maxFen: 500 }, ['求购一辆小轿车', '旧的小轿车一辆']],
    ['no price at all',    { minFen: Number.NaN }, all],
    ['a choice',           { fields: { gearbox: 'manual' } }, ['旧的小轿车一辆']],
    ['a range of numbers', { fields: { km: { max: 5_000 } } }, ['新的小轿车一辆']],
    ['both ends',          { fields: { km: { min: 5_001, max: 90_000 } } }, ['旧的小轿车一辆']],
    ['a text',             { fields: { brand: '红旗' } }, ['新的小轿车一辆']],
    ['an empty answer',    { fields: { gearbox: 'manual', km: { max: 1 } } }, []],
    ['an unknown field',   { fields: { wheels: 4, "x') OR 1=1 --": 1 } }, all], // it is not in the schema, so it asks nothing
    ['a hostile value',    { sub: "' OR 1=1 --", fields: { brand: "' OR '1'='1" } }, []],
    ['cheapest first',     { sort: 'cheapest' }, ['旧的小轿车一辆', '求购一辆小轿车', '新的小轿车一辆', '面议的越野车辆']],
    ['dearest first',      { sort: 'dearest' }, ['新的小轿车一辆', '求购一辆小轿车', '旧的小轿车一辆', '面议的越野车辆']],
  ])('filtered by %s', async (_, query, titles) => {
    const portal = await portalWith(cars)
    const page = await portal.model.list({ category: 'vehicles', ...query }, portal.clock.now)
    expect(titlesOf(page.lines)).toEqual(titles)
    expect(page).toMatchObject({ total: titles.length, page: 1, pages: 1 })
  })

  it('filters flags', async () => {
    const portal = await portalWith([{ fields: { negotiable: true } }, { fields: { negotiable: false } }, {}])
    const total = async (negotiable: boolean) =>
      (await portal.model.list({ category: 'goods', fields: { negotiable } }, portal.clock.now)).total
    expect([await total(true), await total(false)]).toEqual([1, 1])
  })

  it('has pages, and shows the last one to who asks for more', async () => {
    const portal = await portalWith(Array.from({ length: pageSize + 3 }, (_, i) => ({ priceFen: i })))
    const page = async (n: number) => portal.model.list({ category: 'goods', page: n }, portal.clock.now)
    const [first, second, beyond] = [await page(1), await page(2), await page(99)]
    expect([first.lines.length, second.lines.length, first.pages, first.total]).toEqual([24, 3, 2, 27])
    expect(beyond).toEqual(second)
    expect(await page(-3)).toEqual(first)
    expect(await page(Number.NaN)).toEqual(first)
    expect(new Set([...first.lines, ...second.lines].map(({ id }) => id)).size).toBe(27)
  })

  it('of no category is empty', async () => {
    const portal = await portalWith([{}])
    expect(await portal.model.list({ category: 'arms' }, noon)).toEqual({ lines: [], total: 0, page: 1, pages: 1 })
  })

  it('leaves out what is over', async () => {
    const portal = await portalWith([{ validDays: 7 }, { validDays: 30 }])
    const total = async (now: number) => (await portal.model.list({ category: 'goods' }, now)).total
    expect([await total(noon + 7 * dayMs), await total(noon + 7 * dayMs + 1), await total(noon + 60 * dayMs)]).toEqual([
      2, 1, 0,
    ])
    expect(await portal.model.latest({ limit: 5 }, noon + 60 * dayMs)).toEqual([])
    expect((await portal.model.search('书桌', 5, noon + 60 * dayMs)).lines).toEqual([])
  })
})

describe('counts and latest', () => {
  it('count what lives by category and kind, to the instant', async () => {
    const portal = await portalWith([{ validDays: 7 }, {}, { sub: 'books' }, { category: 'lost' }])
    const first = { live: 3, subs: { digital: 2, books: 1 } }
    expect(await portal.model.counts(noon + 7 * dayMs)).toEqual({
      goods: first,
      lost: { live: 1, subs: { papers: 1 } },
    })
    expect((await portal.model.counts(noon + 7 * dayMs + 1))['goods']).toEqual({
      live: 2,
      subs: { digital: 1, books: 1 },
    })
    expect(await portal.model.counts(noon + 31 * dayMs)).toEqual({})
  })

  it('latest is the newest first, of one category or all', async () => {
    const portal = await portalWith([
      { title: '第一个书桌' },
      { title: '丢失的钥匙', category: 'lost' },
      { title: '第二个书桌' },
    ])
    const now = portal.clock.now
    expect(titlesOf(await portal.model.latest({ limit: 2 }, now))).toEqual(['第二个书桌', '丢失的钥匙'])
    expect(titlesOf(await portal.model.latest({ category: 'goods', limit: 9 }, now))).toEqual([
      '第二个书桌',
      '第一个书桌',
    ])
  })
})

describe('plain search', () => {
  const listings = [
    { title: '出一台 iPad 平板', text: '电池还有 90%，屏幕贴膜，支持 a_b 充电。' },
    { title: '實木書桌送檯燈', text: '老榆木的書桌，抽屉顺滑，可以搭把手。' },
    { title: '实木椅子四把', text: '和书桌是一套，\\ 形靠背，九成新的椅子。' },
  ]
  // prettier-ignore
  it.each([
    ['书桌',          ['实木椅子四把', '實木書桌送檯燈']],
    ['書桌',          ['实木椅子四把', '實木書桌送檯燈']], // one script for both
    ['书桌 榆木',     ['實木書桌送檯燈']],                 // every word is required
    ['ＩＰＡＤ',      ['出一台 iPad 平板']],
    ['90%',           ['出一台 iPad 平板']],
    ['9%0',           []],                                 // no wildcard
    ['a_b',           ['出一台 iPad 平板']],
    ['a_充',          []],
    ['\\',            []],                                 // signs are no words
    ['"书桌" OR 1',   []],                                 // an operator is a word like any other
    ['书* NEAR(桌',   []],
    ['电',            []],                                 // one character searches titles
    ['实',            ['实木椅子四把', '實木書桌送檯燈']],
    ['东港 数码',     ['实木椅子四把', '實木書桌送檯燈', '出一台 iPad 平板']], // what they are filed under
    ["' OR 1=1 --",   []],
    ['',              []],
    ['   ',           []],
    ['\u0000',        []],
    ['榆木\u0000椅子', []],                                 // two words, not the first alone
  ])('%j', async (query, titles) => {
    const portal = await portalWith(listings)
    expect(titlesOf((await portal.model.search(query, 10, portal.clock.now)).lines)).toEqual(titles)
  })

  it('gives no more than asked for', async () => {
    const portal = await portalWith(listings)
    expect((await portal.model.search('实木', 1, portal.clock.now)).lines).toHaveLength(1)
  })
})

describe('a listing page', () => {
  it('tells the earlier prices, oldest first', async () => {
    const portal = openProjection()
    let record = await aRecord(alice, 1, noon, { priceFen: 900 })
    await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    for (const [i, priceFen] of [900, 800, null, 700].entries()) {
      portal.clock.now = noon + (i + 1) * hourMs
      record = await anEdit(alice, record, portal.clock.now, { priceFen })
      await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    }
    expect(await portal.model.listing(record.envelope.id, portal.clock.now)).toMatchObject({
      body: { priceFen: 700 },
      prices: [
        { priceFen: 900, at: noon },
        { priceFen: 800, at: noon + 2 * hourMs },
        { priceFen: null, at: noon + 3 * hourMs },
      ],
    })
  })

  it('tells what was changed since, step by step, and not what had stood there', async () => {
    const portal = openProjection()
    const first = await aRecord(alice, 1, noon, { priceFen: 120_000 })
    const cheaper = await anEdit(alice, first, noon + hourMs, { priceFen: 100_000 })
    const longer = { title: '实木书桌，送椅子', text: '用了两年的实木书桌，一米四长，另送椅子一把。' }
    const reworded = await anEdit(alice, cheaper, noon + 2 * hourMs, longer)
    const renewed = await aRenewal(alice, reworded, noon + 50 * hourMs)
    for (const record of [first, cheaper, reworded, renewed]) {
      portal.clock.now = record.envelope.updatedAt
      await portal.shelve(alice.did, { [slotOf(record)]: record.text })
    }
    const view = await portal.model.listing(first.envelope.id, portal.clock.now)
    expect(view?.edits.map(({ at, parts }) => [at, parts])).toEqual([
      [noon + hourMs, ['price']],
      [noon + 2 * hourMs, ['title', 'text']],
      [noon + 50 * hourMs, ['renewed']],
    ])
    expect(view?.edits[0]).toMatchObject({ fromFen: 120_000, toFen: 100_000 })
    expect(JSON.stringify(view?.edits)).not.toContain('送台灯')
  })

  it('of an id nobody published is undefined, whatever the id', async () => {
    const portal = await portalWith([{}])
    for (const id of ['', 'nope', "' OR 1=1 --", '%']) expect(await portal.model.listing(id, noon)).toBeUndefined()
  })
})

it('lists walk an index and sort nothing: a page costs the same in a town of any size', async () => {
  const opened = openDatabase(':memory:')
  if (!opened.ok) throw new Error(opened.error.detail)
  const asked: string[] = []
  const prepare = (sql: string) => {
    asked.push(sql)
    return opened.value.prepare(sql)
  }
  const model = createReadModel({ prepare } as DatabaseSync, town)
  await model.list({ category: 'goods', sub: 'books' }, noon)
  const plans = asked
    .filter((sql) => sql.includes('LIMIT') && !sql.includes('find_words')) // plain search has a thread for itself
    .map((sql) =>
      opened.value
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map((row) => String(row['detail'])),
    )
  expect(plans.flat().sort()).toEqual([
    'CORRELATED SCALAR SUBQUERY 1',
    'SCAN g USING INDEX guides_newest',
    'SCAN l', // the public log, by its rows, the last first
    'SCAN listings USING INDEX sqlite_autoindex_listings_1', // all of them, ten thousand at a time, for sitemaps
    'SCAN t', // what moderators wrote into the town's own pages: few, and each is shown
    'SCAN town_entries', // their acts, by their rows, the last first
    'SEARCH journal USING INDEX journal_of_revision (id=? AND hash=?)',
    'SEARCH l USING INDEX labels_of_subject (subject=?)',
    'SEARCH listings USING INDEX listings_newest (at>?)',
    'SEARCH listings USING INDEX listings_of_author (author=?)',
    'SEARCH listings USING INDEX listings_of_category (category=? AND at>?)',
    'SEARCH listings USING INDEX listings_of_category (category=? AND at>?)',
    'SEARCH o USING COVERING INDEX town_entries_of (id=?)',
    'SEARCH p USING PRIMARY KEY (did=?) LEFT-JOIN',
    'SEARCH prices USING PRIMARY KEY (id=?)',
  ])
})
