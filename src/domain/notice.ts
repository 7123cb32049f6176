/** What the relay tells an author in `inbox/<did>`: map `notices`, key = the record's hash, value = this as JSON. */
import * as z from 'zod/mini'
import { RecordId, recordKinds } from './record.ts'
import { Refusal } from './refusal.ts'

/** `superseded`: valid, but another device's revision counts; its `rival` is that revision's hash. */
export const Notice = z.strictObject({
  id: z.nullable(RecordId),
  kind: z.nullable(z.enum(recordKinds)),
  hash: z.string(),
  verdict: z.enum(['published', 'refused', 'superseded']),
  refusals: z.array(Refusal).check(z.maxLength(20)),
  rival: z.optional(z.string()),
  at: z.number(),
})
export type Notice = z.infer<typeof Notice>
export type Verdict = Notice['verdict']
