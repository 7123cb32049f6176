/** Chips, orders and counts over base, delta and wire, against a plain look at every live entry. */
import { describe, expect, it } from 'vitest'
import type { Entry } from '#domain/entry.ts'
import { fold } from '#domain/fold.ts'
import { isRange, withRange } from '#domain/filters.ts'
import { measuresOf } from '#domain/histogram.ts'
import { groupOf, tokensOf, type SearchEntry } from '#domain/search-entry.ts'
import { sorts, type Asked, type Chips, type Sort } from '#src/search/asked.ts'
import { search } from '#src/search/engine.ts'
import { createChance } from '../../bench/chaos/chance.ts'
import { createCorpus } from '../../bench/corpus.ts'
import { editionOf } from '../fixtures/edition.ts'
import { present } from '../fixtures/must.ts'
import { aGuide } from '../fixtures/printed-entries.ts'
import { noon } from '../fixtures/records.ts'
import { town } from '../fixtures/town.ts'

const corpus = createCorpus({ town, now: noon })
const first = corpus.listings(900)
const atDelta = corpus.churned(first, 0.1)
const later = corpus.churned(atDelta.live, 0.1)
const entriesOf = (all: readonly { readonly entry: Entry }[]) => all.map(({ entry }) => entry)
const guides = [aGuide('guide/one', '手机怎么买', '先看发票。'), aGuide('guide/two', '租房要看什么', '看合同。')]
const listings = entriesOf(later.live)
const live: readonly SearchEntry[] = [...listings, ...guides]
const { collection } = editionOf([...entriesOf(first), ...guides], [...entriesOf(atDelta.live), ...guides], live)
const everything = { listing: 1e6, guide: 1e6, notice: 1e6, directory: 1e6 }
const ask = (chips: Chips, more: Partial<Asked> = {}) =>
  search({ query: '', locale: 'zh-Hans', now: noon, limits: everything, chips, ...more }, collection)
const idsOf = async (chips: Chips, more: Partial<Asked> = {}) => (await ask(chips, more)).found.hits.map(({ id }) => id)

/** By hand, over all that is live. */
const fits = (entry: SearchEntry, { group, minFen, maxFen, fields = {}, ...same }: Chips): boolean => {
  if (group !== undefined && groupOf(entry) !== group) return false
  const ofListing = [minFen, maxFen, ...Object.values(same), ...Object.values(fields)].some(
    (chip) => chip !== undefined,
  )
  if (!('author' in entry)) return !ofListing
  const { priceFen } = entry
  return (
    Object.entries(same).every(([name, wanted]) => wanted === undefined || entry[name as keyof Entry] === wanted) &&
    (minFen === undefined || (priceFen !== null && priceFen >= minFen)) &&
    (maxFen === undefined || (priceFen !== null && priceFen <= maxFen)) &&
    Object.entries(fields).every(([id, wanted]) => {
      const value = entry.fields[id]
      if (!isRange(wanted)) return value === wanted
      return typeof value === 'number' && value >= (wanted.min ?? -1e12) && value <= (wanted.max ?? 1e12)
    })
  )
}

const chance = createChance(11)
const anEntry = (): Entry => chance.pick(listings)
const maybe = <T>(value: T): T | undefined => (chance.random() < 0.4 ? value : undefined)

/** Chips that at least one listing meets, so that most answers are not empty. */
function someChips(): Chips {
  const { category, district, intent, sub, by, priceFen, fields } = anEntry()
  const [id, value] = chance.pick([...Object.entries(fields), ['none', undefined] as const])
  const field = typeof value === 'number' ? { min: value - 1, max: value + 3 } : value
  const all = {
    category,
    district: maybe(district),
    intent: maybe(intent),
    sub: maybe(sub),
    by: maybe(by),
    minFen: maybe(priceFen === null ? undefined : Math.floor(priceFen / 2)),
    maxFen: maybe(priceFen === null ? undefined : priceFen * 2),
    fields: maybe(field === undefined ? undefined : { [id]: field }),
  }
  return Object.fromEntries(Object.entries(all).filter(([, chip]) => chip !== undefined)) as Chips
}

describe('chips', () => {
  it('leave exactly what a plain look leaves, 200 times', async () => {
    let hits = 0
    for (let i = 0; i < 200; i++) {
      const chips = someChips()
      const wanted = live.filter((entry) => fits(entry, chips)).map(({ id }) => id)
      expect((await idsOf(chips)).sort(), JSON.stringify(chips)).toEqual(wanted.sort())
      hits += wanted.length
    }
    expect(hits).toBeGreaterThan(1_000)
  })

  it.each([
    [{ group: 'guide' }],
    [{ group: 'listing' }],
    [{ district: 'donggang' }],
    [{ category: 'no-such' }],
    [{ category: 'goods', district: 'no-such' }],
    [{ intent: 'offer' }], // chips that need a category's columns say something without one too
    [{ minFen: 10_000, maxFen: 50_000 }],
    [{ district: 'donggang', by: 'person' }],
  ] as const)('%j alone', async (chips) =>
    expect((await idsOf(chips)).sort()).toEqual(
      live
        .filter((entry) => fits(entry, chips))
        .map(({ id }) => id)
        .sort(),
    ),
  )

  it('and a word: both', async () => {
    const chips = { category: 'goods' }
    const holds = (entry: SearchEntry) => Object.values(tokensOf(entry, town)).flat().includes('自提')
    const wanted = live.filter((entry) => fits(entry, chips) && holds(entry))
    expect(wanted.length).toBeGreaterThan(0)
    expect((await idsOf(chips, { query: '自提' })).sort()).toEqual(wanted.map(({ id }) => id).sort())
  })

  it('without a word or a chip nothing is found, -words alone too', async () => {
    for (const query of ['', ' ', '-手机', '"', '。']) expect(await idsOf({}, { query })).toEqual([])
    expect(await idsOf({ group: undefined } as unknown as Chips)).toEqual([])
  })

  it('and a -word: what is left of the chip', async () => {
    const [all, without] = [await idsOf({ category: 'goods' }), await idsOf({ category: 'goods' }, { query: '-手机' })]
    const holding = listings
      .filter((entry) => fold(`${entry.title}\n${entry.text}`).includes('手机'))
      .map(({ id }) => id)
    expect(without.length).toBeGreaterThan(0)
    expect(all.length).toBeGreaterThan(without.length)
    expect(without.filter((id) => holding.includes(id))).toEqual([])
  })
})

it('only those columns are fetched in which something stands that was found', async () => {
  const [example] = listings
  const many = Array.from({ length: 3_000 }, (_, i) => {
    const title = i === 40 ? '龘龘一台' : '旧书'
    return { ...present(example), id: `l${i}`, at: noon - i, title, text: '', category: 'goods', priceFen: 5_000 }
  })
  const { collection: large, asked } = editionOf(many, many, many)
  const chips = { category: 'goods', maxFen: 9_000 }
  const { found } = await search({ query: '龘龘', locale: 'zh-Hans', now: noon, chips }, large)
  expect(found.counts.listing).toBe(1)
  expect(asked.filter((path) => path.startsWith('/cols/'))).toHaveLength(1)
})

describe('order', () => {
  const byAge = (a: Entry, b: Entry) => b.at - a.at || (a.id < b.id ? -1 : 1)
  const price = ({ priceFen }: Entry, none: number) => priceFen ?? none
  // prettier-ignore
  const order: Readonly<Record<Exclude<Sort, 'best'>, (a: Entry, b: Entry) => number>> = {
    newest: byAge,
    cheapest: (a, b) => price(a, Infinity) === price(b, Infinity) ? byAge(a, b) : price(a, Infinity) - price(b, Infinity),
    dearest: (a, b) => price(a, -1) === price(b, -1) ? byAge(a, b) : price(b, -1) - price(a, -1),
  }
  it.each(
    sorts.filter((sort) => sort !== 'best').flatMap((sort) => [[sort, 'goods'] as const, [sort, undefined] as const]),
  )('%s first, of %s', async (sort, category) => {
    const chips: Chips = category === undefined ? { group: 'listing' } : { category }
    const wanted = listings.filter((entry) => fits(entry, chips)).sort(order[sort])
    expect(await idsOf(chips, { sort })).toEqual(wanted.map(({ id }) => id))
    expect(await idsOf(chips, { sort, limits: { listing: 7 } })).toEqual(wanted.slice(0, 7).map(({ id }) => id))
  })
})

describe('counts beside an answer', () => {
  const tally = (ids: readonly string[]) => {
    const counts: Record<string, number> = {}
    for (const id of ids) counts[id] = (counts[id] ?? 0) + 1
    return counts
  }
  it.each([
    ['手机', {}],
    ['', { district: 'donggang' }],
    ['', { category: 'jobs' }],
    ['出租', { category: 'housing' }],
  ] as const)('%j under %j: as many of each category and district as a plain count', async (query, chips) => {
    const { found, facets } = await ask(chips, { query })
    const hits = found.hits.flatMap(({ entry }) => ('author' in entry ? [entry] : []))
    expect(hits.length).toBeGreaterThan(0)
    expect(await facets()).toMatchObject({
      category: tally(hits.map(({ category }) => category)),
      district: tally(hits.map(({ district }) => district)),
    })
  })
})

describe('numbers beside an answer', () => {
  const categoryOf = (id: string) => present(town.categories.find((one) => one.id === id))
  const numbersOf = async (chips: Chips & { readonly category: string }, more: Partial<Asked> = {}) =>
    (await (await ask(chips, more)).facets(categoryOf(chips.category)))?.numbers?.histograms ?? {}
  const isNumber = (category: string) => (id: string) => measuresOf(categoryOf(category)).includes(id)

  it.each([
    ['', { category: 'housing' }],
    ['', { category: 'goods', district: 'donggang' }],
    ['出租', { category: 'housing', minFen: 120_000 }],
    ['', { category: 'vehicles', by: 'person', fields: { km: { max: 6 } } }],
  ] as const)('%j under %j: every bar counts what its range finds', async (query, chips) => {
    const histograms = await numbersOf(chips, { query })
    expect(histograms).not.toEqual({})
    for (const [id, { bars }] of Object.entries(histograms)) {
      expect(isNumber(chips.category)(id)).toBe(true)
      for (const { count, ...range } of bars) {
        const found = await idsOf(withRange(chips, id, range), { query })
        expect(found.length, `${id} ${JSON.stringify(range)}`).toBe(count)
      }
    }
  })

  it('stay where they are while a range is chosen for them, and count less under that of another', async () => {
    const all = await numbersOf({ category: 'housing' })
    const range = { min: 2, max: 2 }
    const narrowed = await numbersOf({ category: 'housing', fields: { rooms: range } })
    const sum = (of: typeof all) => present(of['price']).bars.reduce((n, { count }) => n + count, 0)
    expect(narrowed['rooms']).toEqual(all['rooms'])
    expect(sum(narrowed)).toBeLessThan(sum(all))
  })

  it('count nothing that is over', async () => {
    const last = Math.max(...listings.map(({ until }) => until))
    expect(await numbersOf({ category: 'housing' }, { now: last + 1 })).toEqual({})
  })

  it('are none where a category has none, and then no columns are fetched', async () => {
    const example = present(listings.find(({ category }) => category === 'lost'))
    const few = [1, 2, 3, 4, 5].map((n) => ({ ...example, id: `l${n}`, at: noon - n }))
    const { collection: small, asked } = editionOf(few, few, few)
    const { facets } = await search({ query: '', locale: 'zh-Hans', now: noon, chips: { category: 'lost' } }, small)
    expect((await facets(categoryOf('lost')))?.numbers).toEqual({ category: 'lost', histograms: {} })
    expect(asked.filter((path) => path.startsWith('/cols/'))).toEqual([])
  })

  it('are not asked for without a category', async () => {
    expect(await (await ask({ district: 'donggang' })).facets()).not.toHaveProperty('numbers')
  })
})
