/**
 * The advisor on a guide: a short form, and the verdict below it. Complete on the server's page, where the form leads to the
 * page of the verdict; with its code everything happens here, without a network. What was typed before that is taken over.
 */
import { createSignal, onMount, Show } from 'solid-js'
import { answersOf, type CaseAnswers } from '#domain/case-form.ts'
import type { Locale } from '#domain/locale.ts'
import type { Policy } from '#domain/policy-schema.ts'
import { civilDateOf } from '#domain/time.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { policy as policyWords } from '#src/i18n/policy.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { verdict as verdictWords } from '#src/i18n/verdict.ts'
import { createAdvisor, freshAnswers } from './advisor.ts'
import { CaseForm } from './CaseForm.tsx'
import { policies, statutes } from './policies.ts'
import { VerdictView } from './VerdictView.tsx'
import './advisor.css'

export interface PolicyAdvisorProps {
  readonly locale: Locale
  readonly guide: string
  /** One that ships with the portal, by its id; a business's own comes whole. */
  readonly policy: string | Policy
  readonly zone: string
  /** On the page of a verdict: the day it was asked for, and the answers of its address. */
  readonly today?: string
  readonly answers?: CaseAnswers
}

export function PolicyAdvisor(props: PolicyAdvisorProps) {
  const policy = policyNamed(props.policy)
  let form: HTMLFormElement | undefined
  let outcome: HTMLDivElement | undefined
  // the day of the page until this code runs, so that both write the same; the reader's own day from then on
  const [isAwake, setAwake] = createSignal(false)
  const today = () => (!isAwake() && props.today) || civilDateOf(Date.now(), props.zone)
  const advisor = createAdvisor({
    policy,
    statutes,
    today,
    answers: props.answers ?? {},
    asked: props.answers !== undefined,
  })
  const words = () => inLocale(policyWords, props.locale)
  const action = () => pathTo(props.locale).verdict(props.guide)

  const said = () => {
    const remedy = advisor.judged()?.verdict.remedy
    return remedy && inLocale(verdictWords, props.locale).remedy[remedy]
  }

  onMount(() => {
    const linked = answersOf(new URLSearchParams(location.search))
    advisor.take({ ...linked, ...(form && typedIn(form)) })
    setAwake(true)
    if (linked.bought) advisor.ask()
  })
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    advisor.ask()
    history.replaceState(history.state, '', `${location.pathname}?${advisor.query()}#advisor`)
    const faulty = advisor.faults()[0]
    if (faulty) form?.querySelector<HTMLElement>(`[name="${faulty.question}"]`)?.focus()
    else outcome?.focus()
  }
  return (
    <section class="advisor" id="advisor">
      <header>
        <h2>{words().title}</h2>
        <p>{words().lead}</p>
      </header>
      <CaseForm
        advisor={advisor}
        locale={props.locale}
        action={action()}
        onSubmit={submit}
        ref={(own) => (form = own)}
      />
      <div class="outcome" tabindex="-1" ref={(element) => (outcome = element)}>
        <Show when={advisor.judged()}>
          {(judged) => (
            <VerdictView
              locale={props.locale}
              policies={[policy, ...policies]}
              policy={policy}
              judged={judged()}
              answers={advisor.answers()}
              link={`${action()}?${advisor.query()}`}
            />
          )}
        </Show>
      </div>
      <p class="hush" aria-live="polite">
        {said()}
      </p>
    </section>
  )
}

function policyNamed(named: string | Policy): Policy {
  if (typeof named !== 'string') return named
  const found = policies.find(({ id }) => id === named)
  if (!found) throw new Error(`no policy ${named}`) // the build checks the guides' names
  return found
}

/** Everything that differs from a fresh form: a browser restores controls after a reload, and people type before scripts run. */
function typedIn(form: HTMLFormElement): CaseAnswers {
  const typed = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return Object.fromEntries(
    Object.entries(answersOf(typed)).filter(([name, value]) => value !== freshAnswers[name as keyof CaseAnswers]),
  )
}
