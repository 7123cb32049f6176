/** What every moderators' page opens with: a session that may write, a key, and the bench that is made for it. */
import { createSignal, getOwner, onMount, runWithOwner, Show, type JSX } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { moderator } from '#src/i18n/moderator.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { openSession, type Session } from '#src/sync/session.ts'

interface WithBenchProps<Bench> {
  readonly locale: Locale
  /** @returns undefined where this browser has no key */
  readonly open: (session: Session) => Promise<{ readonly make: () => Bench } | undefined>
  readonly children: (bench: Bench) => JSX.Element
}

export function WithBench<Bench>(props: WithBenchProps<Bench>) {
  const words = () => inLocale(moderator, props.locale)
  const session = openSession()
  const owner = getOwner()
  const [bench, setBench] = createSignal<Bench>()
  const [hasKey, setHasKey] = createSignal(true)
  onMount(async () => {
    if (session.readOnly) return
    const opened = await props.open(session)
    setHasKey(opened !== undefined)
    if (opened) setBench(() => runWithOwner(owner, () => opened.make()))
  })
  return (
    <Show when={!session.readOnly} fallback={<p class="hint">{words().readOnly}</p>}>
      <Show when={hasKey()} fallback={<p class="hint calm">{words().noKey}</p>}>
        <Show when={bench()} fallback={<p role="status">{words().loading}</p>}>
          {(opened) => props.children(opened())}
        </Show>
      </Show>
    </Show>
  )
}
