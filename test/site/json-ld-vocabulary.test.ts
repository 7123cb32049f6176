// @vitest-environment node
/** Everything a listing can say to search engines, each field filled in, held against the vocabulary of schema.org. */
import { expect, it } from 'vitest'
import type { Category, Field, FieldValue } from '#domain/category.ts'
import { breadcrumbs } from '#src/pages/_parts/page-json-ld.ts'
import { jsonLd, jsonLdOf } from '#src/pages/_parts/json-ld.ts'
import { aView } from '../fixtures/listing-view.ts'
import { aPhoto, town } from '../fixtures/town.ts'
import { faultsOf, type Said } from '../fixtures/vocabulary.ts'

const at = { url: 'https://town.example/l/x', locale: 'zh-Hans' } as const

function valueOf(field: Field, turn: number): FieldValue {
  if (field.type === 'choice') return field.options[turn % field.options.length]?.id ?? ''
  if (field.type === 'number') return Math.min(field.max, Math.max(field.min, 3))
  return field.type === 'flag' ? true : { text: '样例', date: '2026-12-01', month: '2026-12' }[field.type]
}

/** As often as the longest choice has options, so that each of them is said once. */
function everythingIn(category: Category): readonly (readonly [string, Said])[] {
  const turns = Math.max(...category.fields.map((field) => (field.type === 'choice' ? field.options.length : 1)))
  return category.kinds.flatMap(({ id: sub }) =>
    (['person', 'company'] as const).flatMap((poster) =>
      category.intents.flatMap(({ id: intent }) =>
        Array.from({ length: turns }, (_, turn) => turn).flatMap((turn) => {
          const fields = Object.fromEntries(category.fields.map((field) => [field.id, valueOf(field, turn)]))
          const firm = poster === 'company' ? { firm: '海边商行' } : {}
          const view = aView({
            category: category.id,
            sub,
            intent,
            poster,
            ...firm,
            fields,
            photos: [aPhoto(1), aPhoto(2)],
          })
          const said = jsonLdOf(category, view, at)
          const name = [category.id, sub, intent, poster, turn].join(' ')
          return said ? [[name, JSON.parse(jsonLd(said)) as Said] as const] : []
        }),
      ),
    ),
  )
}

const said = new Map(town.categories.flatMap(everythingIn))

it('knows every term, in its place, whatever is filled in', { timeout: 120_000 }, () => {
  expect(said.size).toBeGreaterThan(100)
  const way = breadcrumbs([{ name: '首页', href: '/' }], '二手', at.url)
  expect(faultsOf(new Map([...said, ['way', JSON.parse(jsonLd(way)) as Said]]))).toEqual([])
})

it(
  'would find a word that it does not know, one of another type, and a value of the wrong kind',
  { timeout: 120_000 },
  () => {
    const [, right = {}] = [...said].find(([, { '@type': type }]) => type === 'Product') ?? []
    const offer = right['offers'] as Said
    const wrong = new Map<string, Said>([
      ['right', right],
      ['unknown', { ...right, prize: 3 }],
      ['of another type', { ...right, mileageFromOdometer: '3 km' }],
      ['deep', { ...right, offers: { ...offer, priceCurency: 'CNY' } }],
      ['no such type', { ...right, '@type': 'Thingummy' }],
      ['wrong kind', { ...right, offers: { ...offer, price: { amount: 3 } } }],
      ['not of the list', { ...right, offers: { ...offer, availability: 'https://schema.org/InStore' } }],
    ])
    const found = new Set(faultsOf(wrong).map((fault) => fault.split(':')[0]))
    expect([...found].sort()).toEqual([...wrong.keys()].filter((name) => name !== 'right').sort())
  },
)

const required: Readonly<Record<string, readonly string[]>> = {
  // what search engines ask for before they show it
  Product: ['name', 'offers'],
  JobPosting: ['title', 'description', 'datePosted', 'validThrough', 'hiringOrganization', 'jobLocation'],
  Course: ['name', 'description', 'provider'],
  Event: ['name', 'startDate', 'location'],
  Car: ['name', 'offers'],
  RealEstateListing: ['name', 'datePosted'],
  Service: ['name', 'provider'],
}

it.each(Object.entries(required))('a %s says what it has to', (type, terms) => {
  const all = [...said.values()].filter((one) => one['@type'] === type)
  expect(all.length).toBeGreaterThan(0)
  for (const one of all)
    for (const term of terms) expect([one['name'], term, one[term] !== undefined]).toEqual([one['name'], term, true])
})
