/** The questions of a policy as a plain form; a question that depends on another appears with its answer. */
import { createMemo, For, Show, type JSX } from 'solid-js'
import { channels, goodsKinds, regions, states, type Question } from '#domain/case-facts.ts'
import { isTick, otherId } from '#domain/case-form.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import { policy as policyWords } from '#src/i18n/policy.ts'
import { inLocale } from '#src/i18n/strings.ts'
import type { Advisor } from './advisor.ts'

interface CaseFormProps {
  readonly advisor: Advisor
  readonly locale: Locale
  readonly action: string
  readonly onSubmit: (event: SubmitEvent) => void
  readonly ref: (form: HTMLFormElement) => void
}

export function CaseForm(props: CaseFormProps) {
  const words = () => inLocale(policyWords, props.locale)
  const asks = (kind: 'tick' | 'other') => props.advisor.questions().filter((one) => isTick(one) === (kind === 'tick'))
  return (
    <form class="form case" method="get" action={props.action} novalidate onSubmit={props.onSubmit} ref={props.ref}>
      <noscript>
        <p class="hint calm">{words().scriptless}</p>
      </noscript>
      <div class="asked">
        <For each={asks('other')}>{(question) => <Answer {...props} question={question} />}</For>
      </div>
      <Show when={asks('tick').length > 0}>
        <fieldset class="ticks">
          <legend class="legend">{words().ticks}</legend>
          <p class="help">{words().ticksHelp}</p>
          <For each={asks('tick')}>{(question) => <Tick {...props} question={question} />}</For>
        </fieldset>
      </Show>
      <Show when={props.advisor.faults().length > 0}>
        <p class="hint bad" role="alert">
          {words().faults(props.advisor.faults().length)}
        </p>
      </Show>
      <p class="btns">
        <button class="cta" type="submit">
          {words().submit}
        </button>
      </p>
    </form>
  )
}

type AnswerProps = CaseFormProps & { readonly question: Question }

function Answer(props: AnswerProps) {
  const choices = choicesOf(props)
  if (['where', 'goods', 'state'].includes(props.question)) return <Radios {...props} choices={choices} />
  return (
    <Labelled {...props}>
      {(ties) => (
        <Show when={choices.length > 0} fallback={<TextAnswer {...props} {...ties} />}>
          <select
            id={ties.id}
            name={props.question}
            aria-invalid={ties.invalid()}
            aria-describedby={ties.describedBy()}
            onChange={(event) => props.advisor.set(props.question, event.currentTarget.value)}
          >
            <option value="" selected={!props.advisor.answers()[props.question]}>
              {inLocale(policyWords, props.locale).choose}
            </option>
            <For each={choices}>
              {({ id, name }) => (
                <option value={id} selected={props.advisor.answers()[props.question] === id}>
                  {name}
                </option>
              )}
            </For>
          </select>
        </Show>
      )}
    </Labelled>
  )
}

interface Ties {
  readonly id: string
  readonly invalid: () => 'true' | undefined
  readonly describedBy: () => string | undefined
}

const TextAnswer = (props: AnswerProps & Ties) => (
  <input
    id={props.id}
    name={props.question}
    type={props.question === 'km' ? 'text' : 'date'}
    inputmode={props.question === 'km' ? 'numeric' : undefined}
    autocomplete="off"
    aria-invalid={props.invalid()}
    aria-describedby={props.describedBy()}
    value={props.advisor.answers()[props.question] ?? ''}
    onInput={(event) => props.advisor.set(props.question, event.currentTarget.value)}
  />
)

function Labelled(props: AnswerProps & { readonly children: (ties: Ties) => JSX.Element }) {
  const id = `case-${props.question}`
  const words = () => inLocale(policyWords, props.locale)
  const help = () => words().help[props.question]
  const fault = createMemo(() => props.advisor.faults().find(({ question }) => question === props.question))
  const ties: Ties = {
    id,
    invalid: () => (fault() ? 'true' : undefined),
    describedBy: () => [help() && `${id}-help`, fault() && `${id}-error`].filter(Boolean).join(' ') || undefined,
  }
  return (
    <div class="field" classList={{ bad: fault() !== undefined }}>
      <label for={id}>{words().question[props.question]}</label>
      {props.children(ties)}
      <Show when={help()}>
        <p class="help" id={`${id}-help`}>
          {help()}
        </p>
      </Show>
      <FaultLine id={id} locale={props.locale} kind={fault()?.kind} />
    </div>
  )
}

const FaultLine = (props: {
  readonly id: string
  readonly locale: Locale
  readonly kind: ReturnType<Advisor['faults']>[number]['kind'] | undefined
}) => (
  <Show when={props.kind}>
    {(kind) => (
      <p class="err" id={`${props.id}-error`}>
        {inLocale(policyWords, props.locale).fault[kind()]}
      </p>
    )}
  </Show>
)

function Radios(props: AnswerProps & { readonly choices: readonly Choice[] }) {
  const id = `case-${props.question}`
  const fault = createMemo(() => props.advisor.faults().find(({ question }) => question === props.question))
  return (
    <fieldset
      class="field choice"
      classList={{ bad: fault() !== undefined }}
      aria-describedby={fault() ? `${id}-error` : undefined}
    >
      <legend class="legend">{inLocale(policyWords, props.locale).question[props.question]}</legend>
      <div class="radios">
        <For each={props.choices}>
          {(choice) => (
            <label class="tick">
              <input
                type="radio"
                name={props.question}
                value={choice.id}
                checked={props.advisor.answers()[props.question] === choice.id}
                onChange={() => props.advisor.set(props.question, choice.id)}
              />
              {choice.name}
            </label>
          )}
        </For>
      </div>
      <FaultLine id={id} locale={props.locale} kind={fault()?.kind} />
    </fieldset>
  )
}

const Tick = (props: AnswerProps) => (
  <label class="tick">
    <input
      type="checkbox"
      name={props.question}
      value="yes"
      checked={props.advisor.answers()[props.question] === 'yes'}
      onChange={(event) => props.advisor.set(props.question, event.currentTarget.checked ? 'yes' : '')}
    />
    {inLocale(policyWords, props.locale).question[props.question]}
  </label>
)

interface Choice {
  readonly id: string
  readonly name: string
}

/** The answers a question offers; none for a date or a number. */
function choicesOf({ question, advisor, locale }: AnswerProps): readonly Choice[] {
  const { choice } = inLocale(policyWords, locale)
  const rowsOf = (rows: typeof advisor.policy.parts = []): readonly Choice[] => [
    ...rows.map(({ id, name }) => ({ id, name: wordIn(name, locale) })),
    { id: otherId, name: choice.other },
  ]
  if (question === 'where') return channels.map((id) => ({ id, name: choice.where[id] }))
  if (question === 'goods') return goodsKinds.map((id) => ({ id, name: choice.goods[id] }))
  if (question === 'state') return states.map((id) => ({ id, name: choice.state[id] }))
  if (question === 'region') return regions.map((id) => ({ id, name: choice.region[id] }))
  if (question === 'model') return rowsOf(advisor.policy.models)
  return question === 'part' ? rowsOf(advisor.policy.parts) : []
}
