/** What can be found: a listing from the wire, or an entry that is printed with the site (guide, notice, phone, link). */
import * as z from 'zod/mini'
import type { Category, FieldValue } from '#domain/category.ts'
import { Line, type Entry } from '#domain/entry.ts'
import type { Town } from '#domain/listing.ts'
import type { Words } from '#domain/words.ts'
import type { Group } from './group.ts'

/** `href` leaves the portal for links and is `tel:` for phones; `note` stands where a listing has its price; `labels` find it unseen. */
export const PrintedEntry = z.strictObject({
  id: z.string(),
  group: z.enum(['guide', 'notice', 'directory']),
  title: z.string(),
  text: z.string(),
  href: z.string(),
  note: z.optional(z.string()),
  labels: z.optional(z.string()),
  at: z.number(),
})
export type PrintedEntry = z.infer<typeof PrintedEntry>

/** `labels` are the words a listing is filed under. They can be searched but are not shown as its text. */
export interface SearchDocument {
  readonly id: string
  readonly group: Group
  readonly title: string
  readonly text: string
  readonly labels: string
  readonly at: number
  readonly until: number
  readonly shown: { readonly line: Line } | { readonly href: string; readonly note?: string | undefined }
}

export const documentOfPrinted = ({
  id,
  group,
  title,
  text,
  href,
  note,
  labels,
  at,
}: PrintedEntry): SearchDocument => ({
  id,
  group,
  title,
  text,
  labels: [note, labels].join(' '),
  at,
  until: Number.POSITIVE_INFINITY,
  shown: { href, note },
})

export function documentOfEntry(entry: Entry, { portal, categories }: Town): SearchDocument {
  const { text, ...line } = entry
  const category = categories.find(({ id }) => id === line.category)
  const labels = [
    wordsOf(portal.districts, line.district),
    ...(category
      ? [bothOf(category.name), wordsOf(category.kinds, line.sub), wordsOf(category.intents, line.intent)]
      : []),
    ...(category ? Object.entries(line.fields).map(([id, value]) => wordsOfField(category, id, value)) : []),
  ]
  const { id, title, at, until } = line
  return { id, group: 'listing', title, text, labels: labels.join(' '), at, until, shown: { line } }
}

type NamedRows = readonly { readonly id: string; readonly name: Words }[]

/** In both languages, so that either finds it. */
const bothOf = ({ zh, en }: Words): string => `${zh} ${en}`

const wordsOf = (rows: NamedRows, id: string): string => {
  const row = rows.find((each) => each.id === id)
  return row ? bothOf(row.name) : ''
}

const wordsOfField = ({ fields }: Category, id: string, value: FieldValue): string => {
  const field = fields.find((each) => each.id === id)
  if (field?.type === 'choice') return wordsOf(field.options, String(value))
  if (field?.type === 'text') return String(value)
  return field?.type === 'flag' && value === true ? bothOf(field.label) : ''
}
