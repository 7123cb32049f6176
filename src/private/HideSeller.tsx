/** Hides whoever posts from lists, and takes it back: on his listings and on his own page. Loaded by the tap, or where he is hidden. */
import { createSignal, Show } from 'solid-js'
import { render } from 'solid-js/web'
import type { Locale } from '#domain/locale.ts'
import { hiding } from '#src/i18n/hiding.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { blockedMap } from '#src/sync/blocked.ts'
import { openSession, type Session, type Workspace } from '#src/sync/session.ts'
import { createHiddenSellers } from './sellers.ts'

export interface HideSellerProps {
  readonly locale: Locale
  readonly did: string
  readonly name: string
  readonly me: Pick<Workspace, 'doc' | 'saved'>
  readonly now: () => number
}

export function HideSeller(props: HideSellerProps) {
  const words = () => inLocale(hiding, props.locale)
  const sellers = createHiddenSellers(props.me)
  const [isHidden, setHidden] = createSignal(sellers.has(props.did))
  const [told, setTold] = createSignal('')
  const blocked = props.me.doc.getMap<string>(blockedMap)
  const [isBlocked, setBlocked] = createSignal(blocked.has(props.did))
  blocked.observe(() => setBlocked(blocked.has(props.did)))
  const block = () => {
    if (isBlocked()) blocked.delete(props.did)
    else blocked.set(props.did, String(props.now()))
  }
  sellers.watch(() => setHidden(sellers.has(props.did))) // for as long as the page lives
  const turn = async () => {
    if (isHidden()) sellers.show(props.did)
    else sellers.hide({ did: props.did, name: props.name, at: props.now() })
    const { ok } = await props.me.saved()
    setTold(ok ? (isHidden() ? '' : words().shown) : words().failed)
  }
  return (
    <div class="hide-seller" data-hidden={isHidden()}>
      <p role="status" classList={{ hint: isHidden(), calm: isHidden(), quiet: !isHidden() }}>
        {isHidden() ? words().hidden : ''} {isHidden() && isBlocked() ? words().blockedToo : ''} {told()}
      </p>
      <div class="btns">
        <button
          type="button"
          class="btn plain"
          data-act={isHidden() ? 'show-seller' : 'hide-seller'}
          onClick={() => void turn()}
        >
          {isHidden() ? words().show : words().hide}
        </button>
        <Show when={isHidden()}>
          <button type="button" class="btn plain" data-act={isBlocked() ? 'unblock-too' : 'block-too'} onClick={block}>
            {isBlocked() ? words().unblockToo : words().blockToo}
          </button>
          <a class="btn plain" href={`${pathTo(props.locale).me}#hidden-sellers`}>
            {words().manage}
          </a>
        </Show>
      </div>
    </div>
  )
}

/** In the place of the button that stands in the page. @param act `hide`: it was tapped */
export async function showHiding(slot: HTMLElement, act: 'hide' | 'tell'): Promise<void> {
  const locale = document.documentElement.lang as Locale
  const words = inLocale(hiding, locale)
  const { hideSeller: did = '', name = '' } = slot.dataset
  const session = openSession()
  const refusal = session.readOnly ? words.readOnly : (await isOwn(session, did)) ? words.own : undefined
  const me = refusal ? undefined : await session.me()
  if (me && act === 'hide') {
    createHiddenSellers(me).hide({ did, name, at: session.now() })
    await me.saved() // who goes on at once finds it done
  }
  const hadFocus = slot.contains(document.activeElement)
  slot.replaceChildren()
  render(
    () =>
      me ? (
        <HideSeller locale={locale} did={did} name={name} me={me} now={() => session.now()} />
      ) : (
        <p class="hint calm" role="status">
          {refusal}
        </p>
      ),
    slot,
  )
  if (hadFocus) slot.querySelector('button')?.focus()
}

async function isOwn({ knownDid }: Session, did: string): Promise<boolean> {
  return (await Promise.all([knownDid('person'), knownDid('friends')])).some((own) => own === did)
}
