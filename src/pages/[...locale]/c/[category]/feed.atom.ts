/** The newest listings of a category as an Atom feed, of all districts or of one: `?district=`. */
import type { APIRoute } from 'astro'
import { atomOf } from '#domain/atom.ts'
import { wordIn } from '#domain/locale.ts'
import { browse } from '#src/i18n/browse.ts'
import { cardOf } from '#src/i18n/card.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { categoryOf, districtOf, town } from '#src/i18n/town.ts'

export const GET: APIRoute = async ({ locals: { locale, origin, readModel, now }, params, url }) => {
  const category = categoryOf(params['category'] ?? '')
  const asked = url.searchParams.get('district')
  const district = asked === null ? undefined : districtOf(asked)
  if (!category || category.noIndex || (asked !== null && !district)) return new Response(null, { status: 404 })
  const to = pathTo(locale)
  const place = wordIn(district?.name ?? town.portal.city, locale)
  const { lines } = await readModel.list({ category: category.id, ...(district && { district: district.id }) }, now)
  const feed = atomOf({
    lang: locale,
    title: inLocale(browse, locale).category.title(wordIn(category.name, locale), place),
    author: wordIn(town.portal.name, locale),
    self: origin + to.categoryFeed(category.id, district?.id),
    page: origin + to.category(category.id) + (district ? `?district=${district.id}` : ''),
    entries: lines.map((line) => {
      const { title, price, says, kind, at } = cardOf(line, { locale, now })
      const summary = [price && `${price.amount}${price.unit}`, ...says].filter(Boolean).join(' · ')
      return { url: origin + to.listing(line.id), title, summary, category: kind, updated: at }
    }),
  })
  return new Response(feed, { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } })
}
