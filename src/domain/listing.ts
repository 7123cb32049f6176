/** A listing as everyone sees it. Form, projector, search and every reader use this one schema. */
import * as z from 'zod/mini'
import { fieldsSchemaOf, type Category, type FieldValue } from './category.ts'
import { plainText } from './plain-text.ts'
import { Photos } from './photo.ts'
import type { Portal } from './portal.ts'
import { posterKinds } from './poster.ts'
import { refusalsOf, type Refusal } from './refusal.ts'
import { err, ok, type Result } from './result.ts'

export const validDaysChoices = [7, 30, 60] as const
export const defaultValidDays = 30

/** `live` runs out by time; the others were said by the author and end the listing. */
export const listingStates = ['live', 'sold-here', 'sold-elsewhere', 'changed-mind'] as const
export type ListingState = (typeof listingStates)[number]

/** What does not depend on a category. `priceFen` null means by agreement. `contact` is a commitment, never the contact itself (contact.ts). */
const common = {
  intent: z.string(),
  sub: z.string(),
  title: plainText(4, 40, 'title-length'),
  text: plainText(10, 2000, 'text-length', 'many'),
  district: z.string(),
  poster: z.enum(posterKinds),
  firm: z.optional(plainText(2, 40, 'company-name')),
  validDays: z.union([z.literal(7), z.literal(30), z.literal(60)], 'valid-days'),
  state: z.enum(listingStates),
  contact: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/, 'contact-form'))),
  photos: z.optional(Photos),
  sample: z.optional(z.literal(true)),
}

export type ListingBody = z.infer<z.ZodMiniObject<typeof common>> & {
  readonly category: string
  readonly priceFen: number | null
  readonly fields: Readonly<Record<string, FieldValue>>
}

export interface Town {
  readonly portal: Portal
  readonly categories: readonly Category[]
}

const schemas = new WeakMap<Town, ReadonlyMap<string, z.ZodMiniType<ListingBody>>>()

/** The schema of a listing in one category of one town, made once. */
export function listingSchemaOf(town: Town, categoryId: string): z.ZodMiniType<ListingBody> | undefined {
  const known = schemas.get(town) ?? new Map(town.categories.map((category) => [category.id, schemaOf(town, category)]))
  schemas.set(town, known)
  return known.get(categoryId)
}

function schemaOf({ portal }: Town, category: Category): z.ZodMiniType<ListingBody> {
  const price = category.price
    ? z.nullable(
        z.int('price-range').check(z.nonnegative('price-range'), z.maximum(category.price.maxFen, 'price-range')),
      )
    : z.null('price-unwanted')
  return z
    .strictObject({
      ...common,
      category: z.literal(category.id),
      intent: z.enum(idsOf(category.intents), 'unknown-intent'),
      sub: z.enum(idsOf(category.kinds), 'unknown-kind'),
      district: z.enum(idsOf(portal.districts), 'unknown-district'),
      priceFen: price,
      fields: fieldsSchemaOf(category),
    })
    .check(
      z.refine((body) => body.poster !== 'company' || body.firm !== undefined, {
        error: 'company-name',
        path: ['firm'],
        when: () => true,
      }),
    )
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id)

/** Everything that is wrong with a listing, or the listing. An unknown category has no schema, so it comes first. */
export function parseListing(town: Town, body: unknown): Result<ListingBody, readonly Refusal[]> {
  const category = typeof body === 'object' && body !== null && 'category' in body ? body.category : undefined
  const schema = typeof category === 'string' ? listingSchemaOf(town, category) : undefined
  const got = typeof category === 'string' ? category.slice(0, 60) : typeof category
  if (!schema) return err([{ rule: 'unknown-category', field: 'category', got }])
  const parsed = schema.safeParse(body)
  return parsed.success ? ok(parsed.data) : err(refusalsOf(parsed.error))
}
