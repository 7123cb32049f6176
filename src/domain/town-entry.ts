/**
 * What a moderator writes into the town's own pages: a notice, a phone number, a link. Each act is a record of its own on his shelf and
 * names what it is about; of a name the latest act counts, also over what `content` has under it. `entry: null` takes it off.
 * Whose acts count is the operator's list (MODERATORS), asked when an act is judged; what was accepted stands.
 */
import * as z from 'zod/mini'
import { plainText } from './plain-text.ts'
import type { Refusal } from './refusal.ts'
import { addDays } from './civil.ts'
import { isCivilDate } from './time.ts'

export const townKinds = ['notice', 'phone', 'link'] as const
export type TownKind = (typeof townKinds)[number]

/** As files in `content` and addresses spell it. */
export const EntryName = z.string('bad-shape').check(z.regex(/^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$/, 'bad-shape'))

/** In characters, of the Chinese text; English may take twice as many. */
export const entryLimits = { title: 60, text: 2000, name: 30, note: 350, group: 20 } as const

/** English may be left out: then readers of it see the Chinese, marked as such. */
const typed = (min: number, max: number, lines: 'one' | 'many' = 'one') =>
  z.strictObject({
    zh: plainText(min, max, 'entry-length', lines),
    en: z.optional(plainText(min, 2 * max, 'entry-length', lines)),
  })
export interface Typed {
  readonly zh: string
  readonly en?: string | undefined
}

const day = () => z.string('entry-date').check(z.refine(isCivilDate, 'entry-date'))
/** `lastOn`: the last day it stands among what is going on; its page stays. */
const Notice = z
  .strictObject({
    title: typed(2, entryLimits.title),
    text: typed(4, entryLimits.text, 'many'),
    postedOn: day(),
    lastOn: z.optional(day()),
  })
  .check(
    z.refine(({ postedOn, lastOn }) => lastOn === undefined || lastOn >= postedOn, {
      error: 'entry-date',
      path: ['lastOn'],
    }),
  )

const listed = {
  group: typed(1, entryLimits.group),
  name: typed(1, entryLimits.name),
  note: typed(1, entryLimits.note),
} as const

/** Digits in runs; who calls from abroad begins with `+`. */
const Phone = z.strictObject({
  ...listed,
  number: z.string('entry-phone').check(z.regex(/^(?=.{3,24}$)\+?\d+(?:-\d+)*$/, 'entry-phone')),
})

const isWebAddress = (text: string): boolean =>
  /^https?:\/\/[^\s"'<>\\^`{|}@]+$/i.test(text) && URL.canParse(text) && /[^.]\.[^.]/.test(new URL(text).host)
/** A place without an address of its own has `null`. */
const Link = z.strictObject({
  ...listed,
  url: z.nullable(z.string('entry-link').check(z.maxLength(300, 'entry-link'), z.refine(isWebAddress, 'entry-link'))),
})

export const TownEntryBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('notice'), name: EntryName, entry: z.nullable(Notice) }),
  z.strictObject({ kind: z.literal('phone'), name: EntryName, entry: z.nullable(Phone) }),
  z.strictObject({ kind: z.literal('link'), name: EntryName, entry: z.nullable(Link) }),
])
export type TownEntryBody = z.infer<typeof TownEntryBody>

/** What search calls it, and pages: `notice/<name>`. */
export const townIdOf = ({ kind, name }: Pick<TownEntryBody, 'kind' | 'name'>): string => `${kind}/${name}`
export const isTownId = (id: string): boolean => /^(?:notice|phone|link)\//.test(id)

/** @param today in the portal's zone, when it was received. A notice is not of tomorrow's morrow, and none begins when it is over. */
export function refusalsOfDates({ kind, entry }: TownEntryBody, today: string): readonly Refusal[] {
  if (kind !== 'notice' || !entry) return []
  const { postedOn, lastOn } = entry
  const refusal = (field: string, got: string): Refusal => ({ rule: 'entry-date', field, got })
  return [
    ...(postedOn > addDays(today, 1) ? [refusal('entry.postedOn', postedOn)] : []),
    ...(lastOn !== undefined && lastOn < today ? [refusal('entry.lastOn', lastOn)] : []),
  ]
}

/** What a moderator is asked for; each has a label. */
export type TownLabel = 'title' | 'text' | 'group' | 'called' | 'note' | 'postedOn' | 'lastOn' | 'number' | 'url'
