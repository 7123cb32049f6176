/**
 * Every rule by which a record is refused. The id travels in notices, the journal and the form; its words
 * (why, and what to do) stand in `i18n`. Ids HR-n are the house rules of `content/rules.json`.
 */
import * as z from 'zod/mini'

// prettier-ignore
export const refusalRules = [
  // the bytes and the envelope
  'bad-format', 'too-large', 'bad-signature', 'forbidden-key', 'bad-shape', 'wrong-portal', 'wrong-id', 'wrong-author', 'wrong-slot',
  // time and order
  'clock', 'older-revision', 'superseded', 'renewed-too-soon',
  // what a listing says
  'unknown-category', 'unknown-intent', 'unknown-kind', 'unknown-district', 'foreign-field', 'field-missing', 'field-range', 'field-form',
  'title-length', 'text-length', 'price-range', 'price-unwanted', 'valid-days', 'company-name', 'name-length', 'control-characters', 'contact-form',
  'photo-count', 'photo-form', 'photo-absent',
  // what a business says of itself, what a guide says, who may write and publish for a business
  'business-name', 'business-text', 'business-phone', 'no-business', 'guide-text', 'guide-length', 'policy-faulty', 'policy-name',
  'version-taken', 'not-delegated', 'delegation-time',
  // moderation
  'not-moderator', 'reason-length', 'blocked', 'new-key',
  // what a moderator writes into the town's own pages
  'entry-length', 'entry-phone', 'entry-link', 'entry-date',
  // the end of a key
  'key-ended',
  // quotas and the house
  'too-many', 'HR-2', 'HR-3', 'HR-4', 'HR-5', 'HR-6', 'HR-7',
] as const
export type RefusalRule = (typeof refusalRules)[number]
export const isRefusalRule = (text: string): text is RefusalRule => (refusalRules as readonly string[]).includes(text)

/** `field` is the form control's name; `limit` and `got` let the words name the numbers. */
export const Refusal = z.strictObject({
  rule: z.enum(refusalRules),
  field: z.optional(z.string().check(z.maxLength(60))),
  limit: z.optional(z.string().check(z.maxLength(60))),
  got: z.optional(z.string().check(z.maxLength(60))),
})
export type Refusal = z.infer<typeof Refusal>

/** Schemas put a rule's id where zod has its message, so one schema serves form, relay and tests. Unknown keys are `bad-shape`. */
export function refusalsOf(error: z.core.$ZodError): readonly Refusal[] {
  return error.issues.map((issue) => {
    const field = issue.path.filter((part) => part !== 'body' && part !== 'fields').join('.')
    const limit = 'params' in issue ? issue.params?.['limit'] : undefined
    return {
      rule: isRefusalRule(issue.message) ? issue.message : 'bad-shape',
      ...(field && { field: field.slice(0, 60) }),
      ...(typeof limit === 'string' && { limit }),
    }
  })
}
