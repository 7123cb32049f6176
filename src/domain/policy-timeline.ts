/** The rights of a case along time, as a picture shows them: what is over, what holds today, what comes after. */
import type { CaseFacts } from './case-facts.ts'
import type { CivilDate } from './civil.ts'
import { meets, windowEnd, isInTime } from './policy-match.ts'
import type { Policy } from './policy-schema.ts'
import type { Remedy } from './remedy.ts'
import type { LayerVerdict } from './verdict.ts'

export interface TimelineStep {
  readonly article: string
  readonly remedies: readonly Remedy[]
  readonly until: CivilDate | undefined
  readonly time: 'over' | 'now' | 'later'
  /** Whether the verdict rests on it. */
  readonly holds: boolean
  /** Whether a bar, or the row's own test, stands against it. */
  readonly refused: boolean
}

export function timelineOf(policy: Policy, facts: CaseFacts, layer: LayerVerdict): readonly TimelineStep[] {
  const bars = policy.bars.filter(({ article }) => layer.barred.some((bar) => bar.article === article))
  return policy.grants
    .filter((row) => meets(row.when, facts, policy))
    .map(({ article, remedies, unless, ...window }) => {
      const until = windowEnd(window, policy, facts)
      const isOver = until !== undefined && facts.today > until
      const isSpoilt = unless?.some((one) => facts.exclusions.includes(one)) ?? false
      return {
        article,
        remedies,
        until,
        time: isInTime(window, policy, facts) ? 'now' : isOver ? 'over' : 'later',
        holds: layer.granted.some((row) => row.article === article),
        refused: isSpoilt || remedies.every((gift) => bars.some(({ refuses }) => refuses.includes(gift))),
      } as const
    })
    .sort((a, b) => ((a.until ?? '9999') < (b.until ?? '9999') ? -1 : 1))
}
