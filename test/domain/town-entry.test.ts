/** What a moderator may write into the town's own pages, and how it lies over what `content` has. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { refusalsOf } from '#domain/refusal.ts'
import { refusalsOfDates, TownEntryBody } from '#domain/town-entry.ts'
import {
  grouped,
  isOfKind,
  isOver,
  mergedTown,
  noticesIn,
  printedItem,
  shownIn,
  type TownItem,
} from '#domain/town-pages.ts'
import { aLink, aNotice, aPhone, takenOff } from '../fixtures/town-entries.ts'

const rulesOf = (body: unknown): readonly string[] => {
  const parsed = TownEntryBody.safeParse(body)
  return parsed.success ? [] : refusalsOf(parsed.error).map(({ rule, field }) => `${rule} ${field ?? ''}`.trim())
}
const words = (zh: string, en?: string) => (en === undefined ? { zh } : { zh, en })

describe('an act', () => {
  it.each([
    ['a notice', aNotice()],
    ['a notice without English', aNotice({ title: words('周三停水') })],
    ['a notice with script in it, which is text like any', aNotice({ text: words('<script>alert(1)</script>') })],
    ['a notice of one day', aNotice({ lastOn: '2026-07-01' })],
    ['a phone', aPhone()],
    ['a short number', aPhone({ number: '110' })],
    ['a number from abroad', aPhone({ number: '+86-633-0000000' })],
    ['a link', aLink()],
    ['a place without an address', aLink({ url: null })],
    ['one that takes off', takenOff(aPhone())],
  ])('%s is one', (_, body) => expect(rulesOf(body)).toEqual([]))

  it.each([
    ['a title of 61', aNotice({ title: words('字'.repeat(61)) }), 'entry-length entry.title.zh'],
    ['a text of 2,001', aNotice({ text: words('字'.repeat(2001)) }), 'entry-length entry.text.zh'],
    ['an English title of 121', aNotice({ title: words('停水', 'x'.repeat(121)) }), 'entry-length entry.title.en'],
    ['no title', aNotice({ title: words('') }), 'entry-length entry.title.zh'],
    ['a title that turns its reader around', aNotice({ title: words('停水\u202E通知') }), 'control-characters entry.title.zh'],
    ['a day that is none', aNotice({ postedOn: '2026-02-30' }), 'entry-date entry.postedOn'],
    ['a last day before the first', aNotice({ lastOn: '2026-06-30' }), 'entry-date entry.lastOn'],
    ['letters for digits', aPhone({ number: '12345a' }), 'entry-phone entry.number'],
    ['full-width digits', aPhone({ number: '１２３４５' }), 'entry-phone entry.number'],
    ['two digits', aPhone({ number: '12' }), 'entry-phone entry.number'],
    ['25 digits', aPhone({ number: '1'.repeat(25) }), 'entry-phone entry.number'],
    ['a script for an address', aLink({ url: 'javascript:alert(1)' }), 'entry-link entry.url'],
    ['data for an address', aLink({ url: 'data:text/html,x' }), 'entry-link entry.url'],
    ['an address with a name and a password', aLink({ url: 'https://bank.example.org@evil.example.net/' }), 'entry-link entry.url'],
    ['an address without a place', aLink({ url: 'https://localhost' }), 'entry-link entry.url'],
    ['an address of 301', aLink({ url: `https://a.example.org/${'x'.repeat(279)}` }), 'entry-link entry.url'],
    ['a name that is none', { ...aPhone(), name: '../etc' }, 'bad-shape name'],
    ['a field nobody knows', aNotice({ html: '<b>' }), 'bad-shape entry'],
    ['a kind nobody knows', { ...aPhone(), kind: 'advert' }, 'bad-shape kind'],
  ] as const)('%s is refused by its rule and field', (_, body, rule) => expect(rulesOf(body)).toContain(rule)) // prettier-ignore

  it.each([
    ['of today', {}, []],
    ['of tomorrow, where the day begins earlier', { postedOn: '2026-07-02' }, []],
    ['of long ago, which is edited', { postedOn: '2024-01-01' }, []],
    ['of the day after tomorrow', { postedOn: '2026-07-03' }, ['entry.postedOn']],
    ['whose last day is today', { lastOn: '2026-07-01' }, []],
    ['that is over', { postedOn: '2026-06-01', lastOn: '2026-06-30' }, ['entry.lastOn']],
  ] as const)('a notice %s', (_, change, fields) =>
    expect(refusalsOfDates(aNotice(change), '2026-07-01').map(({ field }) => field)).toEqual(fields),
  )
})

describe('what `content` has', () => {
  const json = (path: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../content/${path}`, import.meta.url), 'utf8'))
  const notices = readdirSync(new URL('../../content/notices', import.meta.url)).map((name) => json(`notices/${name}`))
  type Row = { readonly id: string } & Record<string, unknown>
  const phones = (json('phones.json') as { groups: { name: object; phones: Row[] }[] }).groups.flatMap((group) =>
    group.phones.map(({ id, ...row }) => ({ kind: 'phone', name: id, entry: { ...row, group: group.name } })),
  )
  const links = Object.values(json('links.json') as Record<string, { group: object; links: Row[] }[]>).map((groups) =>
    groups.flatMap((group) =>
      group.links.map(({ id, ...row }) => ({ kind: 'link', name: id, entry: { ...row, group: group.group } })),
    ),
  )
  const noticeActs = (notices as Row[]).map(({ id, ...row }) => ({
    kind: 'notice',
    name: id,
    entry: Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'portal')),
  }))

  it('can all be edited as it stands, and no two of a kind have one name', () => {
    for (const all of [noticeActs, phones, ...links]) {
      expect(all.flatMap(rulesOf)).toEqual([])
      expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    }
  })
})

const content: readonly TownItem[] = [
  { kind: 'notice', name: 'old', title: { zh: '旧闻', hant: '舊聞', en: 'Old' }, text: { zh: '正文一段', hant: '正文一段', en: 'Text' }, postedOn: '2026-06-20' },
  { kind: 'phone', name: 'police', group: { zh: '紧急', hant: '緊急', en: 'Urgent' }, called: { zh: '报警', hant: '報警', en: 'Police' }, note: { zh: '遇险', hant: '遇險', en: 'Danger' }, number: '110' },
  { kind: 'phone', name: 'fire', group: { zh: '紧急', hant: '緊急', en: 'Urgent' }, called: { zh: '火警', hant: '火警', en: 'Fire' }, note: { zh: '着火', hant: '著火', en: 'Fire' }, number: '119' },
] // prettier-ignore
const merged = (...bodies: readonly TownEntryBody[]) =>
  mergedTown(
    content,
    bodies.map((body) => ({ body, at: 1 })),
  )

describe('what stands on the pages', () => {
  it('is what was edited in its place, what is new behind it, and not what was taken off', () => {
    const police = { ...aPhone({ group: { zh: '紧急', en: 'Urgent' }, name: { zh: '报警', en: 'Police' }, number: '12110' }), name: 'police' } as TownEntryBody // prettier-ignore
    const items = merged(
      police,
      aPhone({ group: { zh: '紧急' } }),
      aNotice(),
      takenOff({ kind: 'phone', name: 'fire' }),
    )
    expect(items.map(({ kind, name }) => `${kind}/${name}`)).toEqual(['notice/old', 'phone/police', 'phone/water-works', 'notice/water-off']) // prettier-ignore
    expect(noticesIn(items).map(({ name }) => name)).toEqual(['water-off', 'old'])
    const groups = grouped(items.filter(isOfKind('phone')))
    expect(groups.map(({ group, items: rows }) => [group.hant, rows.length])).toEqual([['緊急', 2]])
    expect(groups[0]?.items[0]).toMatchObject({ number: '12110', called: { hant: '報警' } }) // the words are those of content
  })

  it('is marked where it is not in the language of its reader', () => {
    expect(shownIn({ zh: '停水' }, 'en')).toEqual({ text: '停水', lang: 'zh' })
    expect(shownIn({ zh: '停水', en: 'No water' }, 'en')).toEqual({ text: 'No water' })
    expect(shownIn({ zh: '停水', en: 'No water' }, 'zh-Hant')).toEqual({ text: '停水', lang: 'zh' })
    expect(shownIn({ zh: '报警', hant: '報警', en: 'Police' }, 'zh-Hant')).toEqual({ text: '報警' })
  })

  it('is over after its last day, and not on it', () => {
    const [notice] = noticesIn(merged(aNotice({ lastOn: '2026-07-03' })))
    expect(['2026-07-03', '2026-07-04'].map((today) => notice && isOver(notice, today))).toEqual([false, true])
  })

  it('is found as the site prints it, under the same id', () => {
    const [item] = merged(aLink()).filter(isOfKind('link'))
    expect(item && printedItem(item)).toEqual({
      id: 'link/water-bills',
      group: 'directory',
      words: { 'zh-Hans': { title: '水费查询', text: '查水费' } },
      href: 'https://water.example.org/',
      labels: '生活缴费 Bills water.example.org',
      at: 0,
    })
  })
})
