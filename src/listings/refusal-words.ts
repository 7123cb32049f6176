/** A refusal in words, with the label of the control it is about. */
import type { Category } from '#domain/category.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import type { Refusal } from '#domain/refusal.ts'
import { post } from '#src/i18n/post.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { speechOf, type RefusalText } from '#src/sync/refusal-speech.ts'

/** Read where it is tracked, as `speechOf`. */
export function refusalText(refusal: Refusal, category: Category | undefined, locale: Locale): RefusalText {
  const facts = { field: labelOf(refusal.field, category, locale), limit: refusal.limit, got: refusal.got }
  return speechOf(refusal.rule, facts, locale)
}

/** The control a refusal belongs to: a record's `contact` is what was typed as its value. */
export const controlOf = ({ field }: Refusal): string | undefined =>
  field === 'contact' ? 'contactValue' : field?.startsWith('photos') ? 'photos' : field

/** What the form calls a control. */
export function labelOf(field: string | undefined, category: Category | undefined, locale: Locale): string {
  const typed = category?.fields.find(({ id }) => id === field)
  if (typed) return wordIn(typed.label, locale)
  if (field === 'priceFen' && category?.price) return wordIn(category.price.label, locale)
  const { form } = inLocale(post, locale)
  const labels: Readonly<Record<string, string>> = {
    category: form.category,
    intent: form.intent,
    sub: form.sub,
    title: form.title,
    text: form.text,
    district: form.district,
    poster: form.poster,
    firm: form.firm,
    name: form.name,
    contact: form.contact,
    contactValue: form.contactValue,
    validDays: form.validDays,
    byAgreement: form.byAgreement,
    photos: form.photos,
  }
  return labels[field ?? ''] ?? field ?? ''
}
