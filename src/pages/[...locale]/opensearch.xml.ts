/** What a browser reads to offer this portal as a search engine, in the reader's language. */
import type { APIRoute } from 'astro'
import { xmlText } from '#domain/atom.ts'
import { wordIn } from '#domain/locale.ts'
import { browse } from '#src/i18n/browse.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'

export const GET: APIRoute = ({ locals: { locale, origin } }) => {
  const name = wordIn(town.portal.name, locale)
  const to = pathTo(locale)
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>${xmlText([...name].slice(0, 16).join(''))}</ShortName>
  <Description>${xmlText(`${inLocale(browse, locale).search.title} ${name}`)}</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Language>${locale}</Language>
  <Image width="16" height="16" type="image/svg+xml">${xmlText(`${origin}/favicon.svg`)}</Image>
  <Url type="text/html" template="${xmlText(`${origin}${to.search}`)}?q={searchTerms}"/>
  <Url type="application/opensearchdescription+xml" rel="self" template="${xmlText(`${origin}${to.openSearch}`)}"/>
</OpenSearchDescription>
`
  return new Response(body, {
    headers: {
      'content-type': 'application/opensearchdescription+xml; charset=utf-8',
      'cache-control': 'public, max-age=86400',
    },
  })
}
