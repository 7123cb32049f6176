/** What real pages say to search engines, held against the vocabulary of schema.org. */
import { expect, it } from 'vitest'
import { present } from '../fixtures/must.ts'
import { faultsOf, saidIn, type Said } from '../fixtures/vocabulary.ts'
import { pageKinds } from './kinds.ts'
import { openScene } from './scene.ts'

const scene = openScene({ env: { SAMPLES: 'on' } })
/** The compiler keeps this thread for seconds, and a kept connection would be closed meanwhile. */
const textOf = async (path: string) =>
  (await fetch(new URL(path, scene.portal.url), { headers: { connection: 'close' } })).text()

const categories = ['goods', 'jobs', 'vehicles', 'housing', 'services', 'education', 'events']
const silent = ['rides', 'lost', 'friends']

/** A page may say nothing; what it does not say anything about is told by the test that follows. */
async function saidOn(paths: readonly string[]): Promise<ReadonlyMap<string, Said>> {
  const said = new Map<string, Said>()
  for (const path of paths) {
    const all = saidIn(await textOf(path))
    all.forEach((one, at) => said.set(`${path} ${at}`, one))
  }
  return said
}
const typesOf = (said: Iterable<Said>): ReadonlySet<unknown> =>
  new Set(
    [...said].flatMap((one) => {
      const graph = one['@graph']
      return Array.isArray(graph) ? graph.map((node: Said) => node['@type']) : [one['@type']]
    }),
  )

const linksOn = (html: string, pattern: RegExp) => [
  ...new Set([...html.matchAll(pattern)].map(([, path = '']) => path)),
]
const listing = /href="(\/l\/[a-z2-7]{26})"/g

it('knows every term of listings, guides, notices, the directory and the way up', async () => {
  const listings = await Promise.all(categories.map(async (id) => linksOn(await textOf(`/c/${id}`), listing)))
  const guides = linksOn(await textOf('/guides'), /href="(\/guides\/[a-z-]+)"/g)
  const notices = linksOn(await textOf('/notices'), /href="(\/notices\/[a-z-]+)"/g)
  const kinds = await Promise.all(pageKinds.map(([, address]) => address(scene.portal)))
  expect([listings.every(({ length }) => length > 0), guides.length > 20, notices.length > 0]).toEqual([
    true,
    true,
    true,
  ])
  const inEnglish = ['/en/phones', '/zh-hant/links', `/en${guides[0]}`, `/zh-hant${listings[0]?.[0]}`]
  const said = await saidOn([...listings.flat(), ...guides, ...notices, ...kinds, ...inEnglish])
  expect(faultsOf(said)).toEqual([])
  expect([...typesOf(said.values())].sort()).toEqual(
    expect.arrayContaining([
      'Article',
      'BreadcrumbList',
      'Car',
      'Course',
      'Event',
      'HowTo',
      'ItemList',
      'JobPosting',
      'MerchantReturnPolicy',
      'NewsArticle',
      'Product',
      'RealEstateListing',
      'Service',
      'WarrantyPromise',
    ]),
  )
})

it.each(silent)('a listing in %s says where it stands and nothing of itself', async (id) => {
  const [path = ''] = linksOn(await textOf(`/c/${id}`), listing)
  expect([...typesOf((await saidOn([path])).values())]).toEqual(['BreadcrumbList'])
})

it('a wish, a CV and what is over say nothing of themselves either', async () => {
  const of = async (path: string) => linksOn(await textOf(path), listing)
  const wishes = [...(await of('/c/goods?intent=wanted')), ...(await of('/c/jobs?intent=seeking'))]
  expect(wishes.length).toBeGreaterThan(1)
  expect([...typesOf((await saidOn(wishes)).values())]).toEqual(['BreadcrumbList'])
})

it('the way up leads to pages that are there', async () => {
  const [path = ''] = linksOn(await textOf('/c/goods'), listing)
  const [way] = saidIn(await textOf(path)).filter((one) => one['@type'] === 'BreadcrumbList')
  const items = present(way)['itemListElement'] as readonly { readonly item: string }[]
  const addresses = items.map(({ item }) => new URL(item))
  for (const { origin, pathname, search } of addresses) {
    expect(origin).toBe(scene.portal.url)
    expect((await fetch(new URL(pathname + search, scene.portal.url))).status).toBe(200)
  }
})
