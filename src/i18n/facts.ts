/** A listing's typed fields in words: the label and the value as people say it. */
import type { Category, Field, FieldValue } from '#domain/category.ts'
import { peoplesLanguage, wordIn, type Locale } from '#domain/locale.ts'
import { yuanOfFen } from '#domain/money.ts'
import { inLocale, type Area } from './strings.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const zhHans = {
  yes: '是',
  no: '否',
  quantity: (n: string, unit: string) => `${n} ${unit}`,
  day: (year: number, month: number, day: number) => `${year}\u00a0年\u00a0${month}\u00a0月\u00a0${day}\u00a0日`,
  month: (year: number, month: number) => `${year}\u00a0年\u00a0${month}\u00a0月`,
}
const en: typeof zhHans = {
  yes: 'Yes',
  no: 'No',
  quantity: (n, unit) => `${n} ${unit}`,
  day: (year, month, day) => `${day}\u00a0${months[month - 1]}\u00a0${year}`,
  month: (year, month) => `${months[month - 1]} ${year}`,
}
export const facts = { 'zh-Hans': zhHans, en } satisfies Area<typeof zhHans>

export interface Fact {
  readonly id: string
  readonly label: string
  readonly value: string
  /** The language of a value in the poster's own words. */
  readonly lang: string | undefined
}

export const langOf = ({ type }: Field): string | undefined => (type === 'text' ? peoplesLanguage : undefined)

export const factsOf = (category: Category, values: Readonly<Record<string, FieldValue>>, locale: Locale) =>
  category.fields.flatMap((field): readonly Fact[] => {
    const words = inLocale(facts, locale)
    const given = values[field.id]
    const value =
      field.type === 'flag' && given !== undefined ? (given ? words.yes : words.no) : factOf(field, given, locale)
    return value === undefined ? [] : [{ id: field.id, label: wordIn(field.label, locale), value, lang: langOf(field) }]
  })

/** One value, able to stand without its label: a flag that is set says its label, one that is not says nothing. */
export function factOf(field: Field, value: FieldValue | undefined, locale: Locale): string | undefined {
  const words = inLocale(facts, locale)
  if (value === undefined || value === '' || value === false) return undefined
  if (field.type === 'flag') return wordIn(field.label, locale)
  if (field.type === 'number') return words.quantity(numberIn(Number(value)), unitIn(field, Number(value), locale))
  if (field.type === 'date') return dateIn(String(value), locale)
  if (field.type === 'month') return monthIn(String(value), locale)
  if (field.type === 'text') return String(value)
  const option = field.options.find(({ id }) => id === value)
  return option && wordIn(option.name, locale)
}

/** What a number of this field counts. */
export const unitIn = (
  { unit, one }: Pick<Extract<Field, { readonly type: 'number' }>, 'unit' | 'one'>,
  n: number,
  locale: Locale,
): string => (n === 1 && locale === 'en' && one) || wordIn(unit, locale)

/** @param date `YYYY-MM-DD` */
export function dateIn(date: string, locale: Locale): string {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return inLocale(facts, locale).day(year, month, day)
}

const monthIn = (text: string, locale: Locale): string => {
  const [year = 0, month = 0] = text.split('-').map(Number)
  return inLocale(facts, locale).month(year, month)
}

const numberIn = (n: number): string => yuanOfFen(Math.round(n * 100)).replace(/(\.\d)0$/, '$1')
