/** The guides of a language, in reading order. A guide has one id and a text in each language. */
import { getCollection, getEntry, type CollectionEntry } from 'astro:content'
import { localeOfPath, localePath, type Locale } from '#domain/locale.ts'

/** The order in which their groups stand on the page of all guides. */
export const guideGroups = ['buying', 'after-sales', 'housing', 'posting', 'portal'] as const
export type GuideGroup = (typeof guideGroups)[number]

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
