/** Every page is told its language, which is the first part of its address, and loads the scripts of that language. */
import type { MiddlewareHandler } from 'astro'
import { localeOfPath, localePath, scriptFolder } from '#domain/locale.ts'

export const onRequest: MiddlewareHandler = async ({ locals, params, url }, next) => {
  const { locale } = localeOfPath(url.pathname)
  locals.locale ??= locale
  const isKnown = params['locale'] === undefined || `/${params['locale']}` === localePath(locale, '/')
  if (!isKnown) return new Response(null, { status: 404 })
  const response = await next()
  const folder = scriptFolder(locals.locale)
  if (!folder || !response.body || !response.headers.get('content-type')?.startsWith('text/html')) return response
  const html = await response.text()
  const known = `component-url="/_a/${folder}`
  const spoken = html.replaceAll('component-url="/_a/', known).replaceAll(`${known}${folder}`, known) // a page that leads to another passes here twice
  return new Response(spoken, response)
}
