/** What sitemaps share. */
import { town } from '#src/i18n/town.ts'

/** Categories that search engines may show. */
export const indexedIds: readonly string[] = town.categories.filter(({ noIndex }) => !noIndex).map(({ id }) => id)

export const xmlAnswer = (body: string): Response =>
  new Response(body, { headers: { 'content-type': 'application/xml; charset=utf-8' } })
