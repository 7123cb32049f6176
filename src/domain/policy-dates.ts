/** The days a shop has to keep once it has taken goods in: repair, pick-up notices, answers. In the order of time. */
import { addDays, type CivilDate } from './civil.ts'
import type { Policy } from './policy-schema.ts'
import type { Remedy } from './remedy.ts'
import type { Words } from './words.ts'

export interface Due {
  readonly id: string
  readonly article: string
  readonly on: CivilDate
  readonly text: Words
  readonly choice: string | undefined
}

/** @param takenInOn the day the goods are handed in */
export const duesOf = (policies: readonly Policy[], options: readonly Remedy[], takenInOn: CivilDate): readonly Due[] =>
  policies
    .flatMap((policy) => duesOfPolicy(policy, options, takenInOn))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))

function duesOfPolicy({ dues }: Policy, options: readonly Remedy[], takenInOn: CivilDate): readonly Due[] {
  const dayOf = new Map<string, CivilDate>()
  for (const { id, from, days } of dues) dayOf.set(id, addDays((from && dayOf.get(from)) || takenInOn, days))
  return dues
    .filter(({ only }) => (only ? only.some((remedy) => options.includes(remedy)) : options.length > 0))
    .map(({ id, article, text, choice }) => ({ id, article, text, choice, on: dayOf.get(id) ?? takenInOn }))
}

/** The days of the notices once the goods are really ready, and the day they are posted back; `from` stands for the repair. */
export function pickUpPlan(
  policy: Policy,
  from: { readonly id: string; readonly on: CivilDate },
): readonly Pick<Due, 'id' | 'article' | 'on'>[] {
  const dayOf = new Map<string, CivilDate>([[from.id, from.on]])
  return policy.dues.flatMap(({ id, article, from: before, days }) => {
    const start = before && dayOf.get(before)
    if (!start || days < 0) return []
    const on = addDays(start, days)
    dayOf.set(id, on)
    return [{ id, article, on }]
  })
}

/** A delay is told beforehand, or it is not told at all. */
export const isToldBeforehand = (toldOn: CivilDate | undefined, dueOn: CivilDate): boolean =>
  toldOn !== undefined && toldOn < dueOn

export const isOverdue = (dueOn: CivilDate, today: CivilDate): boolean => today > dueOn
