/** Whether a row of a policy speaks of a case: its condition, its days, its kilometres. */
import { addSpan, type CivilDate } from './civil.ts'
import type { CaseFacts } from './case-facts.ts'
import type { Condition, Grant, Policy } from './policy-schema.ts'

export function meets(condition: Condition, facts: CaseFacts, { models = [] }: Policy): boolean {
  const { regions, families, parts, otherParts, ...plain } = condition
  const family = models.find(({ id }) => id === facts.model)?.family
  return (
    Object.entries(plain).every(([name, value]) => facts[name as keyof typeof plain] === value) &&
    (!regions || regions.includes(facts.region)) &&
    (!families || (family !== undefined && families.includes(family))) &&
    (!parts || parts.includes(facts.part)) &&
    !otherParts?.includes(facts.part)
  )
}

/** The day from which a policy counts. */
export const startOf = ({ counts }: Policy, facts: CaseFacts): CivilDate =>
  counts === 'received' && facts.channel === 'distance' ? facts.receivedOn : facts.boughtOn

export type Window = Pick<Grant, 'when' | 'after' | 'until' | 'km'>

export const windowEnd = ({ until }: Window, policy: Policy, facts: CaseFacts): CivilDate | undefined =>
  until && addSpan(startOf(policy, facts), until)

export const isInTime = (row: Window, policy: Policy, facts: CaseFacts): boolean => {
  const end = windowEnd(row, policy, facts)
  const begun = !row.after || facts.today > addSpan(startOf(policy, facts), row.after)
  return begun && (!end || facts.today <= end)
}
const isNear = ({ km }: Window, facts: CaseFacts): boolean => km === undefined || facts.km <= km
export const isFor = (row: Grant, policy: Policy, facts: CaseFacts): boolean =>
  meets(row.when, facts, policy) && isNear(row, facts) && !row.unless?.some((one) => facts.exclusions.includes(one))
export const isOpen = (row: Window, policy: Policy, facts: CaseFacts): boolean =>
  meets(row.when, facts, policy) && isNear(row, facts) && isInTime(row, policy, facts)
