/**
 * An after-sales policy as data: articles to cite, rows that grant, rows that bar, notes, evidence, dates. One schema for the
 * files of `content/policies` and for what a business writes; a policy with a hole or two answers for one day is refused
 * with the two articles named (policy-windows.ts).
 */
import * as z from 'zod/mini'
import { channels, exclusions, goodsKinds, questions, regions } from './case-facts.ts'
import { faultsOfPolicy } from './policy-windows.ts'
import { remedies } from './remedy.ts'
import { isCivilDate } from './time.ts'
import { Words } from './words.ts'

export const PolicyId = z.string().check(z.regex(/^[a-z][a-z0-9-]{2,40}$/))
export const ArticleId = z.string().check(z.regex(/^[A-Z]{1,2}-\d{1,2}[a-z]?$/))
/** A gap of the source that somebody had to fill: named in the verdict wherever it decides something. */
const ChoiceId = z.string().check(z.regex(/^G\d{1,2}$/))
const Slug = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,30}$/))
const Day = z.string().check(z.refine(isCivilDate, 'not a date of the calendar'))

const Span = z.union([
  z.strictObject({ days: z.int().check(z.nonnegative(), z.maximum(3660)) }),
  z.strictObject({ months: z.int().check(z.positive(), z.maximum(120)) }),
])
const list = <T extends z.core.$ZodType>(row: T) => z.array(row).check(z.minLength(1))

/** Every named fact must be so. What is left out is not asked. */
const Condition = z.strictObject({
  fault: z.optional(z.boolean()),
  listed: z.optional(z.boolean()),
  grave: z.optional(z.boolean()),
  channel: z.optional(z.enum(channels)),
  goods: z.optional(z.enum(goodsKinds)),
  regions: z.optional(list(z.enum(regions))),
  families: z.optional(list(Slug)),
  parts: z.optional(list(Slug)),
  otherParts: z.optional(list(Slug)), // any part but these
})
export type Condition = z.infer<typeof Condition>

const Article = z.strictObject({ id: ArticleId, text: Words })
const Choice = z.strictObject({ id: ChoiceId, text: Words })

/** How long a replacement is covered: at least so many days and never less than the device, or a whole new term. */
const Cover = z.union([
  z.strictObject({ leastDays: z.int().check(z.positive()) }),
  z.strictObject({ newMonths: z.int().check(z.positive()) }),
])

const window = {
  article: ArticleId,
  when: Condition,
  after: z.optional(Span), // from the day after this span; left out: from day 0
  until: z.optional(Span), // to the last day of this span, included; left out: for ever
  km: z.optional(z.int().check(z.positive())),
}
const Grant = z.strictObject({
  ...window,
  unless: z.optional(list(z.enum(exclusions))), // the article's own test, apart from the rows that bar
  remedies: list(z.enum(remedies)),
  cover: z.optional(Cover),
  edge: z.optional(ChoiceId), // the choice that put the last day into this row
  choices: z.optional(list(ChoiceId)),
})
export type Grant = z.infer<typeof Grant>

const Bar = z.strictObject({
  article: ArticleId,
  when: Condition,
  any: list(z.enum(exclusions)),
  refuses: list(z.enum(remedies)),
  doubt: z.optional(Words), // why this refusal may not hold against the law; told where it hits a fault
})
const Note = z.strictObject(window)

const Evidence = z.strictObject({
  article: z.optional(ArticleId),
  when: Condition,
  only: z.optional(list(z.enum(remedies))),
  text: Words,
})
/** A day to keep: so many days after the intake, or after another due. */
const Due = z.strictObject({
  id: Slug,
  article: ArticleId,
  from: z.optional(Slug),
  days: z.int().check(z.minimum(-30), z.maximum(400)),
  only: z.optional(list(z.enum(remedies))),
  choice: z.optional(ChoiceId),
  text: Words,
})

const PolicyRows = z.strictObject({
  id: PolicyId,
  version: z.int().check(z.positive()),
  validFrom: Day,
  layer: z.enum(['shop', 'maker', 'statute']),
  title: Words,
  scope: Words,
  author: Words,
  roles: z.array(Words),
  source: z.strictObject({
    name: Words,
    checkedOn: Day,
    certainty: z.enum(['text', 'secondary', 'sample']),
    note: Words,
  }),
  counts: z.enum(['bought', 'received']),
  termMonths: z.optional(z.int().check(z.positive())),
  asks: list(z.enum(questions)),
  given: z.optional(z.strictObject({ channel: z.optional(z.enum(channels)), goods: z.optional(z.enum(goodsKinds)) })), // fixed under this policy
  applies: Condition, // a statute's own scope; a shop's policy applies to everything it sold
  holds: z.optional(Condition), // outside it no rule is held at all
  models: z.optional(list(z.strictObject({ id: Slug, family: Slug, name: Words }))),
  parts: z.optional(list(z.strictObject({ id: Slug, name: Words }))),
  articles: list(Article),
  choices: z.array(Choice),
  /** Which choice to name when: counting days, falling to the next remedy, one evidence failing two tests, nothing, no rule. */
  chosen: z.strictObject({
    counting: z.optional(list(ChoiceId)),
    fallback: z.optional(ChoiceId),
    twice: z.optional(ChoiceId),
    nothing: z.optional(ChoiceId),
    unknown: z.optional(ChoiceId),
  }),
  grants: list(Grant),
  bars: z.array(Bar),
  notes: z.array(Note),
  evidence: list(Evidence),
  dues: z.array(Due),
  fees: z.array(z.strictObject({ range: Words, fen: z.int().check(z.positive()) })),
})

export const Policy = PolicyRows.check((payload) => {
  for (const { kind, articles } of faultsOfPolicy(payload.value))
    payload.issues.push({
      code: 'custom',
      message: `${kind}: ${articles.join(' and ')}`,
      path: ['grants'],
      input: payload.value,
    })
})
export type Policy = z.infer<typeof PolicyRows>
