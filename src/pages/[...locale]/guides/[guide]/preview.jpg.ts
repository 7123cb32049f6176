/** The picture of a guide. */
import type { APIRoute } from 'astro'
import { pages } from '#src/i18n/pages.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { guidesIn } from '#src/pages/_parts/guides.ts'
import { previewAnswer } from '#src/pages/_parts/preview.ts'

export const GET: APIRoute = async ({ locals, params }) => {
  const guide = (await guidesIn(locals.locale)).find(({ id }) => id === params['guide'])
  if (!guide) return new Response(null, { status: 404 })
  const { title, group } = guide.entry.data
  const words = inLocale(pages, locals.locale).guides
  return previewAnswer(locals, 'guide', { title, note: words.groups[group] })
}
