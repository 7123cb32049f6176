/**
 * Words of the interface, by area. An area file holds its zh-Hans words (their type is the dictionary) and the English ones;
 * `inLocale(post, locale)` picks. Traditional Chinese is made from zh-Hans, so it has no file of its own.
 */
import type { Locale } from '#domain/locale.ts'

export interface Area<T> {
  readonly 'zh-Hans': T
  readonly en: T
}

export const inLocale = <T>(area: Area<T>, locale: Locale): T => (locale === 'en' ? area.en : area['zh-Hans'])
