// @vitest-environment node
/** What search engines read of a listing. */
import { describe, expect, it } from 'vitest'
import type { ListingView } from '#domain/read-model.ts'
import { jsonLd, jsonLdOf } from '#src/pages/_parts/json-ld.ts'
import { aView } from '../fixtures/listing-view.ts'
import { type aListing, town } from '../fixtures/town.ts'

const at = { url: 'https://town.example/l/x', locale: 'zh-Hans' } as const

function marked(change: Parameters<typeof aListing>[0], more?: Partial<ListingView>) {
  const found = aView(change, more)
  const category = town.categories.find(({ id }) => id === found.body.category)
  if (!category) throw new Error('a category of the town')
  return jsonLdOf(category, found, at)
}

describe('structured data of a listing', () => {
  it.each([
    [{ category: 'goods' }, 'Product'],
    [{ category: 'vehicles', sub: 'car' }, 'Car'],
    [{ category: 'vehicles', sub: 'ebike' }, 'MotorizedBicycle'],
    [{ category: 'vehicles', sub: 'motorcycle' }, 'Motorcycle'],
    [{ category: 'vehicles', sub: 'parts' }, 'Product'], // a wheel is no car
    [{ category: 'jobs' }, 'JobPosting'],
    [{ category: 'housing' }, 'RealEstateListing'],
    [{ category: 'services' }, 'Service'],
    [{ category: 'education' }, 'Course'],
    [{ category: 'events' }, 'Event'],
  ] as const)('%j is a %s', (change, type) =>
    expect(marked(change)).toMatchObject({ '@context': 'https://schema.org', '@type': type }),
  )

  it.each([
    [{ category: 'goods', intent: 'wanted' }], // a wish sells nothing
    [{ category: 'jobs', intent: 'seeking' }], // a CV is never marked up
    [{ category: 'friends' }],
    [{ category: 'lost' }],
    [{ category: 'rides' }],
  ] as const)('%j has none', (change) => expect(marked(change)).toBeUndefined())

  it.each(['expired', 'sold', 'withdrawn'] as const)('what is %s has none', (life) =>
    expect(marked({}, { life })).toBeUndefined(),
  )

  it('says price and pay as the listing does', () => {
    expect(marked({ priceFen: 28_050 })).toMatchObject({ offers: { price: 280.5, priceCurrency: 'CNY' } })
    expect(marked({ priceFen: null })).not.toHaveProperty('offers') // by agreement
    const job = { category: 'jobs', fields: { workKind: 'part-time', payMin: 18, payMax: 25, payUnit: 'hour' } }
    expect(marked(job)).toMatchObject({
      employmentType: 'PART_TIME',
      baseSalary: { value: { minValue: 18, maxValue: 25, unitText: 'HOUR' } },
      validThrough: '2026-12-20T00:00:00.000Z',
    })
  })

  it('says that a rent is of a month, and in what state a thing is', () => {
    expect(marked({ category: 'housing', intent: 'rent', priceFen: 150_000 })).toMatchObject({
      offers: { priceSpecification: { price: 1500, unitCode: 'MON' } },
    })
    expect(marked({ category: 'housing', intent: 'rent', priceFen: 150_000 })?.['offers']).not.toHaveProperty('price')
    expect(marked({ fields: { condition: 'faulty' } })).toMatchObject({
      offers: { itemCondition: 'https://schema.org/DamagedCondition' },
    })
  })

  it('cannot end its script element, whatever the title says', () => {
    const text = jsonLd(marked({ title: '</script><img src=x>' }) ?? {})
    expect(text).not.toContain('<')
    expect(JSON.parse(text)).toMatchObject({ name: '</script><img src=x>' })
  })
})
