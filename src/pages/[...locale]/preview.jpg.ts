/** The picture of the portal. */
import type { APIRoute } from 'astro'
import { wordIn } from '#domain/locale.ts'
import { shell } from '#src/i18n/shell.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { previewAnswer } from '#src/pages/_parts/preview.ts'

export const GET: APIRoute = ({ locals }) => {
  const note = town.categories.slice(0, 5).map(({ name }) => wordIn(name, locals.locale))
  return previewAnswer(locals, 'home', { title: inLocale(shell, locals.locale).strapline, note: note.join(' · ') })
}
