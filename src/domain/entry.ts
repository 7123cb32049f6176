/** What rooms and lists carry of a listing: a line (latest, cards) and an entry (a line with its text, for search). */
import * as z from 'zod/mini'
import type { OpenRecord } from './record.ts'
import type { ListingBody } from './listing.ts'
import { endOf, startOf } from './life.ts'

const Fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

/** `at` orders and `until` ends it (both ms, derived as life.ts says). `by` is the poster's kind. Keys are short words: 20 lines are loaded on every home page. */
export const Line = z.strictObject({
  id: z.string(),
  category: z.string(),
  intent: z.string(),
  sub: z.string(),
  title: z.string(),
  priceFen: z.nullable(z.number()),
  district: z.string(),
  by: z.string(),
  author: z.string(),
  at: z.number(),
  until: z.number(),
  sample: z.boolean(),
  /** The typed fields, so that a card can say the pay of a job or the way of a ride. */
  fields: z.optional(Fields),
  /** The hash of its first photo. */
  cover: z.optional(z.string()),
})
export type Line = z.infer<typeof Line>

export const Entry = z.strictObject({
  ...Line.shape,
  text: z.string(),
  fields: Fields,
})
export type Entry = z.infer<typeof Entry>

/** @param receivedAt the relay's receipt of the revision that set `renewedAt`, ms */
export function lineOf({ envelope }: OpenRecord, body: ListingBody, receivedAt: number): Line {
  const cover = body.photos?.[0]?.hash
  const span = { renewedAt: envelope.renewedAt, receivedAt, validDays: body.validDays }
  return {
    id: envelope.id,
    category: body.category,
    intent: body.intent,
    sub: body.sub,
    title: body.title,
    priceFen: body.priceFen,
    district: body.district,
    by: body.poster,
    author: envelope.author,
    at: startOf(span),
    until: endOf(span),
    sample: body.sample === true,
    fields: { ...body.fields },
    ...(cover && { cover }),
  }
}

export const entryOf = (line: Line, body: ListingBody): Entry => ({
  ...line,
  text: body.text,
  fields: { ...body.fields },
})

/** Newest first; equal times by id, so that every reader has the same order. */
export const newestFirst = (a: Line, b: Line): number => b.at - a.at || (a.id < b.id ? -1 : 1)
export const latestSize = 20
