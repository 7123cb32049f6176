/** An edition of everything that can be found: its pointer, and when it is printed anew. Its entries are those of base and delta that are not dead, and those of its wire (wire.ts). */
import * as z from 'zod/mini'
import { dayMs } from './time.ts'

/** `/edition/current.json`. `seq` is the journal's at the print; `bytes` is what all its files weigh, compressed. */
export const Pointer = z.object({
  edition: z.string().check(z.regex(/^[a-z0-9]{8,64}$/)),
  base: z.string(),
  delta: z.nullable(z.string()),
  seq: z.int(),
  printedAt: z.int(),
  bytes: z.int(),
})
export type Pointer = z.infer<typeof Pointer>

/** Its segments, the base first. */
export const segmentsOf = ({ base, delta }: Pick<Pointer, 'base' | 'delta'>): readonly string[] =>
  delta === null ? [base] : [base, delta]

export const DeadTokens = z.tuple([z.int(), z.int(), z.int()])
export type DeadTokens = z.infer<typeof DeadTokens>

/** How many changes the wire takes before the delta is printed again, in a town of so many entries. */
export const wireLimit = (entries: number): number => Math.max(64, Math.min(512, Math.floor(entries * 0.03)))
/** A delta is printed daily at least, a base weekly, and when the delta has grown to a tenth of it. */
export const deltaAgeMs = dayMs
export const baseAgeMs = 7 * dayMs
export const largestDelta = (baseCount: number): number => Math.max(wireLimit(baseCount), Math.floor(baseCount / 10))
/** Files of an edition that was replaced are still given out for this long. */
export const keptEditionMs = dayMs
