/** What crawlers may read: every page; not the answers made for one person, nor the files of search. */
import type { APIRoute } from 'astro'

export const GET: APIRoute = ({ locals: { origin } }) =>
  new Response(
    `User-agent: *
Disallow: /contact/
Disallow: /search
Disallow: /operator
Disallow: /rooms/
Disallow: /edition/
Disallow: /t/
Disallow: /cols/
Disallow: /cards
Sitemap: ${origin}/sitemap.xml
`,
    { headers: { 'content-type': 'text/plain; charset=utf-8' } },
  )
