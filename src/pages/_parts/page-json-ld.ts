/** What search engines read of pages that are no listing and no guide: the way up, a notice, the directory of phones and sites. */
import { wordIn, type Locale } from '#domain/locale.ts'
import { shownIn, type NoticeItem, type TownWords } from '#domain/town-pages.ts'
import { town } from '#src/i18n/town.ts'

const context = { '@context': 'https://schema.org' } as const

interface Step {
  readonly name: string
  readonly href: string
}

/** @param here the page itself, where its name stands at the end of the way */
export const breadcrumbs = (steps: readonly Step[], here: string | undefined, base: string): object => ({
  ...context,
  '@type': 'BreadcrumbList',
  itemListElement: [
    ...steps.map(({ name, href }) => ({ name, item: new URL(href, base).href })),
    ...(here === undefined ? [] : [{ name: here }]), // the page they stand on needs no address
  ].map((step, at) => ({ '@type': 'ListItem', position: at + 1, ...step })),
})

export const noticeNode = ({ title, text, postedOn }: NoticeItem, at: { url: string; locale: Locale }): object => ({
  ...context,
  '@type': 'NewsArticle',
  headline: shownIn(title, at.locale).text,
  articleBody: shownIn(text, at.locale).text,
  datePublished: postedOn,
  inLanguage: shownIn(text, at.locale).lang ?? at.locale,
  url: at.url,
  publisher: { '@type': 'Organization', name: wordIn(town.portal.name, at.locale) },
})

interface Entry {
  readonly called: TownWords
  readonly note: TownWords
  readonly number?: string
  readonly url?: string | null | undefined
}

/** A number is a way to reach somebody, an address a site; what has neither is told to people only. */
export const directoryNode = (name: string, entries: readonly Entry[], locale: Locale): object => {
  const reached = entries.filter(({ number, url }) => number ?? url)
  const itemOf = ({ number, url, called, note }: Entry) => ({
    ...(number === undefined ? { '@type': 'WebSite', url } : { '@type': 'ContactPoint', telephone: number }),
    name: shownIn(called, locale).text,
    description: shownIn(note, locale).text,
  })
  return {
    ...context,
    '@type': 'ItemList',
    name,
    numberOfItems: reached.length,
    itemListElement: reached.map((entry, at) => ({ '@type': 'ListItem', position: at + 1, item: itemOf(entry) })),
  }
}
