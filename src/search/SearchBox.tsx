/** One box for everything: finds while one types, offline too. Without JavaScript it is a plain form and the server's own hits. */
import { createEffect, createSignal, Show } from 'solid-js'
import { gapIn, peoplesLanguage, type Locale } from '#domain/locale.ts'
import type { PlainFound } from '#domain/read-model.ts'
import { search } from '#src/i18n/search.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { createBox, type Box } from './box.ts'
import type { FinderDeps } from './finder.ts'
import { stepThroughHits } from './hit-keys.ts'
import { finderDeps } from './page-deps.ts'
import './SearchBox.css'
import { SearchField } from './SearchField.tsx'
import { NothingFound } from './SearchHelp.tsx'
import { SearchResults } from './SearchResults.tsx'

export interface SearchBoxProps {
  readonly locale: Locale
  readonly query?: string | undefined
  /** The server's hits for `query`: shown until the worker has answered. */
  readonly found?: PlainFound | undefined
  /** What to mark in them. */
  readonly marks?: readonly string[] | undefined
  /** The server's clock, ms, for the ages of what it found. */
  readonly now?: number | undefined
  /** Another worker, wire and clock: for tests. */
  readonly deps?: FinderDeps
}

type Loaded = typeof import('./extras.ts')
type Extras = Loaded & { readonly likes: ReturnType<Loaded['openLikes']> }

export function SearchBox(props: SearchBoxProps) {
  const box = createBox({
    ...(props.deps ?? finderDeps),
    locale: props.locale,
    served: { query: props.query ?? '', found: props.found, marks: props.marks ?? [], now: props.now ?? Date.now() },
  })
  const [extras, setExtras] = createSignal<Extras>() // what narrows, keeps and watches comes after the box
  createEffect(() => {
    if (box.state() === 'idle' || extras()) return
    void import('./extras.ts')
      .then((loaded) => setExtras({ ...loaded, likes: loaded.openLikes(props.locale, box.finder) }))
      .catch(() => undefined)
  })
  let root: HTMLDivElement | undefined
  return (
    <div
      class="finder"
      data-search={box.state()}
      data-watches
      ref={(element) => (root = element)}
      onKeyDown={(event) => root && stepThroughHits(event, root, () => box.ask(''))}
    >
      <SearchField locale={props.locale} box={box} />
      <div class="told">
        <SearchState locale={props.locale} box={box} />
        <Show when={box.isAsking() && extras()}>
          {(loaded) => loaded().SaveSearch({ locale: props.locale, box, likes: loaded().likes })}
        </Show>
      </div>
      <Show when={box.isAsking()} fallback={<p class="quiet">{inLocale(search, props.locale).start}</p>}>
        <div class="narrow-place">
          <Show when={extras()}>{(loaded) => loaded().SearchFacets({ locale: props.locale, box })}</Show>
        </div>
        <Show when={isWaiting(box)}>
          <p class="panel waiting">{inLocale(search, props.locale).looking}</p>
        </Show>
        <Show when={box.shown()}>
          {(shown) => (
            <Show
              when={shown().total > 0}
              fallback={
                <Show when={shown().isFinal && !shown().found.incomplete}>
                  <NothingFound locale={props.locale} query={shown().query} />
                </Show>
              }
            >
              <SearchResults
                {...shown()}
                locale={props.locale}
                extras={extras()}
                onMore={box.more}
                onFollow={box.keep}
              />
            </Show>
          )}
        </Show>
      </Show>
      <div class="pack-place">
        <Show when={extras()}>{(loaded) => loaded().PackBar({ locale: props.locale, box })}</Show>
      </div>
    </div>
  )
}

/** There is neither an answer nor a reason why there is none. */
function isWaiting(box: Box): boolean {
  const shown = box.shown()
  if (!shown) return box.state() === 'reading' || box.state() === 'ready'
  return shown.total === 0 && !shown.isFinal && !shown.found.incomplete
}

interface StateProps {
  readonly locale: Locale
  readonly box: Box
}

function SearchState(props: StateProps) {
  const words = () => inLocale(search, props.locale)
  const note = () => {
    const state = props.box.state()
    if (state === 'reading') return words().reading
    if (state === 'bare') return words().bare
    if (state === 'preparing') return words().preparing
    return props.box.offline() ? words().keptCopy : ''
  }
  const found = () => props.box.shown()?.found
  const count = () => {
    const shown = props.box.shown()
    if (!shown) return ''
    if (shown.total === 0) return shown.found.incomplete ? words().incomplete : ''
    const { about, incomplete } = shown.found
    const total = about ? words().foundAbout(shown.total) : words().found(shown.total)
    return incomplete ? `${total} · ${words().incomplete}` : total
  }
  /** Who reads Chinese is told the Chinese ones. */
  const widened = () =>
    (found()?.widened ?? []).filter((word) => props.locale === 'en' || /\p{sc=Han}/u.test(word)).slice(0, 4)
  return (
    <div class="state">
      <p role="status" class="quiet">
        {[note(), count()].filter(Boolean).join(gapIn(props.locale))}
        <Show when={widened().length > 0}>
          {` · ${words().widened}`}
          <span lang={peoplesLanguage}>{widened().join(words().comma)}</span>
        </Show>
      </p>
      <Show when={found()?.incomplete || props.box.state() === 'bare'}>
        <button type="button" class="btn plain" data-act="again" onClick={() => props.box.again()}>
          {words().again}
        </button>
      </Show>
    </div>
  )
}
