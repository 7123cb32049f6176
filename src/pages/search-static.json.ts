/** What search finds beside listings: guides, notices, phones and links, in every language; the server prints editions from it. */
import type { APIRoute } from 'astro'
import { defaultLocale, locales, type Locale } from '#domain/locale.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import { printedItem } from '#domain/town-pages.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { townContent } from './_parts/directory.ts'
import { guidesIn } from './_parts/guides.ts'

export const prerender = true

export const GET: APIRoute = async () => {
  const all = [await guides(), (await townContent()).map(printedItem)].flat()
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

/** Markdown without its marks: links keep their words, tables their cells. */
const plainOf = (markdown: string): string =>
  markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]+/g, '')
    .replace(/^[#>\-\s|:]+|\|+/gm, ' ')
    .replace(/\s+/g, ' ')
    .replace(/(?<=[。，；：、！？]) | (?=[。，；：、！？])/g, '')
    .trim()
