/** Everything in `content` fits its schema, the schemas' users, and each other. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { parseListing } from '#domain/listing.ts'
import { wordIn } from '#domain/locale.ts'
import { refusalRules } from '#domain/refusal.ts'
import { isContact } from '#domain/contact.ts'
import { ProfileBody } from '#domain/profile.ts'
import { refusalsOfHouse } from '#domain/house-rules.ts'
import { bodyOf } from '../../server/samples.ts'
import { Samples } from '../../server/sample-schema.ts'
import { loadHouse, loadTown, readContent } from '../../server/town.ts'
import { must } from '../fixtures/must.ts'

const content = new URL('../../content', import.meta.url).pathname
const namesIn = (folder: string, end: string) =>
  readdirSync(`${content}/${folder}`)
    .filter((name) => name.endsWith(end))
    .map((name) => name.slice(0, -end.length))
const json = (path: string): unknown => JSON.parse(readFileSync(`${content}/${path}`, 'utf8'))
const portals = namesIn('portals', '.json')

// the build's own module; only `defineCollection` is needed, and it gives back what it is given
vi.mock('astro:content', () => ({ defineCollection: (collection: unknown) => collection }))

describe.each(portals)('the town %s', (id) => {
  const town = must(loadTown(id, content))
  it('is named as its file', () => expect(town.portal.id).toBe(id))
  it('asks for things that are hot in its own words', () => expect(town.portal.hot.length).toBeGreaterThan(2))
  it('has a sample file', () => expect(namesIn('samples', '.json')).toContain(id))
})

describe('a town that does not load', () => {
  it.each([
    ['no file', 'nowhere', 'no-such-file'],
    ['a path for a name', '../categories', 'bad-content'],
  ])('%s is a fault with its path', (_, id, kind) => {
    const town = loadTown(id, content)
    expect(town.ok ? 'loaded' : town.error).toMatchObject({ kind, path: expect.stringMatching(/\.json$/) })
  })
  it('the fault names the place in the file', () => {
    const fault = readContent(`${content}/portals/rizhao.json`, Samples)
    expect(fault.ok ? '' : fault.error.detail).toMatch(/posters/)
  })
})

describe('categories', () => {
  const { categories } = must(loadTown('rizhao', content))
  it('are the ten of the portal', () =>
    expect(categories.map(({ id }) => id).sort()).toEqual([
      'education',
      'events',
      'friends',
      'goods',
      'housing',
      'jobs',
      'lost',
      'rides',
      'services',
      'vehicles',
    ]))
  it.each(categories.map((category) => [category.id, category] as const))(
    '%s has distinct ids and no Chinese in its English words',
    (_, category) => {
      for (const rows of [
        category.intents,
        category.kinds,
        category.fields,
        ...category.fields.flatMap((field) => (field.type === 'choice' ? [field.options] : [])),
      ])
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      const english = JSON.stringify(category, (key, value: unknown) => (key === 'zh' ? undefined : value))
      expect(english).not.toMatch(/\p{Script=Han}/u)
    },
  )
  it('friends is for adults, unlinked and not indexed', () =>
    expect(categories.find(({ id }) => id === 'friends')).toMatchObject({
      adultsOnly: true,
      ownKey: true,
      noIndex: true,
      jsonLd: null,
    }))
})

describe.each(namesIn('samples', '.json'))('the samples of %s', (id) => {
  const town = must(loadTown(id, content))
  const samples = must(readContent(`${content}/samples/${id}.json`, Samples))
  const posterOf = (key: string) => must({ ok: true, value: samples.posters.find((poster) => poster.key === key) })

  it.each(samples.posters.map((poster) => [poster.name, poster] as const))(
    '%s is a poster',
    (_, { name, alias, kind }) => {
      for (const shown of [name, ...(alias === undefined ? [] : [alias])])
        expect(ProfileBody.safeParse({ name: shown, poster: kind, sample: true }).success).toBe(true)
    },
  )

  it.each(samples.listings.map((listing) => [listing.title, listing] as const))(
    '%s passes every rule',
    async (_, listing) => {
      const poster = posterOf(listing.poster)
      expect(poster).toBeDefined()
      const body = await bodyOf(
        { kind: poster?.kind ?? 'person', firm: poster?.kind === 'company' ? poster.name : undefined },
        listing,
        listing.contact && { contact: listing.contact, key: 'A'.repeat(22) },
      )
      expect(parseListing(town, body)).toMatchObject({ ok: true })
      expect(refusalsOfHouse(must(loadHouse(content)), body)).toEqual([])
      if (listing.contact) expect(isContact(listing.contact)).toBe(true)
    },
  )

  it('cover every category, every poster kind, and every way to be over', () => {
    expect(new Set(samples.listings.map(({ category }) => category))).toEqual(
      new Set(town.categories.map(({ id }) => id)),
    )
    expect(new Set(samples.posters.map(({ kind }) => kind)).size).toBe(3)
    expect(samples.listings.filter(({ state }) => state).length).toBeGreaterThan(0)
    expect(samples.listings.filter(({ ageHours, validDays }) => ageHours > validDays * 24).length).toBeGreaterThan(0)
  })

  it('are many enough to look like a town', () => {
    expect(samples.listings.length).toBeGreaterThanOrEqual(id === 'rizhao' ? 200 : 50)
    expect(samples.posters.length).toBeGreaterThanOrEqual(id === 'rizhao' ? 12 : 6)
  })

  it('no title twice by one poster in one category, for its id follows from them', () => {
    const names = samples.listings.map(({ poster, category, title }) => `${poster}/${category}/${title}`)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('what the build reads', async () => {
  const { collections } = await import('../../src/content.config.ts')
  type Parser = { safeParse(value: unknown): { success: boolean; error?: unknown } }
  const fits = (collection: keyof typeof collections, value: unknown) => {
    const parsed = (collections[collection] as unknown as { schema: Parser }).schema.safeParse(value)
    expect(parsed.error).toBeUndefined()
  }
  const links = json('links.json') as Record<string, { links: { name: { zh: string }; url: string | null }[] }[]>
  const rules = json('rules.json') as { id: string }[]

  it.each(namesIn('notices', '.json'))('the notice %s fits, and its town is there', (name) => {
    const notice = json(`notices/${name}.json`) as { id: string; portal: string }
    fits('notices', notice)
    expect(notice.id).toBe(name)
    expect([...portals, 'all']).toContain(notice.portal)
  })
  it('each rule fits, and the rules that refuse are explained', () => {
    for (const rule of rules) fits('rules', rule)
    for (const rule of refusalRules.filter((one) => one.startsWith('HR-')))
      expect(rules.map(({ id }) => id)).toContain(rule)
  })
  it('the phones fit', () => fits('phones', json('phones.json')))
  it.each(portals)('%s has links that fit, none twice, the operator among them', (id) => {
    const groups = links[id] ?? []
    fits('links', { groups })
    const all = groups.flatMap((group) => group.links)
    expect(new Set(all.map(({ name }) => name.zh)).size).toBe(all.length)
    expect(all.some(({ name }) => name.zh.includes('信息港中心'))).toBe(true)
  })

  it.each(portals)('%s: every word of content has both languages', (id) => {
    const { portal } = must(loadTown(id, content))
    for (const words of [
      portal.name,
      portal.city,
      portal.tagline,
      portal.about,
      ...portal.roles,
      ...portal.districts.map(({ name }) => name),
    ])
      expect(wordIn(words, 'en')).not.toMatch(/\p{Script=Han}/u)
  })
})
