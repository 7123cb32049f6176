/** What judging a case answers: what the buyer may have, by which articles, what stands against more, what to bring, which days to keep. */
import type { CivilDate } from './civil.ts'
import type { Exclusion } from './case-facts.ts'
import type { Due } from './policy-dates.ts'
import type { Policy } from './policy-schema.ts'
import type { FeeClass, Remedy } from './remedy.ts'
import type { Words } from './words.ts'

/** What would have to be different for a row to give what it gives. */
export type Reason =
  | { readonly kind: 'late'; readonly until: CivilDate }
  | { readonly kind: 'too-far'; readonly km: number }
  | { readonly kind: 'needs'; readonly fact: 'fault' | 'listed' | 'grave'; readonly value: boolean }
  | { readonly kind: 'spoilt'; readonly by: Exclusion }
  | { readonly kind: 'barred'; readonly by: string }

export interface Granted {
  readonly article: string
  readonly remedies: readonly Remedy[]
  readonly until: CivilDate | undefined // the last day of this right
  readonly coverUntil: CivilDate | undefined // of the replacement, if it is made today
}
export interface Barred {
  readonly article: string
  readonly by: readonly Exclusion[]
  readonly doubt: Words | undefined
}
export interface Missed {
  readonly article: string
  readonly remedies: readonly Remedy[]
  readonly because: readonly Reason[]
}

/** The verdict of one policy. */
export interface LayerVerdict {
  readonly policy: string
  readonly version: number
  readonly layer: Policy['layer']
  /** False where the policy holds no rule for this case: not a refusal, and never a guess. */
  readonly held: boolean
  readonly day: number // since purchase or receipt, as this policy counts
  readonly options: readonly Remedy[] // the best first
  readonly granted: readonly Granted[]
  readonly barred: readonly Barred[]
  readonly missed: readonly Missed[] // only what would be better than the options
  readonly notes: readonly string[]
  readonly choices: readonly string[]
}

export interface Verdict {
  readonly remedy: Remedy | 'none' | 'no-rule'
  readonly options: readonly Remedy[] // more than one: the buyer chooses
  readonly fee: FeeClass | undefined
  /** The policy asked first, then the statutes. */
  readonly layers: readonly [LayerVerdict, ...LayerVerdict[]]
  readonly decidedBy: number // which of them gives the most
  readonly evidence: readonly Words[]
  readonly dues: readonly Due[]
}

/** Every article and choice a verdict rests on, grants first. */
export const articlesOf = ({ granted, barred, missed, notes, choices }: LayerVerdict): readonly string[] => [
  ...new Set([...[...granted, ...barred, ...missed].map(({ article }) => article), ...notes, ...choices]),
]
