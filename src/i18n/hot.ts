/** What people look for. Listings are in Chinese, so the search behind an English phrase is too. */
import { wordIn, type Locale } from '#domain/locale.ts'
import { pathTo } from './paths.ts'
import { town } from './town.ts'

export const hotIn = (locale: Locale) =>
  town.portal.hot.map((phrase) => ({
    name: wordIn(phrase, locale),
    href: pathTo(locale).found(locale === 'en' ? phrase.zh : wordIn(phrase, locale)),
  }))
