/** Whoever is blocked may also post: to leave his listings out is another act, offered in the same breath. */
import { createResource, createSignal, Show, type JSX } from 'solid-js'
import type { Did } from '#domain/identity.ts'
import type { Locale } from '#domain/locale.ts'
import { messageBeside } from '#src/i18n/message-beside.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { createHiddenSellers } from '#src/private/sellers.ts'
import type { Desk } from './desk.ts'

export function HideToo(props: { readonly locale: Locale; readonly desk: Desk; readonly did: Did }): JSX.Element {
  const words = () => inLocale(messageBeside, props.locale)
  const [opened] = createResource(() => props.desk.session.me().then(createHiddenSellers))
  const [turned, turn] = createSignal(0)
  const isHidden = () => (turned(), opened()?.has(props.did) === true)
  const act = (): void => {
    if (isHidden()) opened()?.show(props.did)
    else opened()?.hide({ did: props.did, name: '', at: props.desk.session.now() })
    turn(turned() + 1)
  }
  return (
    <Show when={opened()}>
      <span>{isHidden() ? words().hiddenToo : ''}</span>
      <button class="btn" type="button" data-act={isHidden() ? 'show-too' : 'hide-too'} onClick={act}>
        {isHidden() ? words().showToo : words().hideToo}
      </button>
    </Show>
  )
}
