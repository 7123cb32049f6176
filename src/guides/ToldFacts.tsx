/** The answers a verdict rests on, so that a printed page says what was told. */
import { For } from 'solid-js'
import type { Question } from '#domain/case-facts.ts'
import { isTick, otherId, pairsOfAnswers, type CaseAnswers } from '#domain/case-form.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import type { Policy } from '#domain/policy-schema.ts'
import { dateIn } from '#src/i18n/facts.ts'
import { policy as policyWords } from '#src/i18n/policy.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { verdict as verdictWords } from '#src/i18n/verdict.ts'

interface ToldFactsProps {
  readonly locale: Locale
  readonly policy: Policy
  readonly answers: CaseAnswers
}

export function ToldFacts(props: ToldFactsProps) {
  const words = () => inLocale(policyWords, props.locale)
  return (
    <section>
      <h4>{inLocale(verdictWords, props.locale).told}</h4>
      <dl class="lines">
        <For each={pairsOfAnswers(props.policy, props.answers)}>
          {([question, answer]) => (
            <div>
              <dt>{words().question[question]}</dt>
              <dd>{answerIn(question, answer, props)}</dd>
            </div>
          )}
        </For>
      </dl>
    </section>
  )
}

function answerIn(question: Question, answer: string, { locale, policy }: ToldFactsProps): string {
  const { choice, yes } = inLocale(policyWords, locale)
  if (isTick(question)) return yes
  if (question === 'bought' || question === 'received') return dateIn(answer, locale)
  if (question === 'where' || question === 'goods' || question === 'state' || question === 'region') {
    const named: Readonly<Record<string, string>> = choice[question]
    return named[answer] ?? answer
  }
  if (answer === otherId) return choice.other
  const row = [...(policy.models ?? []), ...(policy.parts ?? [])].find(({ id }) => id === answer)
  return row ? wordIn(row.name, locale) : answer
}
