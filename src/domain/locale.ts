/** The portal's languages, and which spelling of a content text each one reads. */
import type { Words } from './words.ts'

export const locales = ['zh-Hans', 'zh-Hant', 'en'] as const
export type Locale = (typeof locales)[number]
export const defaultLocale: Locale = 'zh-Hans'
export const isLocale = (text: string): text is Locale => (locales as readonly string[]).includes(text)

/** What people in the town write in. Their own words stand untranslated on pages of every language, and are marked with this. */
export const peoplesLanguage = 'zh'
/** Of a guide that says itself which language it is in. */
export const contentLanguage = (locale: Locale): string => (locale === 'en' ? 'en' : peoplesLanguage)

// prettier-ignore
const prefixes: Readonly<Record<Locale, string>> = {
  'zh-Hans': '',
  'zh-Hant': '/zh-hant',
  'en':      '/en',
}

/** For dates and times of `Intl`: English pages put the day first, as their other dates do; Chinese dates are the same in both scripts. */
export const clockLocale = (locale: Locale): string => (locale === 'en' ? 'en-GB' : 'zh-Hans')

/** What stands between two sentences, and behind the colon of a label: Chinese signs bring their own air. */
export const gapIn = (locale: Locale): string => (locale === 'en' ? ' ' : '')

/** The address of a page in a locale: `/guides` is `/en/guides` in English. */
export const localePath = (locale: Locale, path: string): string =>
  path === '/' ? prefixes[locale] || '/' : `${prefixes[locale]}${path}`

/** The locale an address belongs to, and the address without it. */
export function localeOfPath(path: string): { readonly locale: Locale; readonly path: string } {
  for (const locale of locales) {
    const prefix = prefixes[locale]
    if (prefix && (path === prefix || path.startsWith(`${prefix}/`)))
      return { locale, path: path.slice(prefix.length) || '/' }
  }
  return { locale: defaultLocale, path }
}

/** Where the scripts of a language are, in the folder of built files: none, or `en/`. */
export const scriptFolder = (locale: Locale): string => prefixes[locale] && `${prefixes[locale].slice(1)}/`

/** A script built for one language has no words of the others: then it is that language's page it runs on. */
export const wordIn = ({ zh, hant, en }: Words, locale: Locale): string =>
  locale === 'en' ? en : locale === 'zh-Hant' ? (hant ?? zh) : zh
