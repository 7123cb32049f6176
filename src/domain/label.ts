/**
 * A label: a moderator's word about a listing, a guide or a key, signed and kept like any record. Of a subject the latest counts.
 * Whose labels count is the operator's list (MODERATORS), asked when a label is judged: who leaves the list decides nothing more,
 * and what he decided stands until another moderator decides otherwise.
 */
import * as z from 'zod/mini'
import { isDid } from './identity.ts'
import { plainText } from './plain-text.ts'
import { isRecordId } from './record.ts'
import { dayMs } from './time.ts'

export const labelActions = ['hide', 'restore', 'warn', 'block'] as const
export type LabelAction = (typeof labelActions)[number]

export const subjectKinds = ['listing', 'guide', 'key'] as const
export type SubjectKind = (typeof subjectKinds)[number]

/** Of `content/rules.json`. */
export const houseRuleIds = ['HR-1', 'HR-2', 'HR-3', 'HR-4', 'HR-5', 'HR-6', 'HR-7', 'HR-8'] as const
export const HouseRuleId = z.enum(houseRuleIds)
export type HouseRuleId = z.infer<typeof HouseRuleId>

/** A listing's or a guide's id, or a did. */
export const Subject = z
  .strictObject({ kind: z.enum(subjectKinds), id: z.string().check(z.maxLength(80)) })
  .check(z.refine(({ kind, id }) => (kind === 'key' ? isDid(id) : isRecordId(id)), { path: ['id'] }))
export type Subject = z.infer<typeof Subject>

export const mostReason = 300

/** `reason` is for everybody to read: no names, no numbers. */
export const LabelBody = z
  .strictObject({
    subject: Subject,
    action: z.enum(labelActions),
    rule: HouseRuleId,
    reason: plainText(2, mostReason, 'reason-length', 'many'),
  })
  .check(z.refine(({ subject, action }) => mayBe(subject.kind, action), { error: 'bad-shape', path: ['action'] }))
export type LabelBody = z.infer<typeof LabelBody>

/** What can be done to what: a key is blocked, what it has published is hidden. */
export const mayBe = (kind: SubjectKind, action: LabelAction): boolean =>
  kind === 'key' ? action !== 'hide' : action !== 'block'

/** What a label says, and from when: the moderator's time, but never later than the relay had it (ms). Its subject's poster finds it in `inbox/<did>`, map `house`, under the subject's id. */
export const Decision = z.object({
  subject: Subject,
  action: z.enum(labelActions),
  rule: HouseRuleId,
  reason: z.string(),
  at: z.number(),
})
export type Decision = z.infer<typeof Decision>
export const houseMap = 'house'
/** In the inbox of a key that has reported the subject: what became of it. */
export const answeredMap = 'answered'

export const labelDays = 90
/** @param at of a label, ms */
export const isKeptLabel = (at: number, now: number): boolean => at > now - labelDays * dayMs

export const labelsMap = 'labels'
