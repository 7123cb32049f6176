// @vitest-environment node
/** The category page's own reasoning: what a chip takes away, where pages lead, when new lines may appear by themselves. */
import { describe, expect, it } from 'vitest'
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
  return { asked, readModel: { list } as ReadModel }
}

async function pageOf(id: string, search: string, { readModel } = threePages()) {
  const category = town.categories.find((one) => one.id === id)
  if (!category) throw new Error(id)
  return categoryPageOf(category, {
    readModel,
    now: 0,
    url: new URL(`https://town.example/c/${id}${search}`),
    locale: 'zh-Hans',
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
})
