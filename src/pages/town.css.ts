/** The town's colours as a style sheet, so that no page needs a style attribute. */
import { townCss } from '#src/ui/tints.ts'
import { town } from '#src/i18n/town.ts'

export const prerender = true

export const GET = (): Response =>
  new Response(townCss(town.portal.colour), { headers: { 'content-type': 'text/css; charset=utf-8' } })
