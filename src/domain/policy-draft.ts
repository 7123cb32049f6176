/**
 * A policy as a business writes it: rows of plain sentences, kept in a shared map so that two people may change different rows
 * at once. Each value stands alone; where two write one row, the later wins.
 *
 *   about      { goods, channel }
 *   row/<id>   { place, fault, region?, after?, until?, remedies, unless }
 *   bar/<id>   { place, by, refuses, always }
 *
 * Promised days and prices stand beside them: policy-promises.ts.
 */
import * as z from 'zod/mini'
import { channels, exclusions, goodsKinds, regions } from './case-facts.ts'
import { DraftFee, promisesIn, type Promises } from './policy-promises.ts'
import { remedies, type Remedy } from './remedy.ts'

const Place = z.number()
/** Days or months are typed, so any number may stand here until the policy is made. */
const DraftSpan = z.strictObject({ unit: z.enum(['days', 'months']), count: z.number() })
export type DraftSpan = z.infer<typeof DraftSpan>

export const DraftRow = z.strictObject({
  place: Place,
  fault: z.boolean(), // false: whatever the reason, fault or not
  region: z.optional(z.enum(regions)), // where it was bought; left out: wherever
  after: z.optional(DraftSpan),
  until: z.optional(DraftSpan),
  remedies: z.array(z.enum(remedies)).check(z.maxLength(remedies.length)),
  unless: z.array(z.enum(exclusions)).check(z.maxLength(exclusions.length)),
})
export type DraftRow = z.infer<typeof DraftRow>

/** How much a bar takes away: the return; the exchange too; free repair as well. */
export const refusals = ['refund', 'exchange', 'repair'] as const
export type Refusal = (typeof refusals)[number]

export const DraftBar = z.strictObject({
  place: Place,
  by: z.enum(exclusions),
  refuses: z.enum(refusals),
  always: z.boolean(), // with a fault too
})
export type DraftBar = z.infer<typeof DraftBar>

export const DraftAbout = z.strictObject({ goods: z.enum(goodsKinds), channel: z.enum([...channels, 'both']) })
export type DraftAbout = z.infer<typeof DraftAbout>

export type Numbered<T> = T & { readonly id: string; readonly article: string }
export interface PolicyDraft {
  readonly about: DraftAbout
  readonly rows: readonly Numbered<DraftRow>[]
  readonly bars: readonly Numbered<DraftBar>[]
  readonly promises: Promises
  readonly fees: readonly Numbered<DraftFee>[]
}

export const freshAbout: DraftAbout = { goods: 'general', channel: 'shop' }
export const aboutKey = 'about'

/** What the shared map says; what cannot be read in it is passed over, as if nobody had written it. */
export function readDraft(entries: Iterable<readonly [string, unknown]>): PolicyDraft {
  const all = [...entries]
  const byKey = new Map(all)
  const about = z.safeParse(DraftAbout, byKey.get(aboutKey))
  return {
    about: about.success ? about.data : freshAbout,
    rows: inOrder(all, 'row', DraftRow, 'A'),
    bars: inOrder(all, 'bar', DraftBar, 'B'),
    promises: promisesIn(byKey),
    fees: inOrder(all, 'fee', DraftFee, 'F'),
  }
}

/** Numbered as they stand. Where two people added one at the same place, the ids decide alike everywhere. */
function inOrder<T extends { readonly place: number }>(
  entries: readonly (readonly [string, unknown])[],
  kind: 'row' | 'bar' | 'fee',
  schema: z.ZodMiniType<T>,
  letter: string,
): readonly Numbered<T>[] {
  const found = entries.flatMap(([key, value]) => {
    const parsed = key.startsWith(`${kind}/`) ? z.safeParse(schema, value) : undefined
    return parsed?.success ? [{ ...parsed.data, id: key.slice(kind.length + 1) }] : []
  })
  return found
    .sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1))
    .map((row, index) => ({ ...row, article: `${letter}-${index + 1}` }))
}

/** What a row may give, as one choice. */
export const gifts: readonly (readonly Remedy[])[] = [
  ['refund'],
  ['refund', 'exchange'],
  ['refund', 'exchange', 'free-repair'],
  ['exchange'],
  ['exchange', 'free-repair'],
  ['new-device'],
  ['free-repair'],
  ['new-part'],
  ['paid-repair'],
  ['paid-swap'],
]
