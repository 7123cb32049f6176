/** The server's answer as a page needs it: of what is printed, the title and a stretch of the text in one language. On the server only, which has the table. */
import type { Locale } from '#domain/locale.ts'
import type { PlainFound } from '#domain/read-model.ts'
import { inOneLanguage, type PrintedEntry } from '#domain/search-entry.ts'
import { excerptOf } from './marks.ts'

export const inBrief = (found: PlainFound, locale: Locale, query: string): PlainFound => ({
  ...found,
  printed: found.printed.map((entry) => briefly(entry, locale, query)),
})

/** Guides are as long as pages: whole, one answer had weighed 40 kB. */
function briefly(entry: PrintedEntry, locale: Locale, query: string): PrintedEntry {
  const { labels: _labels, ...shown } = inOneLanguage(entry, locale)
  const { title, text } = shown.words['zh-Hans']
  return { ...shown, words: { 'zh-Hans': { title, text: excerptOf(text, query) } } }
}
