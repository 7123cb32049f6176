/** One sitemap: `pages`, in every language, or `listings-<n>`. */
import type { APIRoute } from 'astro'
import { defaultLocale } from '#domain/locale.ts'
import { sitemapOf, sitemapSize } from '#domain/sitemap.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { alternatesOf } from '#src/layouts/languages.ts'
import { noticesOf, townItems } from '#src/pages/_parts/directory.ts'
import { guidesIn } from '#src/pages/_parts/guides.ts'
import { indexedIds, xmlAnswer } from '#src/pages/_parts/sitemap.ts'

const to = pathTo(defaultLocale)

export const GET: APIRoute = async ({ locals: { origin, readModel, now }, params }) => {
  if (params['part'] === 'pages') {
    const notices = noticesOf(await townItems(readModel), now).map(({ name }) => to.notice(name))
    const published = (await readModel.guides()).map(({ id }) => to.published(id))
    const urls = [...(await ownPages(notices)), ...published].map((path) => {
      const alternates = alternatesOf(path).map((one) => ({ lang: one.lang, url: origin + one.path }))
      return { url: origin + path, alternates }
    })
    return xmlAnswer(sitemapOf(urls))
  }
  const [, part] = /^listings-(\d{1,4})$/.exec(params['part'] ?? '') ?? []
  if (part === undefined) return new Response(null, { status: 404 })
  const from = Number(part) * sitemapSize
  const found = await readModel.addresses({ from, limit: sitemapSize }, now)
  if (found.length === 0) return new Response(null, { status: 404 })
  const entries = found
    .filter(({ category }) => indexedIds.includes(category))
    .map(({ id, at }) => ({ url: origin + to.listing(id), changed: new Date(at).toISOString() }))
  return xmlAnswer(sitemapOf(entries))
}

async function ownPages(notices: readonly string[]): Promise<readonly string[]> {
  const guides = (await guidesIn(defaultLocale)).map(({ id }) => to.guide(id))
  const sections = [to.home, to.guides, to.notices, to.phones, to.links, to.rules, to.about]
  return [...sections, ...indexedIds.map(to.category), ...guides, ...notices]
}
