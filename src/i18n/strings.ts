/**
 * Words of the interface, by area. An area file holds its zh-Hans words (their type is the dictionary) and the English ones;
 * `inLocale(post, locale)` picks. Traditional Chinese is made from zh-Hans when the site is built, so no file holds it.
 */
import type { Locale } from '#domain/locale.ts'

export interface Area<T> {
  readonly 'zh-Hans': T
  readonly 'zh-Hant'?: T
  readonly en: T
}

export const inLocale = <T>(area: Area<T>, locale: Locale): T => area[locale] ?? area['zh-Hans']
