/** Every page is told its language, which is the first part of its address, and loads the scripts of that language. */
import type { MiddlewareHandler } from 'astro'
import { localeOfPath, localePath, scriptFolder } from '#domain/locale.ts'

/** Islands and the page's own scripts; what has its folder already stays, since a page that leads to another passes here twice. */
const loaded = /((?:component-url|<script type="module" src)="\/_a\/)(?=[^"/]+")/g

export const onRequest: MiddlewareHandler = async ({ locals, params, url }, next) => {
  const { locale } = localeOfPath(url.pathname)
  locals.locale ??= locale
  const isKnown = params['locale'] === undefined || `/${params['locale']}` === localePath(locale, '/')
  if (!isKnown) return new Response(null, { status: 404 })
  const response = await next()
  const folder = scriptFolder(locals.locale)
  if (!folder || !response.body || !response.headers.get('content-type')?.startsWith('text/html')) return response
  const html = await response.text()
  const spoken = html.replace(loaded, (_, before: string) => `${before}${folder}`)
  return new Response(spoken, response)
}
