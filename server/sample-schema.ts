/** The samples of a town, `content/samples/<portal>.json`: invented people and what they post. */
import { z } from 'zod'
import { Contact } from '#domain/contact.ts'
import { listingStates, validDaysChoices } from '#domain/listing.ts'
import { posterKinds } from '#domain/poster.ts'

/** `alias` is the name in categories that have a key of their own, so that the two names do not tell they are one. */
const Poster = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
  name: z.string().min(1).max(20),
  alias: z.string().min(1).max(20).optional(),
  kind: z.enum(posterKinds),
})
export type SamplePoster = z.infer<typeof Poster>

/** The rest of a listing is checked as any listing is (domain/listing.ts), by what is made of it. `state` is said in a second revision. */
const SampleListing = z.strictObject({
  poster: z.string(),
  category: z.string(),
  intent: z.string(),
  sub: z.string(),
  title: z.string(),
  text: z.string(),
  priceYuan: z.number().nullable(),
  district: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  validDays: z.literal(validDaysChoices),
  ageHours: z.number().positive().max(10_000),
  state: z.enum(listingStates).exclude(['live']).optional(),
  contact: z.optional(Contact),
})
export type SampleListing = z.infer<typeof SampleListing>

export const Samples = z
  .strictObject({ posters: z.array(Poster).min(1), listings: z.array(SampleListing).min(1) })
  .refine(({ posters }) => new Set(posters.map(({ key }) => key)).size === posters.length, 'keys repeat')
  .refine(
    ({ posters, listings }) => listings.every(({ poster }) => posters.some(({ key }) => key === poster)),
    'a listing names a poster who is not there',
  )
export type Samples = z.infer<typeof Samples>
