/** Notifications are asked for by a tap and by nothing else. */
import { createSignal, Match, Show, Switch } from 'solid-js'

export interface NotifyButtonProps {
  /** What it says on the button, when it was allowed, and when it was not. */
  readonly says: { readonly notify: string; readonly notified?: string; readonly denied?: string }
}

export function NotifyButton(props: NotifyButtonProps) {
  const isPossible = 'Notification' in globalThis && 'serviceWorker' in navigator
  const [permission, setPermission] = createSignal(isPossible ? Notification.permission : 'denied')
  const ask = async () => setPermission(await Notification.requestPermission())
  return (
    <Show when={isPossible}>
      <p class="quiet" role="status">
        <Switch>
          <Match when={permission() === 'default'}>
            <button type="button" class="btn" data-act="notify" onClick={() => void ask()}>
              {props.says.notify}
            </button>
          </Match>
          <Match when={permission() === 'granted'}>{props.says.notified}</Match>
          <Match when={permission() === 'denied'}>{props.says.denied}</Match>
        </Switch>
      </p>
    </Show>
  )
}
