/** One box for everything: finds while one types, offline too. Without JavaScript it is a plain form and the server's own hits. */
import { onMount, Show } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import type { PlainFound } from '#domain/read-model.ts'
import { maxQueryLength } from '#domain/runs.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { search } from '#src/i18n/search.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { Icon } from '#src/ui/Icon.tsx'
import { createBox, type Box } from './box.ts'
import type { FinderDeps } from './finder.ts'
import { stepThroughHits } from './hit-keys.ts'
import { finderDeps } from './page-deps.ts'
import './SearchBox.css'
import { Beginning, NothingFound } from './SearchHelp.tsx'
import { PackBar } from './PackBar.tsx'
import { SearchFacets } from './SearchFacets.tsx'
import { SearchResults } from './SearchResults.tsx'

export interface SearchBoxProps {
  readonly locale: Locale
  readonly query?: string | undefined
  /** The server's hits for `query`: shown until the worker has answered. */
  readonly found?: PlainFound | undefined
  /** The server's clock, ms, for the ages of what it found. */
  readonly now?: number | undefined
  /** Another worker, wire and clock: for tests. */
  readonly deps?: FinderDeps
}

export function SearchBox(props: SearchBoxProps) {
  const box = createBox({
    ...(props.deps ?? finderDeps),
    locale: props.locale,
    served: { query: props.query ?? '', found: props.found, now: props.now ?? Date.now() },
  })
  let root: HTMLDivElement | undefined
  return (
    <div
      class="finder"
      data-search={box.state()}
      ref={(element) => (root = element)}
      onKeyDown={(event) => root && stepThroughHits(event, root, () => box.ask(''))}
    >
      <SearchForm locale={props.locale} box={box} />
      <SearchState locale={props.locale} box={box} />
      <Show
        when={box.isAsking()}
        fallback={<Beginning locale={props.locale} recent={box.recent()} choose={box.ask} forget={box.forget} />}
      >
        <SearchFacets locale={props.locale} box={box} />
        <Show when={box.shown()}>
          {(shown) => (
            <Show
              when={shown().total > 0}
              fallback={
                <Show when={shown().isFinal}>
                  <NothingFound locale={props.locale} query={shown().query} />
                </Show>
              }
            >
              <SearchResults {...shown()} locale={props.locale} onMore={box.more} onFollow={box.keep} />
            </Show>
          )}
        </Show>
      </Show>
      <PackBar locale={props.locale} box={box} />
    </div>
  )
}

interface PartProps {
  readonly locale: Locale
  readonly box: Box
}

function SearchForm(props: PartProps) {
  const words = () => inLocale(search, props.locale)
  let input: HTMLInputElement | undefined
  onMount(() => {
    props.box.wake()
    const asked = new URLSearchParams(location.search).get('q') ?? '' // without a network the page itself knows no query
    const early = input?.value || asked // a deep link, or typed before the island woke
    if (early.trim() || props.box.isAsking()) return props.box.ask(early)
    const start = () => props.box.start() // who opened this page searches: what that needs comes before the network may go
    if ('requestIdleCallback' in globalThis) requestIdleCallback(start, { timeout: 2_000 })
    else setTimeout(start, 500)
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    props.box.keep()
    props.box.ask(props.box.typed())
  }
  return (
    <form class="search" role="search" action={pathTo(props.locale).search} onSubmit={submit}>
      <Icon name="find" />
      <input
        ref={(element) => (input = element)}
        type="search"
        name="q"
        value={props.box.typed()}
        maxlength={maxQueryLength}
        placeholder={words().placeholder}
        aria-label={words().label}
        aria-describedby="search-keys"
        autocomplete="off"
        enterkeyhint="search"
        onFocus={() => props.box.start()}
        onInput={(event) => event.isComposing || props.box.type(event.currentTarget.value)}
        onCompositionEnd={(event) => props.box.type(event.currentTarget.value)}
      />
      <button>{words().submit}</button>
      <span id="search-keys" class="hush">
        {words().keys}
      </span>
    </form>
  )
}

function SearchState(props: PartProps) {
  const words = () => inLocale(search, props.locale)
  const note = () => {
    const state = props.box.state()
    if (state === 'reading') return words().reading
    if (state === 'bare') return words().bare
    return props.box.offline() ? words().keptCopy : ''
  }
  const count = () => {
    const shown = props.box.shown()
    if (!shown || shown.total === 0) return ''
    const { about, incomplete, widened } = shown.found
    const parts = [
      about ? words().foundAbout(shown.total) : words().found(shown.total),
      widened.length > 0 ? words().widened(widened.slice(0, 4)) : '',
      incomplete ? words().incomplete : '',
    ]
    return parts.filter(Boolean).join(' ')
  }
  return (
    <p role="status" class="quiet state">
      {note()} {count()}
    </p>
  )
}
