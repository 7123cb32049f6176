/** The guides of a language as an Atom feed: what was checked or added last stands first. */
import type { APIRoute } from 'astro'
import { atomOf } from '#domain/atom.ts'
import { wordIn } from '#domain/locale.ts'
import { pages } from '#src/i18n/pages.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { guidesIn } from '#src/pages/_parts/guides.ts'

export const GET: APIRoute = async ({ locals: { locale, origin } }) => {
  const to = pathTo(locale)
  const name = wordIn(town.portal.name, locale)
  const words = inLocale(pages, locale).guides
  const feed = atomOf({
    lang: locale,
    title: `${words.title} - ${name}`,
    author: name,
    self: origin + to.guidesFeed,
    page: origin + to.guides,
    entries: (await guidesIn(locale)).map(({ id, entry: { data } }) => ({
      url: origin + to.guide(id),
      title: data.title,
      summary: data.summary,
      category: words.groups[data.group],
      updated: `${data.reviewedOn}T00:00:00Z`,
    })),
  })
  return new Response(feed, { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } })
}
