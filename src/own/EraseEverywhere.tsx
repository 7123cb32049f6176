/** Erases a person's things at the portal and here, after he has typed that he wants it; and says how far it is. */
import { For, Match, Show, Switch, createSignal, type JSX } from 'solid-js'
import { erasureSteps } from '#domain/erasure.ts'
import type { Locale } from '#domain/locale.ts'
import { own } from '#src/i18n/own.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { openSession } from '#src/sync/session.ts'
import { createErasure, erasedHash, type Erasing } from './erasure.ts'

export function EraseEverywhere(props: { readonly locale: Locale }): JSX.Element {
  const words = () => inLocale(own, props.locale).erase
  const session = openSession()
  const leave = () => {
    location.hash = erasedHash
    location.reload()
  }
  const { state, erase } = createErasure({ session, portal: town.portal.id, leave })
  const underWay = () => {
    const now = state()
    return now.kind === 'under-way' || now.kind === 'device' ? now : undefined
  }
  return (
    <section class="box erase" aria-labelledby="erase-title">
      <h2 id="erase-title">{words().title}</h2>
      <Show
        when={underWay()}
        fallback={
          <>
            <p>{words().lead}</p>
            <ul>
              <For each={words().points}>{(point) => <li>{point}</li>}</For>
            </ul>
            <p class="quiet">{words().here}</p>
            <Confirm locale={props.locale} refusal={refusalIn(state(), words())} erase={() => void erase()} />
          </>
        }
      >
        {(now) => <Progress locale={props.locale} now={now()} />}
      </Show>
    </section>
  )
}

type Words = (typeof own)['zh-Hans']['erase']

function refusalIn(state: Erasing, { faults, offline }: Words): string | undefined {
  if (state.kind !== 'refused') return undefined
  if (state.why === 'offline') return offline
  return Object.hasOwn(faults, state.why) ? faults[state.why as keyof Words['faults']] : faults.other
}

interface ConfirmProps {
  readonly locale: Locale
  readonly refusal: string | undefined
  readonly erase: () => void
}

function Confirm(props: ConfirmProps): JSX.Element {
  const words = () => inLocale(own, props.locale).erase
  const [fault, setFault] = createSignal<string>()
  const [isOnline, setOnline] = createSignal(navigator.onLine)
  addEventListener('online', () => setOnline(true))
  addEventListener('offline', () => setOnline(false))
  const submit = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): void => {
    event.preventDefault()
    const typed = String(new FormData(event.currentTarget).get('confirm') ?? '')
    const isMeant = typed.trim().toLowerCase() === words().word
    setFault(isMeant ? undefined : words().wrongWord(words().word))
    if (isMeant) props.erase()
  }
  const said = () => (isOnline() ? (fault() ?? props.refusal) : words().offline)
  return (
    <form onSubmit={submit}>
      <div class={said() ? 'field bad' : 'field'}>
        <label for="erase-confirm">{words().type(words().word)}</label>
        <input
          id="erase-confirm"
          name="confirm"
          autocomplete="off"
          autocapitalize="none"
          aria-describedby="erase-fault"
          aria-invalid={said() ? 'true' : undefined}
        />
        <p class="err" id="erase-fault" role="alert">
          {said()}
        </p>
      </div>
      <button type="submit" class="btn bad" data-act="erase" disabled={!isOnline()}>
        {words().act}
      </button>
    </form>
  )
}

function Progress(props: {
  readonly locale: Locale
  readonly now: Exclude<Erasing, { kind: 'idle' | 'refused' }>
}): JSX.Element {
  const words = () => inLocale(own, props.locale).erase
  const reached = () => (props.now.kind === 'device' ? erasureSteps.length : erasureSteps.indexOf(props.now.step))
  return (
    <div data-erasing={props.now.kind === 'device' ? 'device' : props.now.step}>
      <p role="status">
        <Switch fallback={words().progress}>
          <Match when={props.now.kind === 'device'}>{words().device}</Match>
          <Match when={props.now.kind === 'under-way' && props.now.isAway}>{words().away}</Match>
        </Switch>
      </p>
      <ol class="steps">
        <For each={erasureSteps}>
          {(step, at) => (
            <li aria-current={at() === reached() ? 'step' : undefined} data-done={at() < reached() ? '' : undefined}>
              {words().steps[step]}
            </li>
          )}
        </For>
      </ol>
    </div>
  )
}
