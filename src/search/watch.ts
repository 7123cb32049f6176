/** Watches for somebody, on his device: asks the search worker about each saved search and favourite whenever what can be found has changed. */
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import type { Entry } from '#domain/entry.ts'
import { isHiddenSeller } from '#src/sync/hidden-seller.ts'
import type { Workspace } from '#src/sync/session.ts'
import { hiddenStyleKey } from '#src/ui/hidden-key.ts'
import { readAddress } from './address.ts'
import type { Found } from './asked.ts'
import { createFavourites, type Favourite, type Favourites } from './favourites.ts'
import type { Finder } from './finder.ts'
import type { Sought } from './match.ts'
import { countOf, dropsOf, newsOf, type News } from './news.ts'
import { createSavedSearches, type SavedSearches } from './saved.ts'

export interface WatchDeps {
  readonly finder: Pick<Finder, 'match' | 'changes'>
  readonly me: Pick<Workspace, 'doc' | 'saved'>
  readonly locale: Locale
  readonly now: () => number
  readonly heard: (watched: { readonly watched: number; readonly fresh: number; readonly news: News }) => void
}

export interface Watch {
  readonly searches: SavedSearches
  readonly favourites: Favourites
  /** Resolves when what is watched until now is on the disk, or cannot be. */
  saved: Workspace['saved']
  /** Undefined until it was looked for the first time. */
  readonly news: Accessor<News | undefined>
  /** Of the favourites those that are found, as they are now; none until it was looked for the first time. */
  readonly current: Accessor<readonly Entry[]>
  /** These listings as they are now, as far as this device can tell; undefined when it has nothing to look in. */
  entriesOf(listings: readonly Sought[]): Promise<readonly Entry[] | undefined>
}

const pauseMs = 400
const mostHits = { listing: 20, guide: 5, notice: 5, directory: 0 }

export function createWatch({ finder, me, locale, now, heard }: WatchDeps): Watch {
  const searches = createSavedSearches(me)
  const favourites = createFavourites(me)
  const [news, setNews] = createSignal<News>()
  const [current, setCurrent] = createSignal<readonly Entry[]>([])
  const [asked, ask] = createSignal(0)
  let round = 0
  let pause: ReturnType<typeof setTimeout> | undefined

  const look = async () => {
    const mine = ++round
    const [saved, liked] = [searches.list(), favourites.list()]
    const questions = saved.map(({ address }) => {
      const { query, chips } = readAddress(new URLSearchParams(address))
      return { query, chips, locale, now: now(), sort: 'newest' as const, limits: mostHits }
    })
    const isIdle = saved.length + liked.length === 0
    const matched = isIdle ? undefined : await finder.match({ searches: questions, listings: liked }, locale)
    if (mine !== round || (!matched && !isIdle)) return // asked again meanwhile, or nothing to ask
    const found = {
      searches: newsOf(saved, (matched?.found ?? []).map(withoutHidden)),
      drops: dropsOf(liked, matched?.listings ?? []),
    }
    setNews(found)
    setCurrent(matched?.listings ?? [])
    for (const one of liked) learnCover(one, matched?.listings ?? [])
    heard({ watched: saved.length + liked.length, fresh: countOf(found), news: found })
  }
  /** Only where none is known: two devices of different days would take turns in correcting each other. */
  const learnCover = (one: Favourite, listings: readonly Entry[]) => {
    const cover = listings.find(({ id }) => id === one.id)?.cover
    if (cover && !one.cover && one.title !== '' && favourites.has(one.id)) favourites.keep({ ...one, cover })
  }
  const again = () => ask((n) => n + 1)
  createEffect(
    on([asked, finder.changes], () => {
      clearTimeout(pause)
      pause = setTimeout(() => void look(), pauseMs) // a burst of changes is one look
    }),
  )
  const leave = [searches.watch(again), favourites.watch(again)]
  addEventListener(hiddenStyleKey, again)
  onCleanup(() => {
    clearTimeout(pause)
    leave.forEach((stop) => stop())
    removeEventListener(hiddenStyleKey, again)
  })
  return {
    searches,
    favourites,
    saved: me.saved,
    news,
    current,
    entriesOf: async (listings) => (await finder.match({ searches: [], listings }, locale))?.listings,
  }
}

/** Whom somebody has hidden is no news to him. */
const withoutHidden = (found: Found): Found => ({
  ...found,
  hits: found.hits.filter(({ entry }) => !('author' in entry && isHiddenSeller(entry.author))),
})
