/** A guide of a business as its page shows it: its text read by the schema once more, and what surrounds it. */
import { contentLanguage, type Locale } from '#domain/locale.ts'
import type { GuideView, ReadModel } from '#domain/read-model.ts'
import { parseRichText, type RichText } from '#domain/rich-text.ts'
import { headings } from '#domain/rich-text-words.ts'
import { civilDateOf } from '#domain/time.ts'
import { dateIn } from '#src/i18n/facts.ts'
import { pages } from '#src/i18n/pages.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { published } from '#src/i18n/published.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { policyNodes } from './policy-json-ld.ts'

export interface PublishedGuide {
  readonly view: GuideView
  readonly text: RichText
  readonly name: string
  /** Of the words people wrote. */
  readonly lang: string
  readonly isNewest: boolean
}

/** @param named a guide's id, or `<id>@<version>` */
export async function publishedGuide(
  readModel: ReadModel,
  named: string,
  locale: Locale,
): Promise<PublishedGuide | undefined> {
  const [, id = '', version] = /^([a-z2-7]{26})(?:@([1-9]\d{0,5}))?$/.exec(named) ?? []
  const view = id ? await readModel.guide(id, version === undefined ? undefined : Number(version)) : undefined
  const text = view && parseRichText(view.body.text)
  if (!view || !text?.ok) return undefined
  const name = view.name ?? inLocale(published, locale).noName
  const isNewest = view.isLive && view.body.version === view.latest
  return { view, text: text.value, name, lang: contentLanguage(view.body.lang), isNewest }
}

/** Its parts, for the contents beside it. */
export const partsOf = ({ text }: PublishedGuide) =>
  headings(text)
    .filter(({ level }) => level === 2)
    .map(({ id, text: words }) => ({ slug: id, text: words }))

/** The way up from a guide of a business: all guides, those of businesses, its own. */
export function trailOf({ view, name }: PublishedGuide, locale: Locale) {
  const to = pathTo(locale)
  return [
    { name: inLocale(pages, locale).guides.title, href: to.guides },
    { name, href: to.poster(view.owner) },
  ]
}

/** How an address names it. */
export const nameOf = ({ view: { id, body }, isNewest }: PublishedGuide): string =>
  isNewest ? id : `${id}@${body.version}`

export const publishedOn = (at: number, locale: Locale): string => dateIn(civilDateOf(at, town.portal.zone), locale)

/** What search engines read of it: an article by the business, and what its policy promises. */
export function publishedNodes(
  { view, name, lang }: PublishedGuide,
  at: { readonly url: string; readonly locale: Locale },
) {
  const { title, summary, policy, version } = view.body
  const promised = policy ? policyNodes(policy, at) : []
  const article = {
    '@type': 'Article',
    '@id': at.url,
    url: at.url,
    headline: title,
    name: title,
    description: summary,
    inLanguage: lang,
    version,
    datePublished: new Date(view.firstAt).toISOString(),
    dateModified: new Date(view.at).toISOString(),
    author: {
      '@type': 'LocalBusiness',
      name,
      legalName: view.business?.registered,
      address: view.business?.address,
      telephone: view.business?.phone,
    },
    about: promised.length > 0 ? promised.map((node) => ({ '@id': node['@id'] })) : undefined,
  }
  return { '@context': 'https://schema.org', '@graph': [article, ...promised] }
}
