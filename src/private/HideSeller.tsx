/** Hides whoever posts from lists, and takes it back: on his listings and on his own page. Loaded by the tap, or where he is hidden. */
import { createSignal, Show } from 'solid-js'
import { render } from 'solid-js/web'
import type { Locale } from '#domain/locale.ts'
import { hiding as hidingWords } from '#src/i18n/hiding.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { blockedMap } from '#src/sync/blocked.ts'
import { openSession, type Session, type Workspace } from '#src/sync/session.ts'
import { keepTurned, type Ways } from './kept.ts'
import { createHiddenSellers } from './sellers.ts'

export interface HideSellerProps {
  readonly locale: Locale
  readonly did: string
  readonly name: string
  readonly me: Pick<Workspace, 'doc' | 'saved'>
  readonly now: () => number
  /** It was tapped already. */
  readonly begins?: boolean
}

export function HideSeller(props: HideSellerProps) {
  const words = () => inLocale(hidingWords, props.locale)
  const sellers = createHiddenSellers(props.me)
  const [isHidden, setHidden] = createSignal(sellers.has(props.did))
  const [told, setTold] = createSignal('')
  const blocked = props.me.doc.getMap<string>(blockedMap)
  const [isBlocked, setBlocked] = createSignal(blocked.has(props.did))
  const read = () => {
    setHidden(sellers.has(props.did))
    setBlocked(blocked.has(props.did))
  }
  const readWhenKept = async () => {
    await Promise.resolve() // a change is due to be saved only when all who observe it have heard of it
    if ((await props.me.saved()).ok) read()
  }
  blocked.observe(() => void readWhenKept())
  sellers.watch(() => void readWhenKept()) // for as long as the page lives
  const hiding: Ways = [
    () => sellers.hide({ did: props.did, name: props.name, at: props.now() }),
    () => sellers.show(props.did),
  ]
  const blocking: Ways = [() => blocked.set(props.did, String(props.now())), () => blocked.delete(props.did)]
  const turn = async (isOn: boolean, ways: Ways, says = '') => {
    const isKept = await keepTurned(props.me, isOn, ways)
    read()
    setTold(isKept ? says : words().failed)
  }
  const turnHiding = () => void turn(!isHidden(), hiding, isHidden() ? words().shown : '')
  const turnBlock = () => void turn(!isBlocked(), blocking)
  if (props.begins && !isHidden()) turnHiding()
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
          onClick={turnHiding}
        >
          {isHidden() ? words().show : words().hide}
        </button>
        <Show when={isHidden()}>
          <button
            type="button"
            class="btn plain"
            data-act={isBlocked() ? 'unblock-too' : 'block-too'}
            onClick={turnBlock}
          >
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
  const words = inLocale(hidingWords, locale)
  const { hideSeller: did = '', name = '' } = slot.dataset
  const session = openSession()
  const refusal = session.readOnly ? words.readOnly : (await isOwn(session, did)) ? words.own : undefined
  const me = refusal ? undefined : await session.me()
  const hadFocus = slot.contains(document.activeElement)
  slot.replaceChildren()
  render(
    () =>
      me ? (
        <HideSeller locale={locale} did={did} name={name} me={me} now={() => session.now()} begins={act === 'hide'} />
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
