/** Every guide stands in both languages, says what it rests on, and leads only to what is there. */
import { readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { guideCategories, guideGroups, guidePages } from '#domain/guide.ts'
import { policies } from './fixtures/policies.ts'
import { guideIds, writtenGuide } from './fixtures/guides.ts'

// the build's own module; only `defineCollection` is needed, and it gives back what it is given
vi.mock('astro:content', () => ({ defineCollection: (collection: unknown) => collection }))
const { collections } = await import('../src/content.config.ts')
const { schema } = collections.guides as unknown as {
  schema: { safeParse(value: unknown): { data?: Record<string, unknown>; error?: unknown } }
}

const ids = guideIds('zh')
const translated = ['title', 'summary', 'next', 'sources']
const sectionsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
const linksOf = (text: string): readonly string[] => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, to = '']) => to)
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/** How far the ids go that are not in a policy of `content`. */
const lastOf: Readonly<Record<string, number>> = { K: 17, T: 8, B: 19, R: 5, H: 5 }
const rules = JSON.parse(readFileSync('content/rules.json', 'utf8')) as readonly { readonly id: string }[]
const known = new Set([
  ...policies.flatMap(({ articles }) => articles.map(({ id }) => id)),
  ...rules.map(({ id }) => id),
])
const isKnown = (id: string): boolean => {
  const [letter = '', number = ''] = id.split('-')
  return known.has(id) || Number(number) <= (lastOf[letter] ?? 0)
}

it('the guides are twenty and more, the same in both languages, and no group is empty', () => {
  expect(ids.length).toBeGreaterThanOrEqual(20)
  expect(guideIds('en')).toEqual(ids)
  expect(new Set(ids.map((id) => writtenGuide(id, 'zh').front['group']))).toEqual(new Set(guideGroups))
  const places = ids.map((id) => `${writtenGuide(id, 'zh').front['group']} ${writtenGuide(id, 'zh').front['order']}`)
  expect(new Set(places).size, 'two guides for one place').toBe(ids.length)
})

describe.each(ids)('the guide %s', (id) => {
  const [zh, en] = [writtenGuide(id, 'zh'), writtenGuide(id, 'en')]

  it.each([
    ['Chinese', zh],
    ['English', en],
  ])('fits the schema in %s, with a date that has come, sources, and a next step', (_, { front }) => {
    const { data, error } = schema.safeParse(front)
    expect(error).toBeUndefined()
    expect(Date.parse(String(data?.['reviewedOn']))).toBeLessThan(Date.now())
  })

  it('says the same of itself in both', () => {
    const plain = (front: object) => Object.entries(front).filter(([name]) => !translated.includes(name))
    expect(plain(en.front)).toEqual(plain(zh.front))
    expect(en.front['sources']).toHaveLength((zh.front['sources'] as readonly string[]).length)
    expect(linksOf(en.text)).toEqual(linksOf(zh.text))
  })

  it('has a part for each heading of its table of contents, three at least, as many in both', () => {
    expect(sectionsOf(zh.text).length).toBeGreaterThanOrEqual(3)
    expect(sectionsOf(en.text)).toHaveLength(sectionsOf(zh.text).length)
    for (const { text } of [zh, en]) expect(new Set(sectionsOf(text)).size).toBe(sectionsOf(text).length)
  })

  it('is short, in Chinese as Chinese is set, and in English without a character of the other', () => {
    expect(count(zh.text, /\p{Script=Han}/gu)).toBeGreaterThanOrEqual(400)
    expect(count(zh.text, /\p{Script=Han}/gu)).toBeLessThanOrEqual(900)
    expect(String(zh.front['title']).length).toBeLessThanOrEqual(40)
    expect(String(zh.front['summary']).length).toBeLessThanOrEqual(90)
    const chinese = `${JSON.stringify(zh.front)}\n${zh.text}`.replace(/\]\([^)]*\)/g, ']')
    expect(chinese.match(/\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/gu), 'half-width punctuation').toBeNull()
    expect(chinese.match(/\p{Script=Han}[a-z\d]|[a-z\d]\p{Script=Han}/giu), 'no space beside Latin').toBeNull()
    expect(zh.text.match(/[a-z]+(?: [a-z]+){3,}/gi), 'English').toBeNull()
    expect(`${JSON.stringify(en.front)}${en.text}`).not.toMatch(/[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u)
  })

  it('leads only to guides, pages and policies that are there', () => {
    const policy = zh.front['policy']
    if (policy !== undefined) expect(policies.map((one) => one.id)).toContain(policy)
    const related = zh.front['related'] as readonly string[]
    for (const other of related) expect(ids).toContain(other)
    expect(related).not.toContain(id)
    expect(new Set(related).size).toBe(related.length)
    const there = [...ids.map((one) => `guides/${one}`), ...guidePages, ...guideCategories].map((path) => `/${path}`)
    for (const to of [...linksOf(zh.text), ...linksOf(en.text)]) expect(there).toContain(to)
  })

  it('cites articles and rules that exist, and no number of a person', () => {
    const both = [zh, en].map(({ front, text }) => JSON.stringify(front) + text).join('\n')
    const cited = both.match(/\b(?:HR|[A-Z])-\d+[a-z]?\b/g) ?? []
    expect(cited.filter((one) => !isKnown(one))).toEqual([])
    expect((both.match(/\bG\d+\b/g) ?? []).filter((one) => Number(one.slice(1)) > 15)).toEqual([])
    expect(both).not.toMatch(/\b1[3-9]\d{9}\b|\b0\d{2,3}-\d{7,8}\b/)
    const articles = (text: string) => [...new Set(text.match(/\b[A-Z]{1,2}-?\d+[a-z]?\b/g))].sort()
    expect(articles(en.text), 'both cite the same').toEqual(articles(zh.text))
  })
})
