/** Whom somebody has hidden, on the page of one's own things, each with a way back. Where there is nobody, there is no list. */
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { civilDateOf } from '#domain/time.ts'
import { dateIn } from '#src/i18n/facts.ts'
import { hiding } from '#src/i18n/hiding.ts'
import { listing } from '#src/i18n/listing.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { openSession, type Workspace } from '#src/sync/session.ts'
import { keepTurned } from './kept.ts'
import { createHiddenSellers, type HiddenSeller } from './sellers.ts'

export interface SellerListProps {
  readonly locale: Locale
  /** Another workspace than the page's own, for tests. */
  readonly me?: () => Promise<Pick<Workspace, 'doc' | 'saved'> | undefined>
}

export function SellerList(props: SellerListProps) {
  const words = () => inLocale(hiding, props.locale)
  const [list, setList] = createSignal<readonly HiddenSeller[]>([])
  const [shown, setShown] = createSignal<HiddenSeller>() // the last that was taken off the list
  const [isFailed, setFailed] = createSignal(false)
  const [turn, setTurn] = createSignal<(seller: HiddenSeller, isHidden: boolean) => void>(() => undefined)
  const nameOf = ({ name }: HiddenSeller) => name || inLocale(listing, props.locale).noName
  let isGone = false
  onCleanup(() => (isGone = true))
  onMount(async () => {
    const me = await (props.me ?? ownWorkspace)()
    if (!me || isGone) return
    const sellers = createHiddenSellers(me)
    const read = () => setList(sellers.list())
    sellers.watch(read) // for as long as the page lives
    read()
    setTurn(() => async (seller: HiddenSeller, isHidden: boolean) => {
      const isKept = await keepTurned(me, isHidden, [() => sellers.hide(seller), () => sellers.show(seller.did)])
      setFailed(!isKept)
      if (isKept) setShown(isHidden ? undefined : seller)
    })
    if (location.hash === '#hidden-sellers') document.querySelector('#hidden-sellers')?.scrollIntoView()
  })
  return (
    <Show when={list().length > 0 || shown()}>
      <section class="box" id="hidden-sellers" data-hidden-sellers aria-labelledby="hidden-title">
        <h2 id="hidden-title">{words().title}</h2>
        <p class="quiet">{words().lead}</p>
        <ul>
          <For each={list()}>
            {(seller) => (
              <li data-hidden-seller={seller.did}>
                <a class="btn plain" lang={peoplesLanguage} href={pathTo(props.locale).poster(seller.did)}>
                  {nameOf(seller)}
                </a>
                <small class="quiet">
                  {' '}
                  {words().since(dateIn(civilDateOf(seller.at, town.portal.zone), props.locale))}
                </small>{' '}
                <button
                  type="button"
                  class="btn plain"
                  data-act="show-seller"
                  aria-label={words().showOf(nameOf(seller))}
                  onClick={() => turn()(seller, false)}
                >
                  {words().show}
                </button>
              </li>
            )}
          </For>
        </ul>
        <p role="status" class="quiet">
          {isFailed() ? words().failed : ''}
          <Show when={shown()}>
            {(seller) => (
              <>
                {words().undone(nameOf(seller()))}{' '}
                <button type="button" class="btn plain" data-act="hide-again" onClick={() => turn()(seller(), true)}>
                  {words().undo}
                </button>
              </>
            )}
          </Show>
        </p>
      </section>
    </Show>
  )
}

async function ownWorkspace(): Promise<Workspace | undefined> {
  const session = openSession()
  return (await session.knownDid('person')) ? session.me() : undefined
}
