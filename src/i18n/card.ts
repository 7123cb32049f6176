/** How one line of a list reads: the words of a card, for pages and islands alike. */
import { blobPath } from '#domain/blob-path.ts'
import type { Category } from '#domain/category.ts'
import type { Line } from '#domain/entry.ts'
import { peoplesLanguage, wordIn, type Locale } from '#domain/locale.ts'
import { yuanOfFen } from '#domain/money.ts'
import { endOfDid } from '#domain/hidden-seller.ts'
import { payFields, payOf, type Pay } from '#domain/pay.ts'
import { isPosterKind } from '#domain/poster.ts'
import { ageOf } from '#domain/time.ts'
import { factOf, langOf } from './facts.ts'
import { listing } from './listing.ts'
import { pathTo } from './paths.ts'
import { inLocale, type Area } from './strings.ts'
import { categoryOf, districtOf } from './town.ts'

const zhHans = {
  per: (unit: string) => ` 元/${unit}`,
  payFrom: (amount: string) => `${amount} 起`,
  payUpTo: (amount: string) => `最高 ${amount}`,
  payUnit: { month: '月', day: '天', hour: '小时', piece: '件' } as Readonly<Record<string, string>>,
  payOpen: '工资面谈',
}
const en: typeof zhHans = {
  per: (unit) => ` CNY/${unit}`,
  payFrom: (amount) => `from ${amount}`,
  payUpTo: (amount) => `up to ${amount}`,
  payUnit: { month: 'month', day: 'day', hour: 'hour', piece: 'piece' },
  payOpen: 'Pay by agreement',
}
export const card = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>

export interface PriceWords {
  readonly amount: string
  /** What follows the amount in small type: `/月`. */
  readonly unit: string
  readonly isSum: boolean // false for words such as "by agreement"
}

export interface Said {
  readonly text: string
  readonly lang: string | undefined
}

export interface CardWords {
  readonly id: string
  readonly href: string
  readonly title: string
  readonly icon: Category['icon'] | undefined
  readonly kind: string
  /** Which way the listing goes, where that is not plain from the category. */
  readonly tag: string
  readonly price: PriceWords | undefined
  readonly says: readonly Said[]
  /** Of what the poster wrote. */
  readonly lang: string
  readonly district: string
  readonly age: string
  readonly at: string // the instant, for <time>
  readonly by: string
  /** The end of its author's did. */
  readonly from: string
  readonly sample: string
  /** Where its first photo is, in two widths. */
  readonly cover: { readonly src: string; readonly srcset: string } | undefined
}

/** @param now ms */
export function cardOf(line: Line, { locale, now }: { readonly locale: Locale; readonly now: number }): CardWords {
  const words = inLocale(listing, locale)
  const category = categoryOf(line.category)
  const named = (rows: readonly { id: string; name: { zh: string; en: string } }[] = [], id: string) => {
    const row = rows.find((one) => one.id === id)
    return row ? wordIn(row.name, locale) : ''
  }
  const district = districtOf(line.district)
  return {
    id: line.id,
    href: pathTo(locale).listing(line.id),
    title: line.title,
    icon: category?.icon,
    kind: named(category?.kinds, line.sub),
    tag: category && isTelling(category, line.intent) ? named(category.intents, line.intent) : '',
    price: category && priceOf(category, line, locale),
    says: category ? saysOf(category, line, locale) : [],
    lang: peoplesLanguage,
    district: district ? wordIn(district.name, locale) : '',
    age: words.age(ageOf(line.at, now)),
    at: new Date(line.at).toISOString(),
    by: isPosterKind(line.by) ? words.poster[line.by] : '',
    from: endOfDid(line.author),
    sample: line.sample ? words.sample : '',
    cover: line.cover === undefined ? undefined : coverOf(line.cover),
  }
}

const coverOf = (hash: string) => ({
  src: blobPath(hash, 320),
  srcset: `${blobPath(hash, 320)} 320w, ${blobPath(hash, 800)} 800w`,
})

/** The first intent is what a category is mostly about; where nothing is paid, as in lost and found, either one has to be said. */
const isTelling = (category: Category, intent: string): boolean =>
  category.intents.length > 1 && (category.intents[0]?.id !== intent || !(category.price || isPaid(category)))
const isPaid = ({ fields }: Category): boolean => fields.some(({ id }) => id === payFields[0])

type Priced = Pick<Line, 'priceFen' | 'intent' | 'fields'>

/** What a listing costs, or what a job pays; undefined in categories that know neither. */
export function priceOf(category: Category, line: Priced, locale: Locale): PriceWords | undefined {
  const words = inLocale(listing, locale)
  if (!category.price) {
    if (!isPaid(category)) return undefined
    const pay = payOf(line.fields ?? {})
    return pay ? payIn(pay, locale) : { amount: inLocale(card, locale).payOpen, unit: '', isSum: false }
  }
  if (line.priceFen === null) return { amount: words.byAgreement, unit: '', isSum: false }
  if (line.priceFen === 0) return { amount: words.free, unit: '', isSum: false }
  const unit = category.intents.find(({ id }) => id === line.intent)?.unit ?? category.price.unit
  return { amount: `¥${yuanOfFen(line.priceFen)}`, unit: besideSign(wordIn(unit, locale)), isSum: true }
}

/** The currency is said by its sign, so the unit keeps only what comes after it. */
const besideSign = (unit: string): string => unit.replace(/^(\u5143|CNY)/, '')

function payIn({ min, max, unit }: Pay, locale: Locale): PriceWords {
  const words = inLocale(card, locale)
  const grouped = (yuan: number) => yuanOfFen(Math.round(yuan * 100))
  const amount =
    min !== undefined && max !== undefined && min !== max ? `${grouped(min)}–${grouped(max)}` : grouped(min ?? max ?? 0)
  const open = min === undefined ? words.payUpTo(amount) : max === undefined ? words.payFrom(amount) : amount
  return { amount: open, unit: words.per(words.payUnit[unit] ?? unit), isSum: true }
}

/** One or two typed fields that tell the most: required ones first, then those that are meant for it. */
function saysOf(category: Category, line: Line, locale: Locale): readonly Said[] {
  const told = category.fields.filter(({ id }) => !(payFields as readonly string[]).includes(id))
  const ranked = [...told.filter(({ required }) => required), ...told.filter((f) => !f.required && f.card)]
  return ranked
    .filter(({ id }) => line.fields?.[id] !== 'none' && line.fields?.[id] !== 0) // say little without their labels
    .flatMap((field) => {
      const text = factOf(field, line.fields?.[field.id], locale)
      return text === undefined ? [] : [{ text, lang: langOf(field) }]
    })
    .slice(0, 3)
}
