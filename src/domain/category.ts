/** Categories and their typed fields are rows of `content/categories.json`; this schema reads them, and builds the field check from them. */
import * as z from 'zod/mini'
import { plainText } from './plain-text.ts'
import { isCivilDate, isCivilMonth } from './time.ts'
import { Words } from './words.ts'

const Slug = z.string().check(z.regex(/^[a-z][a-z0-9-]{1,30}$/))
const Named = z.strictObject({ id: Slug, name: Words })
export type Named = z.infer<typeof Named>

/** What a listing wants; `unit` stands where this intent counts its price in another unit than the category (rent, by the month). */
const Intent = z.strictObject({ id: Slug, name: Words, unit: z.optional(Words) })

const fieldBase = {
  id: z.string().check(z.regex(/^[a-z][A-Za-z0-9]{1,30}$/)),
  label: Words,
  required: z.optional(z.literal(true)),
  /** It tells enough to stand on a card; so do those that are required. */
  card: z.optional(z.literal(true)),
}
export const Field = z.discriminatedUnion('type', [
  z.strictObject({ ...fieldBase, type: z.literal('text'), max: z.int().check(z.minimum(2), z.maximum(60)) }),
  z.strictObject({
    ...fieldBase,
    type: z.literal('number'),
    min: z.number(),
    max: z.number(),
    unit: Words,
    /** The English word for exactly one, where the unit is a word that counts: "1 seat", "2 seats". */
    one: z.optional(z.string().check(z.minLength(1))),
  }),
  z.strictObject({ ...fieldBase, type: z.literal('choice'), options: z.array(Named).check(z.minLength(2)) }),
  z.strictObject({ ...fieldBase, type: z.literal('flag') }),
  z.strictObject({ ...fieldBase, type: z.literal('date') }),
  z.strictObject({ ...fieldBase, type: z.literal('month') }),
])
export type Field = z.infer<typeof Field>

export const icons = [
  'bag',
  'briefcase',
  'car',
  'home',
  'route',
  'wrench',
  'book',
  'calendar',
  'search',
  'heart',
] as const

export const Category = z.strictObject({
  id: Slug,
  name: Words,
  hint: Words,
  icon: z.enum(icons),
  jsonLd: z.nullable(z.enum(['Product', 'JobPosting', 'Car', 'RealEstateListing', 'Service', 'Course', 'Event'])),
  noIndex: z.boolean(),
  ownKey: z.boolean(),
  adultsOnly: z.boolean(),
  intents: z.array(Intent).check(z.minLength(1)),
  kinds: z.array(Named).check(z.minLength(2)),
  price: z.nullable(z.strictObject({ label: Words, unit: Words, maxFen: z.int().check(z.positive()) })),
  scamHint: Words,
  fields: z.array(Field),
})
export type Category = z.infer<typeof Category>

export const Categories = z
  .array(Category)
  .check(z.refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'category ids repeat'))

/** A value of a typed field as it stands in a signed record. */
export type FieldValue = string | number | boolean

/** The check of one field's value; form, relay and filters use it. */
export function valueSchemaOf(field: Field): z.ZodMiniType<FieldValue> {
  switch (field.type) {
    case 'text':
      return plainText(1, field.max, 'field-range')
    case 'number':
      return z.number('field-form').check(z.minimum(field.min, 'field-range'), z.maximum(field.max, 'field-range'))
    case 'choice':
      return z.enum(field.options.map(({ id }) => id) as [string, ...string[]], 'field-range')
    case 'flag':
      return z.boolean('field-form')
    case 'date':
      return z.string('field-form').check(z.refine(isCivilDate, 'field-form'))
    case 'month':
      return z.string('field-form').check(z.refine(isCivilMonth, 'field-form'))
  }
}

/** The check of a category's `fields` object: unknown keys are `foreign-field`, missing required ones `field-missing`. */
export function fieldsSchemaOf(category: Category): z.ZodMiniType<Record<string, FieldValue>> {
  const schemas = new Map(category.fields.map((field) => [field.id, valueSchemaOf(field)]))
  const checked = z.transform((values: Record<string, unknown>, context) => {
    for (const [id, value] of Object.entries(values)) {
      const result = schemas.get(id)?.safeParse(value)
      const message = result ? result.error?.issues[0]?.message : 'foreign-field'
      if (message) context.issues.push({ code: 'custom', message, path: [id], input: value })
    }
    for (const { id, required } of category.fields)
      if (required && !Object.hasOwn(values, id))
        context.issues.push({ code: 'custom', message: 'field-missing', path: [id], input: values })
    return values as Record<string, FieldValue>
  })
  return z.pipe(z.record(z.string(), z.unknown(), 'bad-shape'), checked)
}
