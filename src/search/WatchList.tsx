/** What somebody watches, and what is new of it: saved searches, favourites, price drops. */
import { createSignal, For, onMount, Show } from 'solid-js'
import { localePath, peoplesLanguage, type Locale } from '#domain/locale.ts'
import { yuanOfFen } from '#domain/money.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { saved } from '#src/i18n/saved.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { hiddenIds } from '#src/sync/labels.ts'
import { NotifyButton } from '#src/sync/NotifyButton.tsx'
import { openSession } from '#src/sync/session.ts'
import type { Favourite } from './favourites.ts'
import type { PriceDrop, SearchNews } from './news.ts'
import type { SavedSearch } from './saved.ts'
import type { Watch } from './watch.ts'
import { openWatch } from './watching.ts'
import './watch-list.css'

export function WatchList(props: { readonly locale: Locale }) {
  const words = inLocale(saved, props.locale)
  const [watch, setWatch] = createSignal<Watch>()
  onMount(async () => setWatch(await openWatch(props.locale)))
  return (
    <section id="watched" class="box watch-list" data-watches aria-labelledby="watched-title">
      <h2 id="watched-title">{words.title}</h2>
      <Show when={watch()} fallback={<p class="quiet">{words.none}</p>}>
        {(opened) => <Watched locale={props.locale} watch={opened()} />}
      </Show>
    </section>
  )
}

interface WatchedProps {
  readonly locale: Locale
  readonly watch: Watch
}

function Watched(props: WatchedProps) {
  const words = inLocale(saved, props.locale)
  const { searches, favourites, news } = props.watch
  const [hidden, setHidden] = createSignal<ReadonlySet<string>>()
  onMount(async () => setHidden(await hiddenIds()))
  const [kept, setKept] = createSignal({ searches: searches.list(), favourites: favourites.list() })
  const read = () => setKept({ searches: searches.list(), favourites: favourites.list() })
  searches.watch(read) // for as long as the page lives, as the watch itself
  favourites.watch(read)
  const newsOf = ({ address }: SavedSearch) => news()?.searches.find(({ search }) => search.address === address)
  const dropOf = ({ id }: Favourite) => news()?.drops.find((drop) => drop.id === id)
  return (
    <Show when={kept().searches.length + kept().favourites.length > 0} fallback={<p class="quiet">{words.none}</p>}>
      <p class="quiet">{words.lead}</p>
      <ul>
        <For each={kept().searches}>
          {(search) => <SearchRow locale={props.locale} watch={props.watch} search={search} news={newsOf(search)} />}
        </For>
      </ul>
      <Show when={hidden() && kept().favourites.length > 0}>
        <h3>{words.favourites}</h3>
        <ul>
          <For each={kept().favourites}>
            {(one) => (
              <FavouriteRow
                locale={props.locale}
                watch={props.watch}
                favourite={one}
                drop={dropOf(one)}
                isRemoved={hidden()?.has(one.id) ?? false}
              />
            )}
          </For>
        </ul>
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

interface FavouriteRowProps extends WatchedProps {
  readonly favourite: Favourite
  readonly drop: PriceDrop | undefined
  /** By the moderators: then its words are not shown either. */
  readonly isRemoved: boolean
}

function FavouriteRow(props: FavouriteRowProps) {
  const words = inLocale(saved, props.locale)
  const yuan = (fen: number) => `¥${yuanOfFen(fen)}`
  const seen = () => {
    const { drop, favourite } = props
    if (drop) props.watch.favourites.keep({ ...favourite, priceFen: drop.toFen })
  }
  return (
    <li data-favourite={props.favourite.id}>
      <p>
        <Show when={!props.isRemoved} fallback={<span data-removed>{words.removed}</span>}>
          <a
            class="link name"
            lang={peoplesLanguage}
            href={pathTo(props.locale).listing(props.favourite.id)}
            onClick={seen}
          >
            {props.favourite.title}
          </a>
        </Show>{' '}
        <Show when={props.drop}>
          {(drop) => <small class="fresh">{words.cheaper(yuan(drop().fromFen), yuan(drop().toFen))}</small>}
        </Show>
      </p>
      <div class="btns">
        <Show when={props.drop}>
          <button
            type="button"
            class="btn"
            data-act="seen"
            aria-label={words.seenOf(props.favourite.title)}
            onClick={seen}
          >
            {words.seen}
          </button>
        </Show>
        <button
          type="button"
          class="btn plain"
          aria-label={words.dropOf(props.isRemoved ? words.removed : props.favourite.title)}
          onClick={() => props.watch.favourites.drop(props.favourite.id)}
        >
          {words.drop}
        </button>
      </div>
    </li>
  )
}
