/** The same page in the other languages. */
import { defaultLocale, localeOfPath, localePath, locales, type Locale } from '#domain/locale.ts'

/** An address in a language: the path is moved, its query and the language of what people wrote stay. */
export const inLanguage = (address: string, locale: Locale): string =>
  localePath(locale, localeOfPath(address.replace(/(?<=.)\/$/, '')).path)

/** What `hreflang` says; readers of no language of ours are led to the one without a prefix. */
export const alternatesOf = (address: string): readonly { readonly lang: string; readonly path: string }[] => [
  ...locales.map((locale) => ({ lang: locale, path: inLanguage(address, locale) })),
  { lang: 'x-default', path: inLanguage(address, defaultLocale) },
]

/** As previews spell them; they know no scripts, only countries. */
export const ogLocales: Readonly<Record<Locale, string>> = { 'zh-Hans': 'zh_CN', 'zh-Hant': 'zh_TW', en: 'en_US' }
