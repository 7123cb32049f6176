/**
 * The town's own pages as they stand: what `content` has, and over it what moderators have written. What they typed has no Traditional
 * spelling and perhaps no English one; where it is what `content` says, it keeps the spellings of `content`.
 */
import { peoplesLanguage, type Locale } from './locale.ts'
import type { PrintedEntry } from './search-entry.ts'
import { townIdOf, type TownEntryBody, type TownKind, type Typed } from './town-entry.ts'
import type { Words } from './words.ts'

/** Words of `content`, or typed ones. */
export interface TownWords extends Typed {
  readonly hant?: string | undefined
}

export interface NoticeItem {
  readonly kind: 'notice'
  readonly name: string
  readonly title: TownWords
  readonly text: TownWords
  readonly postedOn: string
  readonly lastOn?: string | undefined
}
interface Listed {
  readonly name: string
  readonly group: TownWords
  readonly called: TownWords
  readonly note: TownWords
}
export interface PhoneItem extends Listed {
  readonly kind: 'phone'
  readonly number: string
}
export interface LinkItem extends Listed {
  readonly kind: 'link'
  readonly url: string | null
}
export type TownItem = NoticeItem | PhoneItem | LinkItem

/** An act that counts: what it is about, and what it says of it now. `at` is ms. */
export interface TownEdit {
  readonly body: TownEntryBody
  readonly at: number
}

/** Replaced where it stood; what is new comes last. */
export function mergedTown(content: readonly TownItem[], edits: readonly TownEdit[]): readonly TownItem[] {
  const byId = new Map(edits.map((edit) => [townIdOf(edit.body), edit.body] as const))
  const known = new Set(content.map(townIdOf))
  const replaced = content.flatMap((item) => {
    const body = byId.get(townIdOf(item))
    return body ? itemsOf(body, item) : [item]
  })
  const added = edits.filter(({ body }) => !known.has(townIdOf(body))).flatMap(({ body }) => itemsOf(body, undefined))
  return [...replaced, ...added]
}

const itemsOf = (body: TownEntryBody, before: TownItem | undefined): readonly TownItem[] => {
  const item = itemOf(body, before)
  return item ? [item] : []
}

export function itemOf(body: TownEntryBody, before: TownItem | undefined): TownItem | undefined {
  const { name } = body
  if (body.kind === 'notice') {
    const was = before?.kind === 'notice' ? before : undefined
    if (!body.entry) return undefined
    const { title, text, postedOn, lastOn } = body.entry
    return {
      kind: 'notice',
      name,
      title: respelled(title, was?.title),
      text: respelled(text, was?.text),
      postedOn,
      lastOn,
    }
  }
  if (!body.entry) return undefined
  const was = before && before.kind !== 'notice' ? before : undefined
  const listed = {
    name,
    group: respelled(body.entry.group, was?.group),
    called: respelled(body.entry.name, was?.called),
    note: respelled(body.entry.note, was?.note),
  }
  return body.kind === 'phone'
    ? { kind: 'phone', ...listed, number: body.entry.number }
    : { kind: 'link', ...listed, url: body.entry.url }
}

const respelled = (typed: Typed, before: TownWords | undefined): TownWords =>
  before?.zh === typed.zh ? { ...typed, hant: before.hant } : typed

/** What a reader of this language sees, and what language that is where it is not his. */
export function shownIn(
  { zh, hant, en }: TownWords,
  locale: Locale,
): { readonly text: string; readonly lang?: string } {
  if (locale === 'en') return en === undefined ? { text: zh, lang: peoplesLanguage } : { text: en }
  if (locale === 'zh-Hans') return { text: zh }
  return hant === undefined ? { text: zh, lang: peoplesLanguage } : { text: hant }
}

/** In the order in which their first entry stands. */
export function grouped<Item extends Listed>(
  items: readonly Item[],
): readonly { readonly group: TownWords; readonly items: readonly Item[] }[] {
  const groups = new Map<string, { readonly group: TownWords; readonly items: Item[] }>()
  for (const item of items) {
    const held = groups.get(item.group.zh)
    if (held) held.items.push(item)
    else groups.set(item.group.zh, { group: item.group, items: [item] })
  }
  return [...groups.values()]
}

export const isOfKind =
  <Kind extends TownKind>(kind: Kind) =>
  (item: TownItem): item is Extract<TownItem, { kind: Kind }> =>
    item.kind === kind

/** Newest first. */
export const noticesIn = (items: readonly TownItem[]): readonly NoticeItem[] =>
  items.filter(isOfKind('notice')).sort((a, b) => b.postedOn.localeCompare(a.postedOn) || a.name.localeCompare(b.name))

/** A notice whose last day is over is found and read on, but stands among what is going on no more. */
export const isOver = ({ lastOn }: NoticeItem, today: string): boolean => lastOn !== undefined && lastOn < today

/** As search finds it. */
export function printedItem(item: TownItem): PrintedEntry {
  const id = townIdOf(item)
  if (item.kind === 'notice')
    return {
      id,
      group: 'notice',
      words: inEvery(item.title, item.text),
      href: `/notices/${item.name}`,
      note: item.postedOn,
      at: Date.parse(item.postedOn),
    }
  const { group, called, note } = item
  const labels = `${group.zh} ${group.en ?? ''}`.trim()
  const found = { id, group: 'directory', words: inEvery(called, note), at: 0 } as const
  if (item.kind === 'phone') return { ...found, href: `tel:${item.number}`, note: item.number, labels }
  return { ...found, href: item.url ?? '/links', labels: `${labels} ${item.url ? new URL(item.url).host : ''}`.trim() }
}

/** What is the same as in the default language is left out. */
function inEvery(title: TownWords, text: TownWords): PrintedEntry['words'] {
  const as = (locale: Locale) => ({ title: shownIn(title, locale).text, text: shownIn(text, locale).text })
  const first = as('zh-Hans')
  const [hant, en] = [as('zh-Hant'), as('en')]
  const isSame = (other: typeof first): boolean => other.title === first.title && other.text === first.text
  return { 'zh-Hans': first, ...(!isSame(hant) && { 'zh-Hant': hant }), ...(!isSame(en) && { en }) }
}

/** @param words of `content`, which are whole in both written languages */
export const typedOf = ({ zh, en }: Words | TownWords): Typed => (en === undefined ? { zh } : { zh, en })
