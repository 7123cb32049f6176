/** How a page that is printed with the site is printed in every language. */
import { locales, localePath, type Locale } from '#domain/locale.ts'

/** The first part of a page's address; none for the language that has no prefix. */
export const localeParam = (locale: Locale): string | undefined => localePath(locale, '/').slice(1) || undefined

/** For pages whose address has no other part of its own. */
export const inEveryLocale = () => locales.map((locale) => ({ params: { locale: localeParam(locale) } }))
