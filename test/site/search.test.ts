import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import * as Y from 'yjs'
import { fold } from '#domain/fold.ts'
import type { Entry } from '#domain/entry.ts'
import type { PrintedEntry, SearchEntry } from '#domain/search-entry.ts'
import { town } from '../../src/i18n/town.ts'
import { createAnswering } from '../../src/search/answering.ts'
import { createCollection } from '../../src/search/collection.ts'
import { search } from '../../src/search/engine.ts'
import { partsOf } from '../../src/search/marking.ts'
import { excerptOf, marked, marksOf } from '../../src/search/marks.ts'
import { createMemoryPart } from '../../src/search/memory-part.ts'
import type { FromWorker } from '../../src/search/messages.ts'
import type { Asked } from '../../src/search/asked.ts'
import { servedEdition } from '../fixtures/served-edition.ts'

const now = 1_000_000

let made = 0
const anEntry = (over: Partial<Entry> = {}): Entry => ({
  id: `listing-${String(++made).padStart(4, '0')}`,
  category: 'goods',
  intent: 'offer',
  sub: 'digital',
  title: '九成新电动车',
  text: '自用一年，没摔过。',
  priceFen: 100_00,
  district: 'donggang',
  by: 'person',
  author: 'did:key:z6Mk',
  at: now - 1000,
  until: now + 1000,
  sample: false,
  fields: {},
  ...over,
})

const plain = (id: string, title: string, text = '', at = 0): PrintedEntry => ({
  id,
  group: 'guide',
  words: { 'zh-Hans': { title, text } },
  href: `/${id}`,
  at,
})

const whole = (entries: readonly SearchEntry[]) => createCollection([createMemoryPart(0, entries, town)], [], [0, 0, 0])

function over(entries: readonly SearchEntry[]) {
  const collection = whole(entries)
  const all = { listing: 1e6, guide: 1e6, notice: 1e6, directory: 1e6 }
  return async (query: string, more: Partial<Asked> = {}) =>
    (await search({ query, locale: 'zh-Hans', now, limits: all, ...more }, collection)).found.hits.map(({ id }) => id)
}

describe('what is found', () => {
  const corpus = [
    plain('bike', '九成新小牛电动车', '一次没摔过，可以试骑。'),
    plain('desk', '实木书桌 1.4 米，送台灯', '老榆木的，抽屉顺滑。电动升降的不要问。'),
    plain('ipad', '考研结束，出一台 iPad 和手写笔', '64G，屏幕贴膜。'),
    plain('shell', 'iPhone12 手机壳', '全新，15元包邮。'),
    plain('room', '石臼老街兩室朝南，近海', '押一付三，可短租。'),
    plain('service', '售後服務：上門修空調', '當天上門。'),
    plain('ride', '周五 8:30 去济南', '还有两个座。'),
  ]
  const find = over(corpus)
  const queries = [
    '电动车',
    '電動車',
    '电动',
    '书',
    '書桌',
    'ipad',
    'IPAD',
    'pad',
    'phone',
    '售后',
    '售後',
    '两室',
    '8:30',
    '15元',
    '电动 书桌',
    '一',
    '台',
    '1',
    '12',
    '没有的',
    '石臼 朝南',
    '朝南 石臼',
  ]

  /** By hand: each run of the query stands literally in the title; or in the text, where it is whole words or Han of two and more. */
  const expected = (query: string) =>
    corpus
      .filter(
        ({
          words: {
            'zh-Hans': { title, text },
          },
        }) =>
          (fold(query).match(/\p{Script=Han}+|[a-z\d]+/gu) ?? []).every((run: string) => {
            if (fold(title).includes(run)) return true
            if (/[a-z\d]/.test(run)) return new Set<string>(fold(text).match(/[a-z\d]+/g)).has(run)
            return run.length > 1 && fold(text).includes(run)
          }),
      )
      .map(({ id }) => id)
      .sort()

  it.each(queries.filter((query) => query !== '15元'))('%s finds what a plain look finds', async (query) => {
    expect((await find(query)).sort()).toEqual(expected(query))
  })
  it('a price with its unit is found inside a text', async () => expect(await find('15元')).toEqual(['shell']))
  it('the plain look itself finds something for most of them', () =>
    expect(queries.filter((query) => expected(query).length > 0).length).toBeGreaterThan(18))

  it.each([
    ['售后', '售後'],
    ['电动车', '電動車'],
    ['两室', '兩室'],
    ['iphone12', 'ＩＰｈｏｎｅ１２'],
  ])('%s and %s give the same hits in the same order', async (one, other) => {
    expect(await find(one)).toEqual(await find(other))
    expect((await find(one)).length).toBeGreaterThan(0)
  })

  it('a title counts more than a text', async () => expect(await find('电动')).toEqual(['bike', 'desk']))
  it('equals are ordered by age, then by id', async () => {
    const find = over([plain('b', '电动车', '', 1), plain('a', '电动车', '', 1), plain('c', '电动车', '', 2)])
    expect(await find('电动车')).toEqual(['c', 'a', 'b'])
  })
  it('every fragment of a title finds it, whatever else there is', () => {
    return fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...corpus),
        fc.nat(),
        fc.integer({ min: 2, max: 4 }),
        async ({ id, words }, start, length) => {
          const { title } = words['zh-Hans']
          const characters = [...title]
          const from = start % (characters.length - 1)
          const fragment = characters.slice(from, from + length).join('')
          return !/[\p{L}\p{N}]/u.test(fragment) || (await find(fragment)).includes(id)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('filters, groups and the clock', () => {
  const entries = [
    anEntry({ id: 'a', category: 'goods', district: 'donggang' }),
    anEntry({ id: 'b', category: 'vehicles', sub: 'ebike', district: 'lanshan' }),
    anEntry({ id: 'c', until: now - 1 }),
    anEntry({ id: 'd', until: now }),
  ]
  const printed = plain('guide/bike', '怎样买电动车', '先看合格证。', 5)
  const find = over([...entries, printed])

  it('the ended one is not there, the one that ends now still is', async () =>
    expect((await find('电动车')).sort()).toEqual(['a', 'b', 'd', 'guide/bike']))
  it('later even that is gone', async () => expect(await find('电动车', { now: now + 1 })).not.toContain('d'))
  it.each([
    [{ category: 'vehicles' }, ['b']],
    [{ district: 'donggang' }, ['a', 'd']],
    [{ category: 'goods', district: 'lanshan' }, []],
    [{ group: 'guide' }, ['guide/bike']],
    [{}, ['a', 'b', 'd', 'guide/bike']],
  ] as const)('%j leaves %j', async (chips, ids) => expect((await find('电动车', { chips })).sort()).toEqual(ids))

  it('a listing is found by the words it is filed under, in both languages', async () => {
    expect(await find('岚山 电动车')).toEqual(['b'])
    expect(await find('donggang 电动车')).toEqual(expect.arrayContaining(['a', 'd']))
  })
  it('counts tell all, hits only the best of each group', async () => {
    const many = Array.from({ length: 30 }, () => anEntry())
    const { found } = await search({ query: '电动车', locale: 'zh-Hans', now }, whole([...many, printed]))
    const { hits, counts } = found
    expect(counts).toEqual({ listing: 30, guide: 1, notice: 0, directory: 0 })
    expect(hits.filter(({ group }) => group === 'listing')).toHaveLength(20)
    expect(hits.at(-1)).toMatchObject({ id: 'guide/bike', group: 'guide' })
  })
})

/** A worker's inside with a question box, an edition of two guides, and a wire that feeds it as the page does. */
async function aWire() {
  const heard: FromWorker[] = []
  const served = servedEdition([plain('guide/fridge', '冰箱怎么买'), plain('guide/desk', '书桌怎么搬')])
  const { fetch, edition } = served
  const answering = createAnswering({
    town,
    fetch,
    cache: async () => undefined,
    post: (message) => heard.push(message),
  })
  await answering.tell({ kind: 'look' })
  const doc = new Y.Doc()
  const map = doc.getMap<string>('entries')
  const pass = (keys: Iterable<string>) => {
    const entries = [...keys].map((id) => [id, map.get(id) ?? null] as const)
    void answering.tell({ kind: 'wire', edition, changed: { entries, dead: [], held: true } })
  }
  map.observe(({ keysChanged }) => pass(keysChanged))
  pass([])
  const ask = async (query: string) => {
    await answering.tell({ kind: 'ask', n: 7, asked: { query, locale: 'zh-Hans', now } })
    const last = heard.findLast((message) => message.kind === 'answer')
    if (last?.kind !== 'answer') throw new Error('no answer')
    expect(last.n).toBe(7)
    return last.found.hits.map(({ id }) => id)
  }
  const put = (entry: Entry) => map.set(entry.id, JSON.stringify(entry))
  return { answering, map, put, ask, heard }
}

describe('the wire', () => {
  it('a new entry is found, a changed one by its new words only, a gone one not', async () => {
    const { map, put, ask } = await aWire()
    const entry = anEntry({ title: '求购冰箱一台' })
    put(entry)
    expect(await ask('冰箱')).toEqual([entry.id, 'guide/fridge'])
    put({ ...entry, title: '求购洗衣机一台' })
    expect(await ask('冰箱')).toEqual(['guide/fridge'])
    expect(await ask('洗衣机')).toEqual([entry.id])
    map.delete(entry.id)
    expect(await ask('洗衣机')).toEqual([])
  })
  it('says so when something changed, and not when it has come into force, by which all is asked again anyway', async () => {
    const { put, heard } = await aWire()
    expect(heard.map(({ kind }) => kind)).toContain('in-force')
    expect(heard.map(({ kind }) => kind)).not.toContain('changed')
    const before = heard.length
    put(anEntry())
    expect(heard.slice(before)).toEqual([{ kind: 'changed' }])
  })
  it('a bad entry is left out and the rest still answer', async () => {
    const { map, put, ask } = await aWire()
    const good = anEntry({ title: '求购冰箱一台' })
    map.set('bad', '{')
    map.set('worse', JSON.stringify({ ...good, id: 'another' }))
    map.set('odd', JSON.stringify({ title: '冰箱' }))
    put(good)
    expect(await ask('冰箱')).toEqual([good.id, 'guide/fridge'])
  })
})

describe('marks', () => {
  it.each([
    [
      '九成新电动车',
      '電動',
      [
        ['九成新', false],
        ['电动', true],
        ['车', false],
      ],
    ],
    [
      '出 iPad 一台',
      'IPAD',
      [
        ['出 ', false],
        ['iPad', true],
        [' 一台', false],
      ],
    ],
    [
      '１２㎡ 小屋',
      'm2',
      [
        ['１２', false],
        ['㎡', true],
        [' 小屋', false],
      ],
    ],
    ['书桌', '没有', [['书桌', false]]],
    ['Photos on one page', 'phone', [['Photos on one page', false]]],
    [
      'Phone repairs',
      'repairing',
      [
        ['Phone ', false],
        ['repair', true],
        ['s', false],
      ],
    ],
    [
      '电动车与汽车',
      '电动汽车',
      [
        ['电动', true],
        ['车与', false],
        ['汽车', true],
      ],
    ],
  ] as const)('%s, asked %s', (title, query, parts) =>
    expect(marked(title, query).map(({ text, hit }) => [text, hit])).toEqual(parts),
  )
  it('a page without the table marks the same by the pieces the worker gives it, for any text and query', () => {
    const texts = fc
      .array(fc.constantFrom(...'电动電動车車售后後a A２2㎡m·é😀'), { maxLength: 16 })
      .map((all) => all.join(''))
    fc.assert(
      fc.property(texts, texts, (text, query) => {
        expect(partsOf(text, marksOf([{ title: text, excerpt: '' }], query))).toEqual(marked(text, query))
      }),
    )
    expect(partsOf('随便', [])).toEqual([{ text: '随便', hit: false }])
  })
  it('the parts joined are the text, for any text and query', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (text, query) =>
          marked(text, query)
            .map((part) => part.text)
            .join('') === text,
      ),
    ))
  it('an excerpt shows the stretch around the word', () => {
    const text = `${'前'.repeat(100)}冰箱${'后'.repeat(100)}`
    expect(excerptOf(text, '冰箱')).toMatch(/^…前{12}冰箱后{46}…$/)
    expect(excerptOf('短\n文', '冰箱')).toBe('短 文')
  })
  it('an excerpt begins and ends at a word', () => {
    const text =
      'Last year in spring I bought, almost new, a bicycle with hand-made baskets and an enormous childrens’ seat'
    expect(excerptOf(text, 'nothing')).toBe('Last year in spring I bought, almost new, a bicycle with…')
    expect(excerptOf(text, 'baskets')).toBe('…with hand-made baskets and an enormous childrens’ seat')
    expect(
      excerptOf(`${'Nothing much. '.repeat(5)}“Solid desk”, lamp included, to be fetched before Friday`, 'desk'),
    ).toMatch(/^…“Solid desk”, /)
    expect(excerptOf('x'.repeat(100), 'nothing')).toBe(`${'x'.repeat(60)}…`) // no word is that long
    expect(excerptOf(`${'车'.repeat(55)}bicycle`, 'nothing')).toBe(`${'车'.repeat(55)}…`)
  })
})
