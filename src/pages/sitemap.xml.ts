/** The sitemaps there are: the portal's own pages, and its live listings by the ten thousand. */
import type { APIRoute } from 'astro'
import { sitemapIndexOf, sitemapSize } from '#domain/sitemap.ts'
import { xmlAnswer } from '#src/pages/_parts/sitemap.ts'

export const GET: APIRoute = async ({ locals: { origin, readModel, now } }) => {
  const counts = await readModel.counts(now)
  const listings = Object.values(counts).reduce((sum, { live }) => sum + live, 0)
  const parts = Array.from({ length: Math.ceil(listings / sitemapSize) }, (_, at) => `listings-${at}`)
  return xmlAnswer(sitemapIndexOf(['pages', ...parts].map((part) => `${origin}/sitemap/${part}.xml`)))
}
