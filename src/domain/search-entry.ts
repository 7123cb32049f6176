/** What can be found: a listing, or an entry that is printed with the site (guide, notice, phone, link); and the tokens it is found by. */
import * as z from 'zod/mini'
import type { Category, FieldValue } from './category.ts'
import { Entry } from './entry.ts'
import { groups, type Group } from './group.ts'
import type { FieldTokens } from './inverted.ts'
import type { Town } from './listing.ts'
import { locales, type Locale } from './locale.ts'
import { textTokens, titleTokens } from './text.ts'
import type { Words } from './words.ts'

const Shown = z.strictObject({ title: z.string(), text: z.string() })

/**
 * `by` is the business that published it: the portal has not checked it, and its words are in one language.
 * `href` is an address without a locale, one outside the portal, or `tel:`; `note` stands where a listing has its price;
 * `labels` find it unseen. `words` has the default locale at least; what is the same in another is left out there.
 */
export const PrintedEntry = z.strictObject({
  id: z.string(),
  group: z.enum(['guide', 'notice', 'directory']),
  words: z.strictObject({ 'zh-Hans': Shown, 'zh-Hant': z.optional(Shown), en: z.optional(Shown) }),
  href: z.string(),
  note: z.optional(z.string()),
  labels: z.optional(z.string()),
  by: z.optional(z.string()),
  at: z.number(),
})
export type PrintedEntry = z.infer<typeof PrintedEntry>

/** A card: what is kept of an entry to show it. */
export const SearchEntry = z.union([PrintedEntry, Entry])
export type SearchEntry = z.infer<typeof SearchEntry>

export const isPrinted = (entry: SearchEntry): entry is PrintedEntry => 'group' in entry
export const groupOf = (entry: SearchEntry): Group => (isPrinted(entry) ? entry.group : 'listing')

/** Title and text as a reader of this locale sees them. */
export const wordsIn = (entry: SearchEntry, locale: Locale): { readonly title: string; readonly text: string } =>
  isPrinted(entry) ? (entry.words[locale] ?? entry.words['zh-Hans']) : entry

/** The same with the words of one language alone. */
export const inOneLanguage = (entry: PrintedEntry, locale: Locale): PrintedEntry => ({
  ...entry,
  words: { 'zh-Hans': wordsIn(entry, locale) },
})

/** The order of ordinals. */
export const inPrint = (a: SearchEntry, b: SearchEntry): number =>
  groups.indexOf(groupOf(a)) - groups.indexOf(groupOf(b)) || b.at - a.at || (a.id < b.id ? -1 : 1)

/** zh-Hant folds to what zh-Hans gives, so its words are not cut again. */
const cutLocales = locales.filter((locale) => locale !== 'zh-Hant')

export function tokensOf(entry: SearchEntry, town: Town): FieldTokens {
  if (!isPrinted(entry))
    return {
      title: titleTokens(entry.title),
      text: textTokens(entry.text),
      labels: textTokens(labelsOf(entry, town)),
    }
  const shown = cutLocales.flatMap((locale) => entry.words[locale] ?? [])
  return {
    title: shown.flatMap(({ title }) => titleTokens(title)),
    text: shown.flatMap(({ text }) => textTokens(text)),
    labels: textTokens(`${entry.note ?? ''} ${entry.labels ?? ''} ${entry.by ?? ''}`),
  }
}

/**
 * Terms that nobody can type: the listings of a category, of a district. They stand in no field, so they filter and count
 * and never score; a filter costs the bytes of the one value that was chosen.
 */
export const categoryMark = '='
export const districtMark = '@'
export const categoryTerm = (id: string): string => categoryMark + id
export const districtTerm = (id: string): string => districtMark + id

export const filtersOf = (entry: SearchEntry): readonly string[] =>
  isPrinted(entry) ? [] : [categoryTerm(entry.category), districtTerm(entry.district)]

/** The words a listing is filed under: they find it, but are not shown as its text. */
function labelsOf(entry: Entry, { portal, categories }: Town): string {
  const category = categories.find(({ id }) => id === entry.category)
  const own = category
    ? [
        bothOf(category.name),
        wordsOfRow(category.kinds, entry.sub),
        wordsOfRow(category.intents, entry.intent),
        ...Object.entries(entry.fields).map(([id, value]) => wordsOfField(category, id, value)),
      ]
    : []
  return [wordsOfRow(portal.districts, entry.district), ...own].join(' ')
}

/** In both languages, so that either finds it. */
const bothOf = ({ zh, en }: Words): string => `${zh} ${en}`

const wordsOfRow = (rows: readonly { readonly id: string; readonly name: Words }[], id: string): string => {
  const row = rows.find((each) => each.id === id)
  return row ? bothOf(row.name) : ''
}

const wordsOfField = ({ fields }: Category, id: string, value: FieldValue): string => {
  const field = fields.find((each) => each.id === id)
  if (field?.type === 'choice') return wordsOfRow(field.options, String(value))
  if (field?.type === 'text') return String(value)
  return field?.type === 'flag' && value === true ? bothOf(field.label) : ''
}
