/** The state behind the search box: what is typed, what was found for it, and the address that follows. */
import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { PlainFound } from '#domain/read-model.ts'
import type { Group } from '#domain/group.ts'
import { pathTo } from '#src/i18n/paths.ts'
import type { Locale } from '#domain/locale.ts'
import { createFinder, type Finder, type FinderDeps, type FinderState } from './finder.ts'
import type { PackState } from './messages.ts'
import { addressOf, readAddress } from './address.ts'
import type { Asked, Chips, Facets, Found, Hit, Sort } from './asked.ts'
import { forgetRecent, readRecent, remember } from './recent.ts'
import { suggestionsFor, type Suggestion } from './suggestions.ts'

const pauseMs = 120
const moreAtOnce = 20

export interface Served {
  readonly query: string
  readonly found: PlainFound | undefined
  /** What to mark in it, which needs more code than a page has. */
  readonly marks: readonly string[]
  readonly now: number
}

export interface BoxDeps extends FinderDeps {
  readonly locale: Locale
  /** What the server was asked, what it found, and its clock (ms) then. */
  readonly served: Served
}

/** What is on show: hits, the query they answer, the time their ages count from. */
export interface Shown {
  readonly query: string
  readonly found: Found
  readonly total: number
  readonly now: number
  readonly hasMore: boolean
  /** Whether "nothing" is said; a newer answer may be on its way. */
  readonly isFinal: boolean
}

export interface Box {
  readonly typed: Accessor<string>
  readonly state: Accessor<FinderState>
  readonly offline: Accessor<boolean>
  readonly shown: Accessor<Shown | undefined>
  readonly finder: Finder
  readonly suggestions: Accessor<readonly Suggestion[]>
  readonly chips: Accessor<Chips>
  readonly sort: Accessor<Sort>
  readonly facets: Accessor<Facets | undefined>
  readonly pack: Accessor<PackState | undefined>
  /** Whether there is anything to look for: a word or a chip. */
  readonly isAsking: Accessor<boolean>
  choose(chips: Chips): void
  order(sort: Sort): void
  /** Somebody is about to narrow: from now on answers come with counts, which may need much more of the edition. */
  count(): void
  take(suggestion: Suggestion): void
  /** Looks once more for what could not be had. */
  again(): void
  keepTown(): void
  stopKeeping(): void
  letTownGo(): void
  /** Looks for it after a short pause, so that a word typed is one question. */
  type(query: string): void
  ask(query: string): void
  more(group: Group): void
  start(): void
  /** Called in the browser only: reads what this device remembers, what the address asks, and what was typed before the island woke. */
  wake(typedEarly: string): void
  keep(): void
  forget(): void
}

export function createBox(deps: BoxDeps): Box {
  const finder = createFinder(deps)
  const [typed, setTyped] = createSignal(deps.served.query)
  const [chips, setChips] = createSignal<Chips>({})
  const [sort, setSort] = createSignal<Sort>('best')
  const [recent, setRecent] = createSignal<readonly string[]>([])
  let limits: NonNullable<Asked['limits']> = {}
  let counts = false
  let pause: ReturnType<typeof setTimeout> | undefined
  const isAsking = () => typed().trim() !== '' || Object.keys(chips()).length > 0
  const shown = createShown(deps, typed, isAsking, finder)
  onCleanup(() => clearTimeout(pause))

  const look = () => {
    clearTimeout(pause)
    const query = typed().trim()
    const address = addressOf({ query, chips: chips(), sort: sort() })
    history.replaceState(history.state, '', pathTo(deps.locale).search + (address && `?${address}`))
    if (isAsking()) finder.ask({ query, locale: deps.locale, chips: chips(), sort: sort(), limits, facets: counts })
  }
  const ask = (query: string) => {
    setTyped(query)
    look()
  }
  createEffect(on([chips, sort], () => ((limits = {}), look()), { defer: true }))
  return {
    typed,
    state: finder.state,
    offline: () => finder.state() !== 'idle' && deps.offline(),
    shown,
    finder,
    suggestions: createMemo(() => suggestionsFor(typed(), recent(), deps.locale)),
    chips,
    sort,
    facets: finder.facets,
    pack: finder.pack,
    isAsking,
    choose: (next) => setChips((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next)),
    order: setSort,
    count() {
      if (counts) return
      counts = true
      look()
    },
    keepTown: finder.keep,
    stopKeeping: finder.stop,
    letTownGo: finder.letGo,
    again() {
      finder.look()
      look()
    },
    take(suggestion) {
      if (suggestion.kind === 'recent') return ask(suggestion.text)
      setTyped('')
      setChips({ category: suggestion.id })
    },
    ask,
    start: finder.start,
    type(query) {
      setTyped(query)
      clearTimeout(pause)
      limits = {}
      pause = setTimeout(look, pauseMs)
    },
    more(group) {
      const held = shown()?.found.hits.filter((hit) => hit.group === group).length ?? 0
      limits = { ...limits, [group]: held + moreAtOnce }
      look()
    },
    wake(typedEarly) {
      setRecent(readRecent())
      const asked = readAddress(new URLSearchParams(location.search))
      setSort(asked.sort)
      setChips(asked.chips)
      if (typedEarly || asked.query) setTyped(typedEarly || asked.query) // without a network the page itself knows no query
      if (isAsking()) return look()
      // who opened this page searches: what that needs comes before the network may go
      if ('requestIdleCallback' in globalThis) requestIdleCallback(finder.start, { timeout: 2_000 })
      else setTimeout(finder.start, 500)
    },
    keep: () => setRecent(remember(typed())),
    forget: () => setRecent(forgetRecent()),
  }
}

/** The server's hits hold only for the query it was asked, and only until this device has the wire and an answer. */
function createShown(
  { served, now, locale }: BoxDeps,
  typed: Accessor<string>,
  isAsking: Accessor<boolean>,
  finder: Pick<Finder, 'answer' | 'state' | 'isBehind'>,
): Accessor<Shown | undefined> {
  const serverFound = served.found && { ...foundOf(served.found, locale), marks: served.marks }
  return createMemo(() => {
    if (!isAsking()) return undefined
    const answer = finder.answer()
    const waits = typed() === served.query && (!answer || finder.isBehind() || finder.state() !== 'ready')
    if (serverFound && waits)
      return {
        query: served.query,
        found: serverFound,
        total: totalOf(serverFound),
        now: served.now,
        hasMore: false,
        isFinal: true, // until this device has an answer of its own
      }
    return answer && { ...answer, total: totalOf(answer.found), now: now(), hasMore: true, isFinal: !finder.isBehind() }
  })
}

const totalOf = ({ counts }: Found): number => Object.values(counts).reduce((sum, n) => sum + n, 0)

/** What a page shows of the server's answer in brief; without marks, which the server makes of it. */
export function foundOf({ lines, printed }: PlainFound, locale: Locale): Omit<Found, 'marks'> {
  const listings = lines.map((line) => ({ ...line, text: '', fields: line.fields ?? {} }))
  const hits = [
    ...listings.map((entry): Hit => ({ ...entry, group: 'listing', excerpt: '', entry })),
    ...printed.map((entry): Hit => {
      const { title, text } = entry.words[locale] ?? entry.words['zh-Hans'] // not by search-entry.ts, which brings the stemmer
      return { ...entry, title, excerpt: text, entry }
    }),
  ]
  const counts = { listing: 0, guide: 0, notice: 0, directory: 0 }
  for (const { group } of hits) counts[group]++
  return { hits, counts, about: false, incomplete: false, widened: [] }
}
