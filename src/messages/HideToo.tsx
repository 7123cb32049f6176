/** Whoever is blocked may also post: to leave his listings out is another act, offered in the same breath. */
import { createSignal, type JSX } from 'solid-js'
import type { Did } from '#domain/identity.ts'
import type { Locale } from '#domain/locale.ts'
import { messageBeside } from '#src/i18n/message-beside.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { keepTurned } from '#src/private/kept.ts'
import { createHiddenSellers } from '#src/private/sellers.ts'
import type { Session, Workspace } from '#src/sync/session.ts'

export interface HideTooProps {
  readonly locale: Locale
  readonly desk: { readonly me: Pick<Workspace, 'doc' | 'saved'>; readonly session: Pick<Session, 'now'> }
  readonly did: Did
}

export function HideToo(props: HideTooProps): JSX.Element {
  const words = () => inLocale(messageBeside, props.locale)
  const { session, me } = props.desk
  const sellers = createHiddenSellers(me)
  const [isHidden, setHidden] = createSignal(sellers.has(props.did))
  const [isFailed, setFailed] = createSignal(false)
  const act = async (): Promise<void> => {
    const hide = () => sellers.hide({ did: props.did, name: '', at: session.now() })
    const show = () => sellers.show(props.did)
    setFailed(!(await keepTurned(me, !isHidden(), [hide, show])))
    setHidden(sellers.has(props.did))
  }
  return (
    <>
      <span>
        {isHidden() ? words().hiddenToo : ''} {isFailed() ? words().notKept : ''}
      </span>
      <button class="btn" type="button" data-act={isHidden() ? 'show-too' : 'hide-too'} onClick={() => void act()}>
        {isHidden() ? words().showToo : words().hideToo}
      </button>
    </>
  )
}
