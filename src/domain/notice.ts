/** What the relay tells an author in `inbox/<did>`: map `notices`, key = the record's hash, value = this as JSON. */
import { z } from 'zod'
import { RecordId, recordKinds } from './record.ts'
import { Refusal } from './refusal.ts'

/** `superseded`: valid, but another device's revision counts; its `rival` is that revision's hash. */
export const Notice = z.strictObject({
  id: RecordId.nullable(),
  kind: z.enum(recordKinds).nullable(),
  hash: z.string(),
  verdict: z.enum(['published', 'refused', 'superseded']),
  refusals: z.array(Refusal).max(20),
  rival: z.string().optional(),
  at: z.number(),
})
export type Notice = z.infer<typeof Notice>
export type Verdict = Notice['verdict']
