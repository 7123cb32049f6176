/** Notifications are asked for by a tap and by nothing else. */
import { createSignal, Match, Show, Switch } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { saved } from '#src/i18n/saved.ts'
import { inLocale } from '#src/i18n/strings.ts'

export function NotifyButton(props: { readonly locale: Locale }) {
  const words = inLocale(saved, props.locale)
  const isPossible = 'Notification' in globalThis && 'serviceWorker' in navigator
  const [permission, setPermission] = createSignal(isPossible ? Notification.permission : 'denied')
  const ask = async () => setPermission(await Notification.requestPermission())
  return (
    <Show when={isPossible}>
      <p class="quiet" role="status">
        <Switch>
          <Match when={permission() === 'default'}>
            <button type="button" class="btn" data-act="notify" onClick={() => void ask()}>
              {words.notify}
            </button>
          </Match>
          <Match when={permission() === 'granted'}>{words.notified}</Match>
          <Match when={permission() === 'denied'}>{words.denied}</Match>
        </Switch>
      </p>
    </Show>
  )
}
