/** The advisor on the policy being written, as a customer will meet it. Answers stay while the rules change. */
import { createSignal, Show } from 'solid-js'
import type { CaseAnswers } from '#domain/case-form.ts'
import type { Locale } from '#domain/locale.ts'
import type { Policy } from '#domain/policy-schema.ts'
import { rules as rulesWords } from '#src/i18n/rules.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { createAdvisor, type Advisor } from '../advisor.ts'
import { CaseForm } from '../CaseForm.tsx'
import { policies, statutes } from '../policies.ts'
import { VerdictView } from '../VerdictView.tsx'
import '../advisor.css'

interface PolicyPreviewProps {
  readonly policy: Policy
  readonly locale: Locale
  readonly today: () => string
}

export function PolicyPreview(props: PolicyPreviewProps) {
  const words = () => inLocale(rulesWords, props.locale)
  const [answers, setAnswers] = createSignal<CaseAnswers>({})
  const [isAsked, setAsked] = createSignal(false)
  return (
    <details class="advisor preview">
      <summary>{words().preview}</summary>
      <p class="quiet">{words().previewLead}</p>
      <Show when={props.policy} keyed>
        {(policy) => {
          const advisor = createAdvisor({
            policy,
            statutes,
            today: props.today,
            answers: answers(),
            asked: isAsked(),
          })
          return <Preview {...props} policy={policy} advisor={kept(advisor, setAnswers, () => setAsked(true))} />
        }}
      </Show>
    </details>
  )
}

/** An advisor whose answers outlive it. */
const kept = (advisor: Advisor, keep: (answers: CaseAnswers) => void, asked: () => void): Advisor => ({
  ...advisor,
  set: (question, answer) => {
    advisor.set(question, answer)
    keep(advisor.answers())
  },
  ask: () => {
    advisor.ask()
    asked()
  },
})

function Preview(props: PolicyPreviewProps & { readonly advisor: Advisor }) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    props.advisor.ask()
  }
  return (
    <>
      <CaseForm advisor={props.advisor} locale={props.locale} action="" onSubmit={submit} ref={() => {}} />
      <div class="outcome">
        <Show when={props.advisor.judged()}>
          {(judged) => (
            <VerdictView
              locale={props.locale}
              policies={[props.policy, ...policies]}
              policy={props.policy}
              judged={judged()}
              answers={props.advisor.answers()}
              link=""
            />
          )}
        </Show>
      </div>
    </>
  )
}
