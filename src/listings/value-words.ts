/** What a control holds, as a person reads it: the chosen row's name instead of its id. */
import type { Category } from '#domain/category.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import { isPosterKind } from '#domain/poster.ts'
import { post } from '#src/i18n/post.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { listing } from '#src/i18n/listing.ts'
import { categoryOf, districtOf } from '#src/i18n/town.ts'
import { photosIn } from './photo-values.ts'

export function valueText(field: string, value: string, category: Category | undefined, locale: Locale): string {
  const { yes, no } = inLocale(listing, locale)
  const row = rowOf(field, value, category)
  if (row) return wordIn(row.name, locale)
  if (isFlag(field, category)) return value === 'yes' ? yes : no
  if (field === 'poster' && isPosterKind(value)) return inLocale(post, locale).form.posterKind[value]
  if (field === 'photos') return String(photosIn(value).length)
  return field === 'validDays' ? inLocale(post, locale).form.days(Number(value)) : value
}

function rowOf(field: string, value: string, category: Category | undefined) {
  if (field === 'category') return categoryOf(value)
  if (field === 'district') return districtOf(value)
  const typed = category?.fields.find(({ id }) => id === field)
  const choices = { intent: category?.intents, sub: category?.kinds }
  const rows = typed?.type === 'choice' ? typed.options : choices[field as keyof typeof choices]
  return rows?.find(({ id }) => id === value)
}

const isFlag = (field: string, category: Category | undefined): boolean =>
  field === 'byAgreement' || category?.fields.some(({ id, type }) => id === field && type === 'flag') === true
