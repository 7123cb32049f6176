// @vitest-environment node
/** The category page's own reasoning: what a chip takes away, where pages lead, when new lines may appear by themselves. */
import { describe, expect, it } from 'vitest'
import type { Locale } from '#domain/locale.ts'
import type { ListQuery, ReadModel } from '#domain/read-model.ts'
import { categoryPageOf } from '#src/pages/_parts/category.ts'
import { town } from '../fixtures/town.ts'

/** A read model that holds three pages of nothing and remembers what it was asked. */
function threePages() {
  const asked: ListQuery[] = []
  const list: ReadModel['list'] = async (query) => {
    asked.push(query)
    return { lines: [], total: 60, page: Math.min(query.page ?? 1, 3), pages: 3 }
  }
  const rooms = [
    { min: 1, max: 1, count: 4 },
    { min: 2, max: 2, count: 0 },
    { min: 3, max: 3, count: 1 },
  ]
  const price = [
    { max: 1_500, count: 1_200 },
    { min: 1_500, count: 1 },
  ]
  const histograms: ReadModel['histograms'] = async () => ({
    price: { bars: price, unsaid: 2 },
    rooms: { bars: rooms, unsaid: 0 },
  })
  return { asked, readModel: { list, histograms } as ReadModel }
}

async function pageOf(id: string, search: string, { readModel } = threePages(), locale: Locale = 'zh-Hans') {
  const category = town.categories.find((one) => one.id === id)
  if (!category) throw new Error(id)
  return categoryPageOf(category, {
    readModel,
    now: 0,
    url: new URL(`https://town.example/c/${id}${search}`),
    locale,
  })
}

describe('a category page', () => {
  it('asks for what the address says', async () => {
    const pages = threePages()
    await pageOf('housing', '?district=juxian&rooms-min=2&page=2', pages)
    expect(pages.asked).toEqual([{ category: 'housing', district: 'juxian', fields: { rooms: { min: 2 } }, page: 2 }])
  })

  it('names every filter, and each chip leads to the list without it', async () => {
    const { chips } = await pageOf('housing', '?district=juxian&price-max=2000&rooms-min=2&share=entire&page=2')
    expect(chips.map(({ name }) => name)).toEqual(['莒县', '¥2,000 以下', '整套', '卧室 2 室 以上'])
    expect(chips[0]?.href).toBe('/c/housing?price-max=2000&share=entire&rooms-min=2')
    expect(chips[1]?.href).toBe('/c/housing?district=juxian&share=entire&rooms-min=2')
  })

  it.each([
    // address, live, previous, next, canonical
    ['', true, undefined, '/c/goods?page=2', '/c/goods'],
    ['?page=2', false, '/c/goods', '/c/goods?page=3', '/c/goods?page=2'],
    ['?page=99', false, '/c/goods?page=2', undefined, '/c/goods?page=3'], // beyond the end is the end
    ['?district=juxian', false, undefined, '/c/goods?district=juxian&page=2', '/c/goods'],
    ['?sort=cheapest', false, undefined, '/c/goods?sort=cheapest&page=2', '/c/goods'],
    ['?nonsense=1', true, undefined, '/c/goods?page=2', '/c/goods'],
  ])('/c/goods%s', async (search, isLive, previous, next, canonical) =>
    expect(await pageOf('goods', search)).toMatchObject({ isLive, previous, next, canonical }),
  )

  it('leads from each bar to the list of its range, and from the chosen one to the list without', async () => {
    const { spreads } = await pageOf('housing', '?district=juxian&rooms-min=3&rooms-max=3&sort=cheapest&page=2')
    expect(spreads['rooms']?.bars.map(({ says, href, isChosen }) => [says, href, isChosen])).toEqual([
      ['1 室：4 条', '/c/housing?district=juxian&rooms-min=1&rooms-max=1&sort=cheapest', false],
      ['2 室：0 条', undefined, false],
      ['去掉条件：3 室：1 条', '/c/housing?district=juxian&sort=cheapest', true],
    ])
    expect(spreads['price']).toMatchObject({
      bars: [
        {
          says: '1,500 元 以下：1200 条',
          href: '/c/housing?district=juxian&price-max=1500&rooms-min=3&rooms-max=3&sort=cheapest',
        },
        { says: '1,500 元 以上：1 条', height: 6 }, // what is there is seen
      ],
      unsaid: '另有 2 条没写',
    })
  })
})

it('counts one thing as one, in chips and in what bars are called', async () => {
  const page = await pageOf('housing', '?rooms-min=1&rooms-max=1', threePages(), 'en')
  expect(page.chips.map(({ name }) => name)).toEqual(['Bedrooms 1 bedroom'])
  expect(page.spreads['rooms']?.bars.map(({ says }) => says)).toEqual([
    expect.stringContaining('1 bedroom: 4 listings'),
    '2 bedrooms: 0 listings',
    '3 bedrooms: 1 listing',
  ])
})
