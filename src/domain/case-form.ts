/**
 * The questions of a policy, and facts out of the answers. The answers are texts by the question's name, as they stand in a
 * form or in the query of an address, so a link carries a case; it holds dates and ticks, nothing about a person.
 *
 *   bought received                       YYYY-MM-DD
 *   where goods state region model part   one id
 *   km                                    a whole number
 *   listed grave <exclusion>              `yes`
 */
import {
  channels,
  exclusions,
  goodsKinds,
  questions,
  regions,
  states,
  type CaseFacts,
  type Exclusion,
  type Question,
} from './case-facts.ts'
import type { CivilDate } from './civil.ts'
import type { Policy } from './policy-schema.ts'
import { err, ok, type Result } from './result.ts'
import { isCivilDate } from './time.ts'

export type CaseAnswers = Readonly<Partial<Record<Question, string>>>

export interface CaseFault {
  readonly question: Question
  readonly kind: 'missing' | 'not-a-date' | 'future' | 'too-old' | 'before-purchase' | 'not-a-choice' | 'not-a-number'
}

/** No receipt of goods anybody still asks about is older. */
export const oldestPurchase: CivilDate = '1990-01-01'
const mostKm = 2_000_000

/** An id that stands for every model or part that is not in the policy's own list. */
export const otherId = 'other'

export const isTick = (question: Question): boolean =>
  question === 'listed' || question === 'grave' || (exclusions as readonly Question[]).includes(question)

/** @param pairs of a name that stands twice the first counts; what is no question is left out */
export function answersOf(pairs: Iterable<readonly [string, string]>): CaseAnswers {
  const given = new Map([...pairs].reverse())
  return Object.fromEntries(
    questions.flatMap((question) => (given.get(question) ? [[question, given.get(question)]] : [])),
  )
}

/** Only what is asked, in the order of the form: the query of a link. */
export const pairsOfAnswers = (policy: Policy, answers: CaseAnswers): readonly (readonly [Question, string])[] =>
  questionsFor(policy, answers).flatMap((question) => {
    const answer = answers[question]?.trim()
    return answer ? [[question, answer] as const] : []
  })

/** What is worth asking after the answers so far. */
export function questionsFor(policy: Policy, answers: CaseAnswers): readonly Question[] {
  const distant = (policy.given?.channel ?? answers.where) === 'distance'
  const goods = policy.given?.goods ?? answers.goods
  const broken = answers.state === 'fault' || answers.state === 'damage'
  const when: Partial<Record<Question, boolean>> = {
    received: distant,
    perishable: distant,
    opened: distant,
    papers: distant,
    listed: goods === 'phone' && broken,
    grave: goods === 'car' && broken,
    km: goods === 'car' && broken,
    part: broken,
  }
  return policy.asks.filter((question) => when[question] ?? true)
}

/** @param today the day the verdict is asked for, in the portal's zone */
export function factsOf(
  policy: Policy,
  answers: CaseAnswers,
  today: CivilDate,
): Result<CaseFacts, readonly CaseFault[]> {
  const asked = questionsFor(policy, answers)
  const faults: CaseFault[] = []
  const refuse = (question: Question, kind: CaseFault['kind']) => void faults.push({ question, kind })
  const textOf = (question: Question) => (asked.includes(question) ? (answers[question] ?? '').trim() : '')
  const ticked = (question: Question) => textOf(question) === 'yes'

  const dayOf = (question: Question): CivilDate | undefined => {
    const text = textOf(question)
    const kind = dayFault(text, today)
    if (kind) refuse(question, kind)
    return kind ? undefined : text
  }
  const oneOf = <T extends string>(question: Question, ids: readonly T[], fallback: T): T => {
    const found = ids.find((id) => id === textOf(question))
    if (asked.includes(question) && !found) refuse(question, textOf(question) ? 'not-a-choice' : 'missing')
    return found ?? fallback
  }
  const boughtOn = dayOf('bought') ?? today
  const receivedOn = textOf('received') ? (dayOf('received') ?? boughtOn) : boughtOn
  if (receivedOn < boughtOn) refuse('received', 'before-purchase')
  const km = asked.includes('km') ? kilometresOf(textOf('km')) : 0
  if (typeof km === 'string') refuse('km', km)
  const state = oneOf('state', states, 'fine')
  const facts: CaseFacts = {
    boughtOn,
    receivedOn,
    today,
    channel: oneOf('where', channels, 'shop'),
    goods: oneOf('goods', goodsKinds, 'general'),
    fault: state !== 'fine',
    listed: ticked('listed'),
    grave: ticked('grave'),
    km: typeof km === 'number' ? km : 0,
    region: oneOf('region', regions, 'mainland'),
    model: oneOf('model', [...(policy.models ?? []).map(({ id }) => id), otherId], otherId),
    part: oneOf('part', [...(policy.parts ?? []).map(({ id }) => id), otherId], otherId),
    exclusions: exclusions.filter((one): one is Exclusion => (one === 'damage' ? state === 'damage' : ticked(one))),
  }
  return faults.length > 0 ? err(faults) : ok(facts)
}

function dayFault(text: string, today: CivilDate): CaseFault['kind'] | undefined {
  if (!text) return 'missing'
  if (!isCivilDate(text)) return 'not-a-date'
  if (text > today) return 'future'
  return text < oldestPurchase ? 'too-old' : undefined
}

function kilometresOf(text: string): number | CaseFault['kind'] {
  if (!text) return 'missing'
  return /^\d{1,7}$/.test(text) && Number(text) <= mostKm ? Number(text) : 'not-a-number'
}
