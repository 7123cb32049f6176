/** The address of a category page: what it means, what is ignored, and that it comes back as it went in. */
import { describe, expect, it } from 'vitest'
import { filterFieldsOf, isFiltered, pairsOf, queryOf, without } from '#domain/filters.ts'
import type { ListQuery } from '#domain/read-model.ts'
import { town } from '../fixtures/town.ts'

const categoryOf = (id: string) => {
  const found = town.categories.find((category) => category.id === id)
  if (!found) throw new Error(id)
  return found
}
const asked = (category: string, address: string): ListQuery =>
  queryOf(categoryOf(category), town.portal.districts, new URLSearchParams(address))

describe('filters in an address', () => {
  it.each([
    ['goods', 'intent=wanted', { intent: 'wanted' }],
    ['goods', 'district=juxian&by=company', { district: 'juxian', by: 'company' }],
    ['goods', 'price-min=1,200&price-max=3000.5', { minFen: 120_000, maxFen: 300_050 }],
    ['goods', 'price-max=0', { maxFen: 0 }], // free things
    ['goods', 'price-min=300&price-max=100', { minFen: 10_000, maxFen: 30_000 }], // typed the wrong way round
    ['goods', 'condition=good&negotiable=yes', { fields: { condition: 'good', negotiable: true } }],
    ['housing', 'floor-min=-2&floor-max=0', { fields: { floor: { min: -2, max: 0 } } }],
    ['goods', 'proof=none', { fields: { proof: 'none' } }],
    ['vehicles', 'km-max=50000', { fields: { km: { max: 50_000 } } }],
    ['housing', 'rooms-min=2&rooms-max=3', { fields: { rooms: { min: 2, max: 3 } } }],
    ['goods', 'sort=cheapest&page=2', { sort: 'cheapest', page: 2 }],
    ['goods', 'page=1', {}],
    ['goods', 'district=juxian&district=donggang', { district: 'juxian' }], // the first counts
  ] as const)('%s?%s', (category, address, query) => expect(asked(category, address)).toEqual({ category, ...query }))

  it.each([
    ['goods', 'intent=steal&sub=nothing&district=atlantis&by=robot&sort=random'],
    ['goods', 'page=0'],
    ['goods', 'page=-3'],
    ['goods', 'page=1e9'],
    ['goods', 'price-min=1e30&price-max=cheap'],
    ['goods', 'price-max=999999999'], // above the category's own limit
    ['goods', 'km-max=5'], // a field of another category
    ['goods', 'brand=Apple'], // words are searched for
    ['goods', 'boughtIn=2026-01'],
    ['goods', 'negotiable=no&condition=__proto__'],
    ['lost', 'price-min=1&sort=cheapest'], // no price to sort by
    ['vehicles', 'km-min=&km-max=NaN'],
    ['goods', '__proto__=x&constructor=y'],
  ])('%s?%s is ignored', (category, address) => {
    expect(asked(category, address)).toEqual({ category })
    expect(isFiltered(asked(category, address))).toBe(false)
  })

  it.each([
    [
      'goods',
      'intent=wanted&sub=books&district=juxian&by=person&price-min=10&price-max=20.5&condition=good&negotiable=yes',
    ],
    ['housing', 'rooms-min=2&area-max=90&sort=dearest&page=3'],
    ['jobs', 'workKind=part-time&payMin-min=4000'],
  ])('%s?%s comes back as it went in', (category, address) =>
    expect(new URLSearchParams(pairsOf(asked(category, address)).map((pair) => [...pair])).toString()).toBe(address),
  )

  it('can be taken away one by one, and going back to the first page', () => {
    const query = asked('goods', 'district=juxian&price-min=1&price-max=9&condition=good&page=4')
    expect(without(query, 'district')).toEqual(asked('goods', 'price-min=1&price-max=9&condition=good'))
    expect(without(query, 'price')).toEqual(asked('goods', 'district=juxian&condition=good'))
    expect(without(query, 'condition')).toEqual(asked('goods', 'district=juxian&price-min=1&price-max=9'))
  })

  it('never share a name with a typed field', () => {
    const reserved = ['intent', 'sub', 'district', 'by', 'sort', 'page', 'price']
    for (const category of town.categories)
      for (const { id } of filterFieldsOf(category)) expect(reserved, `${category.id}.${id}`).not.toContain(id)
  })
})
