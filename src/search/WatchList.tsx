/** What somebody watches, and what is new of it: saved searches, favourites, price drops. */
import { createSignal, For, onMount, Show } from 'solid-js'
import { localePath, peoplesLanguage, type Locale } from '#domain/locale.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { saved } from '#src/i18n/saved.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { createNotes, type Note, type Notes } from '#src/private/notes.ts'
import { loadHidden } from '#src/sync/labels.ts'
import { NotifyButton } from '#src/sync/NotifyButton.tsx'
import { openSession } from '#src/sync/session.ts'
import { Favourites } from './FavouriteRows.tsx'
import type { Favourite } from './favourites.ts'
import type { SearchNews } from './news.ts'
import type { SavedSearch } from './saved.ts'
import type { Watch } from './watch.ts'
import { openWatch } from './watching.ts'
import './watch-list.css'

export function WatchList(props: { readonly locale: Locale }) {
  const words = inLocale(saved, props.locale)
  const [own, setOwn] = createSignal<Own>()
  onMount(async () => {
    const [watch, me] = await Promise.all([openWatch(props.locale), openSession().me()])
    setOwn({ watch, notes: createNotes(me) })
  })
  return (
    <section id="watched" class="box watch-list" data-watches aria-labelledby="watched-title">
      <h2 id="watched-title">{words.title}</h2>
      <Show when={own()} fallback={<p class="quiet">{words.none}</p>}>
        {(opened) => <Watched locale={props.locale} {...opened()} />}
      </Show>
    </section>
  )
}

interface Kept {
  readonly searches: readonly SavedSearch[]
  readonly favourites: readonly Favourite[]
  /** Listings with a note that are no favourites; one whose note is taken away stays, as long as the page does, so that it can be undone. */
  readonly noted: readonly Favourite[]
}
const plain = ({ id, title }: Note): Favourite => ({ id, title, priceFen: null })

/** Each once, and as it was before where it says the same: a row in which somebody writes is not made anew. */
function same(before: readonly Favourite[], next: readonly Favourite[]): readonly Favourite[] {
  const once = [...new Map([...next].reverse().map((one) => [one.id, one])).values()].reverse()
  return once.map(
    (one) =>
      before.find(
        ({ id, title, priceFen, cover }) =>
          id === one.id && title === one.title && priceFen === one.priceFen && cover === one.cover,
      ) ?? one,
  )
}

interface Own {
  readonly watch: Watch
  readonly notes: Notes
}
interface WatchedProps {
  readonly locale: Locale
  readonly watch: Watch
}

function Watched(props: WatchedProps & Own) {
  const words = inLocale(saved, props.locale)
  const { searches, favourites, news } = props.watch
  const { notes } = props
  const [hidden, setHidden] = createSignal<ReadonlySet<string>>()
  onMount(async () => {
    const known = await loadHidden()
    setHidden(known?.ids ?? new Set<string>())
    for (const one of favourites.list())
      if (known?.gone.has(one.id) && one.title !== '') favourites.keep({ id: one.id, title: '', priceFen: null }) // erased here too
    for (const one of notes.list())
      if (known?.gone.has(one.id) && one.title !== '') notes.write({ ...one, title: '' }, one.at) // what was noted is one's own
  })
  const [kept, setKept] = createSignal<Kept>({ searches: [], favourites: [], noted: [] })
  const read = () =>
    setKept((before) => ({
      searches: searches.list(),
      favourites: same(before.favourites, favourites.list()),
      noted: same(before.noted, [...notes.list().map(plain), ...before.noted]).filter(({ id }) => !favourites.has(id)),
    }))
  read()
  for (const watched of [searches, favourites, notes]) watched.watch(read) // for as long as the page lives, as the watch itself
  const newsOf = ({ address }: SavedSearch) => news()?.searches.find(({ search }) => search.address === address)
  return (
    <Show
      when={kept().searches.length + kept().favourites.length + kept().noted.length > 0}
      fallback={<p class="quiet">{words.none}</p>}
    >
      <p class="quiet">{words.lead}</p>
      <ul>
        <For each={kept().searches}>
          {(search) => <SearchRow locale={props.locale} watch={props.watch} search={search} news={newsOf(search)} />}
        </For>
      </ul>
      <Show when={hidden()}>
        {(removed) => (
          <Favourites
            locale={props.locale}
            watch={props.watch}
            notes={notes}
            favourites={kept().favourites}
            noted={kept().noted}
            removed={removed()}
          />
        )}
      </Show>
      <NotifyButton says={words} />
    </Show>
  )
}

interface SearchRowProps extends WatchedProps {
  readonly search: SavedSearch
  readonly news: SearchNews | undefined
}

const mostShown = 5

function SearchRow(props: SearchRowProps) {
  const words = inLocale(saved, props.locale)
  const hits = () => props.news?.hits ?? []
  const seen = () => props.watch.searches.see(props.search.address, Math.max(openSession().now(), hits()[0]?.at ?? 0))
  const href = () => `${pathTo(props.locale).search}?${props.search.address}&sort=newest`
  const hrefOf = ({ id, entry }: SearchNews['hits'][number]) =>
    'href' in entry
      ? entry.href.startsWith('/')
        ? localePath(props.locale, entry.href)
        : entry.href
      : pathTo(props.locale).listing(id)
  return (
    <li data-search-row={props.search.address}>
      <p>
        <a class="link name" href={href()} onClick={seen}>
          {props.search.name}
        </a>{' '}
        <Show when={props.news} fallback={<small>{words.looking}</small>}>
          <small classList={{ fresh: hits().length > 0 }} data-fresh={hits().length}>
            {hits().length > 0 ? words.fresh(hits().length) : words.nothingNew}
          </small>
        </Show>
      </p>
      <Show when={hits().length > 0}>
        <ul>
          <For each={hits().slice(0, mostShown)}>
            {(hit) => (
              <li>
                <a class="link" lang={peoplesLanguage} href={hrefOf(hit)}>
                  {hit.title}
                </a>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <div class="btns">
        <Show when={hits().length > 0}>
          <button type="button" class="btn" data-act="seen" aria-label={words.seenOf(props.search.name)} onClick={seen}>
            {words.seen}
          </button>
        </Show>
        <button
          type="button"
          class="btn plain"
          data-act="drop-search"
          aria-label={words.dropOf(props.search.name)}
          onClick={() => props.watch.searches.drop(props.search.address)}
        >
          {words.drop}
        </button>
      </div>
    </li>
  )
}
