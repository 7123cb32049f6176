/** A moderator's decision about something of mine: by which rule, why, how to mend it, and how to object. */
import { createSignal, Show } from 'solid-js'
import type { KeyUse } from '#domain/identity.ts'
import type { Decision } from '#domain/label.ts'
import { gapIn, peoplesLanguage, type Locale } from '#domain/locale.ts'
import { house } from '#src/i18n/house.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { signedHeaders } from './signed-headers.ts'
import './house-notice.css'

interface HouseNoticeProps {
  readonly locale: Locale
  readonly decision: Decision
  /** Which of my keys it concerns. */
  readonly use: KeyUse
  /** Where it stands with what it is about, it need not be named. */
  readonly isNamed?: boolean
}

export function HouseNotice(props: HouseNoticeProps) {
  const words = () => inLocale(house, props.locale)
  const canObject = () => props.decision.action !== 'restore'
  return (
    <div
      class="hint"
      classList={{ bad: canObject(), calm: !canObject() }}
      data-decision={props.decision.action}
      data-of={props.decision.subject.id}
    >
      <p>
        <Show when={props.isNamed}>
          <b>{words().subject[props.decision.subject.kind]}</b>{' '}
        </Show>
        {words().says[props.decision.action]}
      </p>
      <p>
        {words().rule}{' '}
        <a class="link" href={`${pathTo(props.locale).rules}#${props.decision.rule}`}>
          {props.decision.rule}
        </a>{' '}
        <Show when={props.decision.reason}>
          {words().reason}
          {gapIn(props.locale)}
          <span lang={peoplesLanguage}>{props.decision.reason}</span>
        </Show>
      </p>
      <Show when={props.decision.action === 'hide' && props.decision.subject.kind === 'listing'}>
        <p>{words().mend}</p>
      </Show>
      <Show when={canObject()}>
        <Objection {...props} />
      </Show>
    </div>
  )
}

type Answer = 'taken' | 'too-large' | 'too-many' | 'failed'

function Objection(props: HouseNoticeProps) {
  const words = () => inLocale(house, props.locale)
  const id = () => props.decision.subject.id
  const [text, setText] = createSignal('')
  const [answer, setAnswer] = createSignal<Answer>()
  const [busy, setBusy] = createSignal(false)
  const send = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setAnswer(await sent(pathTo(props.locale).report(id()), text(), props.use))
    setBusy(false)
  }
  return (
    <details>
      <summary>{words().object}</summary>
      <form onSubmit={(event) => void send(event)}>
        <div class="field">
          <label for={`object-${id()}`}>{words().objectLead}</label>
          <textarea
            id={`object-${id()}`}
            name="text"
            rows="3"
            maxlength={500}
            required
            value={text()}
            onInput={({ target }) => setText(target.value)}
          />
        </div>
        <button class="btn" type="submit" data-act="object" disabled={busy() || answer() === 'taken'}>
          {words().send}
        </button>
      </form>
      <p role="status" data-objected={answer()}>
        <Show when={answer()}>{(said) => words().answers[said()]}</Show>
      </p>
    </details>
  )
}

async function sent(address: string, text: string, use: KeyUse): Promise<Answer> {
  try {
    const headers = { Accept: 'application/json', ...(await signedHeaders(use)) }
    const body = new URLSearchParams({ reason: 'objection', text })
    const response = await fetch(address, { method: 'POST', headers, body })
    const { kind } = (await response.json()) as { readonly kind: string }
    return kind === 'taken' || kind === 'too-large' || kind === 'too-many' ? kind : 'failed'
  } catch {
    return 'failed'
  }
}
