/** What the form for the town's own pages holds: a text for each field, under the field's name in the schema; and the act that it makes. */
import { refusalsOf, type Refusal } from '#domain/refusal.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { tidied } from '#domain/plain-text.ts'
import {
  entryLimits,
  refusalsOfDates,
  TownEntryBody,
  type TownKind,
  type TownLabel,
  type Typed,
} from '#domain/town-entry.ts'
import { typedOf, type TownItem } from '#domain/town-pages.ts'

export type TownValues = Readonly<Record<string, string>>

export interface TownField {
  /** Of the value; those of two languages end in `.zh` and `.en`. */
  readonly name: string
  readonly label: TownLabel
  readonly isIn?: 'zh' | 'en'
  readonly type: 'line' | 'text' | 'date' | 'tel' | 'url'
  readonly most?: number
}

const both = (label: TownField['label'], name: string, most: number, type: 'line' | 'text' = 'line') =>
  (['zh', 'en'] as const).map((isIn): TownField => ({
    name: `entry.${name}.${isIn}`,
    label,
    isIn,
    type,
    most: isIn === 'zh' ? most : 2 * most,
  }))
const listed = [
  ...both('called', 'name', entryLimits.name),
  ...both('note', 'note', entryLimits.note),
  ...both('group', 'group', entryLimits.group),
]
export const townFields: Readonly<Record<TownKind, readonly TownField[]>> = {
  notice: [
    ...both('title', 'title', entryLimits.title),
    ...both('text', 'text', entryLimits.text, 'text'),
    { name: 'entry.postedOn', label: 'postedOn', type: 'date' },
    { name: 'entry.lastOn', label: 'lastOn', type: 'date' },
  ],
  phone: [{ name: 'entry.number', label: 'number', type: 'tel' }, ...listed],
  link: [{ name: 'entry.url', label: 'url', type: 'url' }, ...listed],
}

type Entry = NonNullable<TownEntryBody['entry']>

export function bodyOfItem(item: TownItem): TownEntryBody {
  const { name } = item
  if (item.kind === 'notice') {
    const { title, text, postedOn, lastOn } = item
    const entry = { title: typedOf(title), text: typedOf(text), postedOn, ...(lastOn && { lastOn }) }
    return { kind: 'notice', name, entry }
  }
  const said = { group: typedOf(item.group), name: typedOf(item.called), note: typedOf(item.note) }
  return item.kind === 'phone'
    ? { kind: 'phone', name, entry: { ...said, number: item.number } }
    : { kind: 'link', name, entry: { ...said, url: item.url } }
}

export function valuesOfEntry(entry: Entry): TownValues {
  const rows = Object.entries(entry as Readonly<Record<string, string | Typed | null>>).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[`entry.${name}`, value]]
      : value
        ? [
            [`entry.${name}.zh`, value.zh],
            [`entry.${name}.en`, value.en ?? ''],
          ]
        : [],
  )
  return Object.fromEntries(rows) as TownValues
}

/** @param today in the portal's zone */
export function bodyOfValues(
  { kind, name }: Pick<TownEntryBody, 'kind' | 'name'>,
  values: TownValues,
  today: string,
): Result<TownEntryBody, readonly Refusal[]> {
  const entry: Record<string, unknown> = kind === 'link' ? { url: null } : {}
  for (const field of townFields[kind]) {
    const [, part = ''] = field.name.split('.')
    const typed = tidied(values[field.name] ?? '', field.type === 'text' ? 'many' : 'one')
    const text = field.type === 'tel' ? typed.normalize('NFKC').replaceAll(' ', '') : typed
    if (field.isIn === 'zh') entry[part] = { zh: text }
    else if (field.isIn === 'en' && text !== '') entry[part] = { ...(entry[part] as Typed), en: text }
    else if (!field.isIn && text !== '') entry[part] = text
  }
  const parsed = TownEntryBody.safeParse({ kind, name, entry })
  if (!parsed.success) return err(refusalsOf(parsed.error))
  const refusals = refusalsOfDates(parsed.data, today)
  return refusals.length > 0 ? err(refusals) : ok(parsed.data)
}
