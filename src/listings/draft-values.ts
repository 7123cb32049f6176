/**
 * The form's words as texts, one per control name, and the way to a listing's body and back. A control's name is the schema's
 * field name; where a category's own field has the name of a common one (a job's `firm`), one control fills both.
 */
import type { Category, Field, FieldValue } from '#domain/category.ts'
import { Contact, contactKinds, isContact } from '#domain/contact.ts'
import { defaultValidDays, parseListing, validDaysChoices, type ListingBody, type Town } from '#domain/listing.ts'
import { fenOfText, yuanOfFen } from '#domain/money.ts'
import { lengthOf, tidied } from '#domain/plain-text.ts'
import { photosIn, photosText } from './photo-values.ts'
import { ProfileBody } from '#domain/profile.ts'
import type { Refusal } from '#domain/refusal.ts'
import { err, ok, type Result } from '#domain/result.ts'

export type DraftValues = Readonly<Record<string, string>>

/** What a new form shows. A flag is `yes` or empty. */
export const freshValues: DraftValues = { poster: 'person', validDays: String(defaultValidDays), contactKind: 'phone' }

/** The controls whose words would be published: a firm's name stands in the form of companies alone. */
export const publishedFields = (values: DraftValues, category: Category | undefined): readonly string[] => [
  'title',
  'text',
  'name',
  ...(values['poster'] === 'company' ? ['firm'] : []),
  ...(category?.fields ?? []).flatMap(({ id, type }) => (type === 'text' ? id : [])),
]

export interface Submission {
  /** Checked with the schema the server uses, all but the contact's commitment, which is made when it is signed. */
  readonly body: ListingBody
  readonly contact: Contact | undefined
  readonly name: string | undefined
}

/** All refusals at once, each at its control; or what is to be signed, as a listing that is live. */
export function submissionOf(town: Town, values: DraftValues): Result<Submission, readonly Refusal[]> {
  const category = town.categories.find(({ id }) => id === values['category'])
  const { body, faults } = category ? bodyOf(category, values) : { body: values, faults: [] }
  const parsed = parseListing(town, body)
  const contact = contactOf(values)
  const name = tidied(values['name'] ?? '')
  const found = [
    ...faults,
    ...(parsed.ok ? [] : parsed.error.filter(({ field }) => !faults.some((fault) => fault.field === field))),
    ...(contact && !(isContact(contact) && Contact.safeParse(contact).success)
      ? [{ rule: 'contact-form', field: 'contactValue' } as const]
      : []),
    ...nameFaults(name, values),
  ]
  if (found.length === 0 && parsed.ok) return ok({ body: parsed.value, contact, name: name || undefined })
  return err(found.map((refusal) => withNumbers(refusal, category, values)))
}

function bodyOf(category: Category, values: DraftValues) {
  const faults: Refusal[] = []
  const fields: Record<string, FieldValue> = {}
  for (const field of category.fields) {
    const value = fieldValueOf(field, values[field.id] ?? '')
    if (value !== undefined) fields[field.id] = value
  }
  const price = priceFenOf(category, values)
  if (!price.ok) faults.push(price.error)
  const poster = values['poster'] ?? 'person'
  const photos = photosIn(values['photos'])
  const body = {
    category: category.id,
    intent: values['intent'] || (category.intents.length === 1 ? category.intents[0]?.id : ''),
    sub: values['sub'] ?? '',
    title: tidied(values['title'] ?? ''),
    text: tidied(values['text'] ?? '', 'many'),
    district: values['district'] ?? '',
    poster,
    ...(poster === 'company' && { firm: tidied(values['firm'] ?? '') }),
    validDays: Number(values['validDays']),
    state: 'live',
    priceFen: price.ok ? price.value : null,
    fields,
    ...(photos.length > 0 && { photos }),
  }
  return { body, faults }
}

/** Undefined when nothing was entered. What cannot be read stays a text, so that the schema refuses it by its rule. */
function fieldValueOf(field: Field, text: string): FieldValue | undefined {
  const plain = tidied(text)
  if (plain === '') return undefined
  if (field.type === 'flag') return plain === 'yes' || undefined
  if (field.type !== 'number') return plain
  const digits = plain.normalize('NFKC').replaceAll(',', '')
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(digits) ? Number(digits) : plain
}

function priceFenOf(category: Category, values: DraftValues): Result<number | null, Refusal> {
  const text = tidied(values['priceFen'] ?? '')
  if (!category.price || values['byAgreement'] === 'yes') return ok(null)
  const fen = fenOfText(text, category.price.maxFen)
  return fen.ok ? fen : err({ rule: 'price-range', field: 'priceFen', got: text.slice(0, 60) })
}

function contactOf(values: DraftValues): Contact | undefined {
  const value = tidied(values['contactValue'] ?? '').normalize('NFKC')
  const kind = contactKinds.find((known) => known === values['contactKind']) ?? 'phone'
  return value ? { kind, value } : undefined
}

function nameFaults(name: string, values: DraftValues): readonly Refusal[] {
  if (!name) return []
  const parsed = ProfileBody.safeParse({ name, poster: values['poster'] ?? 'person' })
  return parsed.success ? [] : [{ rule: 'name-length', field: 'name', limit: '1-20' }]
}

/** The words name the numbers: how long it is, between what it has to be. */
function withNumbers(refusal: Refusal, category: Category | undefined, values: DraftValues): Refusal {
  const { rule, field } = refusal
  const text = tidied(values[field ?? ''] ?? '', field === 'text' ? 'many' : 'one')
  if (rule === 'title-length' || rule === 'text-length' || rule === 'name-length')
    return { ...refusal, got: String(lengthOf(text)) }
  if (rule === 'price-range' && category?.price) return { ...refusal, limit: yuanOfFen(category.price.maxFen) }
  const typed = category?.fields.find(({ id }) => id === field)
  if (rule !== 'field-range' || !typed) return refusal
  if (typed.type === 'number') return { ...refusal, limit: `${typed.min}–${typed.max}`, got: text.slice(0, 60) }
  return typed.type === 'text' ? { ...refusal, limit: `1–${typed.max}`, got: String(lengthOf(text)) } : refusal
}

/** A signed body back in the form. Contact and name are not in it; an empty contact keeps the one that was given. */
export function valuesOfBody(body: ListingBody): DraftValues {
  const fields = Object.entries(body.fields).map(([id, value]) => [
    id,
    value === true ? 'yes' : value === false ? '' : String(value),
  ])
  return {
    ...freshValues,
    ...Object.fromEntries(fields),
    category: body.category,
    intent: body.intent,
    sub: body.sub,
    title: body.title,
    text: body.text,
    district: body.district,
    poster: body.poster,
    ...(body.firm && { firm: body.firm }),
    validDays: String(validDaysChoices.find((days) => days === body.validDays) ?? defaultValidDays),
    priceFen: body.priceFen === null ? '' : yuanOfFen(body.priceFen).replaceAll(',', ''),
    byAgreement: body.priceFen === null ? 'yes' : '',
    photos: photosText(body.photos ?? []),
  }
}
