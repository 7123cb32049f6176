/** What search finds beside listings: guides, notices, phones and links, in every language; the server prints editions from it. */
import type { APIRoute } from 'astro'
import { getCollection } from 'astro:content'
import { defaultLocale, locales, wordIn, type Locale } from '#domain/locale.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import type { Words } from '#domain/words.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { town } from '#src/i18n/town.ts'
import { guidesIn } from './_parts/guides.ts'

export const prerender = true

export const GET: APIRoute = async () => {
  const all = [await guides(), await notices(), await phones(), await links()].flat()
  return new Response(JSON.stringify(all), { headers: { 'content-type': 'application/json; charset=utf-8' } })
}

const to = pathTo(defaultLocale)

type Shown = PrintedEntry['words']['zh-Hans']

/** What is the same as in the default language is left out. */
function inEvery(shownIn: (locale: Locale) => Shown | undefined): PrintedEntry['words'] {
  const first = shownIn(defaultLocale) ?? { title: '', text: '' }
  const others = locales.flatMap((locale) => {
    const shown = locale === defaultLocale ? undefined : shownIn(locale)
    return shown && JSON.stringify(shown) !== JSON.stringify(first) ? [[locale, shown] as const] : []
  })
  return { 'zh-Hans': first, ...Object.fromEntries(others) }
}

const inWords = (title: Words, text: Words): PrintedEntry['words'] =>
  inEvery((locale) => ({ title: wordIn(title, locale), text: wordIn(text, locale) }))

async function guides(): Promise<readonly PrintedEntry[]> {
  const all = new Map<Locale, Awaited<ReturnType<typeof guidesIn>>>()
  for (const locale of locales) all.set(locale, await guidesIn(locale))
  return (all.get(defaultLocale) ?? []).map(({ id, entry: { data } }) => ({
    id: `guide/${id}`,
    group: 'guide',
    words: inEvery((locale) => {
      const entry = all.get(locale)?.find((guide) => guide.id === id)?.entry
      return entry && { title: entry.data.title, text: `${entry.data.summary} ${plainOf(entry.body ?? '')}` }
    }),
    href: to.guide(id),
    at: Date.parse(data.reviewedOn),
  }))
}

async function notices(): Promise<readonly PrintedEntry[]> {
  const ours = await getCollection('notices', ({ data }) => data.portal === 'all' || data.portal === town.portal.id)
  return ours.map(({ data: { id, title, text, postedOn } }) => ({
    id: `notice/${id}`,
    group: 'notice',
    words: inWords(title, text),
    href: to.notice(id),
    note: postedOn,
    at: Date.parse(postedOn),
  }))
}

async function phones(): Promise<readonly PrintedEntry[]> {
  const groups = (await getCollection('phones')).flatMap(({ data }) => data.groups)
  return groups.flatMap(({ name: group, phones }) =>
    phones.map(({ name, number, note }) => ({
      id: `phone/${number}/${name.zh}`,
      group: 'directory',
      words: inWords(name, note),
      href: `tel:${number}`,
      note: number,
      labels: bothOf(group),
      at: 0,
    })),
  )
}

/** A link without an address of its own is still told of on the page of links. */
async function links(): Promise<readonly PrintedEntry[]> {
  const groups = (await getCollection('links', ({ id }) => id === town.portal.id)).flatMap(({ data }) => data.groups)
  return groups.flatMap(({ group, links: rows }) =>
    rows.map(({ name, note, url }) => ({
      id: `link/${name.zh}`,
      group: 'directory',
      words: inWords(name, note),
      href: url ?? to.links,
      labels: `${bothOf(group)} ${url === null ? '' : new URL(url).hostname}`,
      at: 0,
    })),
  )
}

const bothOf = (group: Words): string => `${group.zh} ${group.en}`

/** Markdown without its marks: links keep their words, tables their cells. */
const plainOf = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^[#>\-\s|:]+|[*`|]+/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim()
