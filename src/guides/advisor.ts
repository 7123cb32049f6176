/** The advisor's state: answers, what is wrong with them, and the verdict, each following from the one before. */
import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { Question } from '#domain/case-facts.ts'
import { factsOf, pairsOfAnswers, questionsFor, type CaseAnswers, type CaseFault } from '#domain/case-form.ts'
import type { CaseFacts } from '#domain/case-facts.ts'
import { factsUnder, judge } from '#domain/policy.ts'
import type { Policy } from '#domain/policy-schema.ts'
import type { Verdict } from '#domain/verdict.ts'

export interface AdvisorDeps {
  readonly policy: Policy
  readonly statutes: readonly Policy[]
  readonly answers: CaseAnswers
  /** The civil date in the portal's zone; read anew each time, for a page may stay open over midnight. */
  readonly today: () => string
  /** Whether the answers are to be judged at once: they came with the address. */
  readonly asked: boolean
}

export interface Judged {
  readonly facts: CaseFacts
  readonly verdict: Verdict
}

export interface Advisor {
  readonly policy: Policy
  readonly answers: Accessor<CaseAnswers>
  readonly questions: Accessor<readonly Question[]>
  /** Told only once a result was asked for. */
  readonly faults: Accessor<readonly CaseFault[]>
  readonly judged: Accessor<Judged | undefined>
  /** The query that carries this case. */
  readonly query: Accessor<string>
  set(question: Question, answer: string): void
  take(answers: CaseAnswers): void
  ask(): void
}

/** What is chosen before anybody has chosen. */
export const freshAnswers: CaseAnswers = { where: 'shop', goods: 'general' }

export function createAdvisor({ policy, statutes, today, ...start }: AdvisorDeps): Advisor {
  const [answers, setAnswers] = createSignal<CaseAnswers>({ ...freshAnswers, ...start.answers })
  const [isAsked, setAsked] = createSignal(start.asked)
  const facts = createMemo(() => (isAsked() ? factsOf(policy, answers(), today()) : undefined))
  const judged = createMemo((): Judged | undefined => {
    const found = facts()
    if (!found?.ok) return undefined
    return { facts: factsUnder(policy, found.value), verdict: judge(policy, statutes, found.value) }
  })
  return {
    policy,
    answers,
    questions: createMemo(() => questionsFor(policy, answers())),
    faults: () => {
      const found = facts()
      return found && !found.ok ? found.error : []
    },
    judged,
    query: () => new URLSearchParams(pairsOfAnswers(policy, answers()).map((pair) => [...pair])).toString(),
    set: (question, answer) => void setAnswers({ ...answers(), [question]: answer }),
    take: (given) => void setAnswers({ ...answers(), ...given }),
    ask: () => void setAsked(true),
  }
}
