/** The picture of a live listing. What is over, and what search engines should leave alone, has none. */
import type { APIRoute } from 'astro'
import { wordIn } from '#domain/locale.ts'
import { priceOf } from '#src/i18n/card.ts'
import { categoryOf, districtOf } from '#src/i18n/town.ts'
import { previewAnswer } from '#src/pages/_parts/preview.ts'

export const GET: APIRoute = async ({ locals, params }) => {
  const { locale, readModel, now } = locals
  const view = await readModel.listing(params['id'] ?? '', now)
  const category = view && categoryOf(view.body.category)
  if (!view || !category || category.noIndex || view.life !== 'live') return new Response(null, { status: 404 })
  const { amount = '', unit = '' } = priceOf(category, view.body, locale) ?? {}
  const places = [category.name, districtOf(view.body.district)?.name].flatMap((name) =>
    name ? wordIn(name, locale) : [],
  )
  const cover = view.body.photos?.[0]?.hash
  const said = { title: view.body.title, amount, unit, note: places.join(' · '), ...(cover && { cover }) }
  return previewAnswer(locals, category.icon, said)
}
