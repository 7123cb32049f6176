/** The guides of a language, in reading order. A guide has one id and a text in each language. */
import { getCollection, getEntry, type CollectionEntry } from 'astro:content'
import { guideGroups, guidePages, type GuideGroup, type GuidePlace } from '#domain/guide.ts'
import { localeOfPath, localePath, wordIn, type Locale } from '#domain/locale.ts'
import { pages } from '#src/i18n/pages.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { categoryOf } from '#src/i18n/town.ts'

export interface GuideText {
  readonly id: string
  readonly locale: Locale
  readonly entry: CollectionEntry<'guides'>
}

/** A text is filed as a page is: `en/rent-a-home` is the English one of `rent-a-home`. */
function textOf(entry: CollectionEntry<'guides'>): GuideText {
  const { locale, path } = localeOfPath(`/${entry.id}`)
  return { id: path.slice(1), locale, entry }
}

export const guideTexts = async (): Promise<readonly GuideText[]> => (await getCollection('guides')).map(textOf)

export async function guideIn(locale: Locale, id: string): Promise<GuideText | undefined> {
  const entry = await getEntry('guides', localePath(locale, `/${id}`).slice(1))
  return entry && textOf(entry)
}

export async function guidesIn(locale: Locale, groups: readonly GuideGroup[] = guideGroups) {
  const all = (await guideTexts()).filter((text) => text.locale === locale && groups.includes(text.entry.data.group))
  const place = ({ entry }: GuideText) => groups.indexOf(entry.data.group)
  return all.sort((a, b) => place(a) - place(b) || a.entry.data.order - b.entry.data.order)
}

/** Where a guide leads: pages of the portal first, then other guides. */
export async function leadsOf({ locale, entry }: GuideText): Promise<readonly Lead[]> {
  const { places, related } = entry.data
  const others = await Promise.all(related.map((id) => guideIn(locale, id)))
  return [
    ...places.map((place) => leadTo(locale, place)),
    ...others.flatMap((other) =>
      other ? [{ name: other.entry.data.title, href: pathTo(locale).guide(other.id) }] : [],
    ),
  ]
}
interface Lead {
  readonly name: string
  readonly href: string
}

function leadTo(locale: Locale, place: GuidePlace): Lead {
  const page = guidePages.find((one) => one === place)
  if (page) return { name: inLocale(pages, locale)[page].title, href: pathTo(locale)[page] }
  const id = place.slice('c/'.length)
  const category = categoryOf(id)
  if (!category) throw new Error(`no category ${id}`)
  return { name: wordIn(category.name, locale), href: pathTo(locale).category(id) }
}

/** Whom it is for, and which kinds of business it is about. */
export function forWhom(locale: Locale, { audience, businessKinds }: CollectionEntry<'guides'>['data']): string {
  const words = inLocale(pages, locale).guides
  return [words.audiences[audience], ...businessKinds.map((kind) => words.businesses[kind])].join('\u00a0· ')
}
