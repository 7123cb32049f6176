/** The guides of a language as an Atom feed: what was checked or added last stands first. */
import type { APIRoute } from 'astro'
import { atomOf, type AtomEntry } from '#domain/atom.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import type { ReadModel } from '#domain/read-model.ts'
import { pages } from '#src/i18n/pages.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { published } from '#src/i18n/published.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { guidesIn } from '#src/pages/_parts/guides.ts'

export const GET: APIRoute = async ({ locals: { locale, origin, readModel } }) => {
  const to = pathTo(locale)
  const name = wordIn(town.portal.name, locale)
  const words = inLocale(pages, locale).guides
  const feed = atomOf({
    lang: locale,
    title: `${words.title} - ${name}`,
    author: name,
    self: origin + to.guidesFeed,
    page: origin + to.guides,
    entries: [...(await portalEntries(locale, origin)), ...(await businessEntries(readModel, locale, origin))],
  })
  return new Response(feed, { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } })
}

async function portalEntries(locale: Locale, origin: string): Promise<readonly AtomEntry[]> {
  const { groups } = inLocale(pages, locale).guides
  return (await guidesIn(locale)).map(({ id, entry: { data } }) => ({
    url: origin + pathTo(locale).guide(id),
    title: data.title,
    summary: data.summary,
    category: groups[data.group],
    updated: `${data.reviewedOn}T00:00:00Z`,
  }))
}

/** Of whichever language: each says its own, and who wrote it. */
async function businessEntries(readModel: ReadModel, locale: Locale, origin: string): Promise<readonly AtomEntry[]> {
  const words = inLocale(published, locale)
  return (await readModel.guides()).map(({ id, title, summary, name, at }) => ({
    url: origin + pathTo(locale).published(id),
    title,
    summary,
    category: words.feedCategory,
    author: name ?? words.noName,
    updated: new Date(at).toISOString(),
  }))
}
