/** The state behind the search box: what is typed, what was found for it, and the address that follows. */
import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { Line } from '#domain/entry.ts'
import type { PlainFound } from '#domain/read-model.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import type { Group } from '#domain/group.ts'
import { pathTo } from '#src/i18n/paths.ts'
import type { Locale } from '#domain/locale.ts'
import { createFinder, type Finder, type FinderDeps, type FinderState } from './finder.ts'
import type { PackState } from './messages.ts'
import { sorts, type Asked, type Chips, type Facets, type Found, type Hit, type Sort } from './asked.ts'
import { forgetRecent, readRecent, remember } from './recent.ts'

const pauseMs = 120
const moreAtOnce = 20

export interface BoxDeps extends FinderDeps {
  readonly locale: Locale
  /** What the server was asked, what it found, and its clock (ms) then. */
  readonly served: { readonly query: string; readonly found: PlainFound | undefined; readonly now: number }
}

/** What is on show: hits, the query they answer, the time their ages count from. */
export interface Shown {
  readonly query: string
  readonly found: Found
  readonly total: number
  readonly now: number
  readonly hasMore: boolean
  /** Whether "nothing" is the last word. */
  readonly isFinal: boolean
}

export interface Box {
  readonly typed: Accessor<string>
  readonly state: Accessor<FinderState>
  readonly offline: Accessor<boolean>
  readonly shown: Accessor<Shown | undefined>
  readonly recent: Accessor<readonly string[]>
  readonly chips: Accessor<Chips>
  readonly sort: Accessor<Sort>
  readonly facets: Accessor<Facets | undefined>
  readonly pack: Accessor<PackState | undefined>
  /** Whether there is anything to look for: a word or a chip. */
  readonly isAsking: Accessor<boolean>
  choose(chips: Chips): void
  order(sort: Sort): void
  keepTown(): void
  letTownGo(): void
  /** Looks for it after a short pause, so that a word typed is one question. */
  type(query: string): void
  ask(query: string): void
  more(group: Group): void
  start(): void
  /** Called in the browser only: reads what this device remembers. */
  wake(): void
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
  let pause: ReturnType<typeof setTimeout> | undefined
  const isAsking = () => typed().trim() !== '' || Object.keys(chips()).length > 0
  const shown = createShown(deps, typed, isAsking, finder)
  onCleanup(() => clearTimeout(pause))

  const look = () => {
    clearTimeout(pause)
    const query = typed().trim()
    history.replaceState(history.state, '', `${pathTo(deps.locale).search}${addressOf(query, chips(), sort())}`)
    if (isAsking()) finder.ask({ query, locale: deps.locale, chips: chips(), sort: sort(), limits, facets: true })
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
    recent,
    chips,
    sort,
    facets: finder.facets,
    pack: finder.pack,
    isAsking,
    choose: (next) => setChips(present(next)),
    order: setSort,
    keepTown: finder.keep,
    letTownGo: finder.letGo,
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
    wake() {
      setRecent(readRecent())
      const address = new URLSearchParams(location.search)
      setChips(chipsIn(address))
      setSort(sorts.find((each) => each === address.get('sort')) ?? 'best')
    },
    keep: () => setRecent(remember(typed())),
    forget: () => setRecent(forgetRecent()),
  }
}

const present = (chips: Chips): Chips =>
  Object.fromEntries(Object.entries(chips).filter(([, chip]) => chip !== undefined))

/** Chips as a category page names them (domain/filters.ts). */
function chipsIn(address: URLSearchParams): Chips {
  const [category, district] = [address.get('category'), address.get('district')]
  const yuan = (name: string) => {
    const text = address.get(name) ?? ''
    return /^\d{1,9}$/.test(text) ? Number(text) * 100 : undefined
  }
  return present({
    ...(category && { category }),
    ...(district && { district }),
    minFen: yuan('price-min'),
    maxFen: yuan('price-max'),
  } as Chips)
}

function addressOf(query: string, { category, district, minFen, maxFen }: Chips, sort: Sort): string {
  const pairs = {
    q: query,
    category,
    district,
    'price-min': minFen === undefined ? undefined : String(minFen / 100),
    'price-max': maxFen === undefined ? undefined : String(maxFen / 100),
    sort: sort === 'best' ? undefined : sort,
  }
  const said = Object.entries(pairs).flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []))
  return said.length > 0 ? `?${new URLSearchParams(said)}` : ''
}

/** The server's hits hold only for the query it was asked, and only until this device has the wire and an answer. */
function createShown(
  { served, now, locale }: BoxDeps,
  typed: Accessor<string>,
  isAsking: Accessor<boolean>,
  finder: Pick<Finder, 'answer' | 'state' | 'isBehind'>,
): Accessor<Shown | undefined> {
  const serverFound = served.found && foundOf(served.found, locale)
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
        isFinal: finder.state() === 'idle',
      }
    return answer && { ...answer, total: totalOf(answer.found), now: now(), hasMore: true, isFinal: !finder.isBehind() }
  })
}

const totalOf = ({ counts }: Found): number => Object.values(counts).reduce((sum, n) => sum + n, 0)

const foundOf = ({ lines, printed }: PlainFound, locale: Locale): Found => ({
  hits: [...lines.map(hitOfLine), ...printed.map((entry) => hitOfPrinted(entry, locale))],
  counts: countsOf([...lines.map(() => 'listing' as const), ...printed.map(({ group }) => group)]),
  about: false,
  incomplete: false,
  widened: [],
})

const hitOfLine = (line: Line): Hit => ({
  id: line.id,
  group: 'listing',
  title: line.title,
  excerpt: '',
  at: line.at,
  entry: { ...line, text: '', fields: line.fields ?? {} },
})

const hitOfPrinted = (entry: PrintedEntry, locale: Locale): Hit => ({
  id: entry.id,
  group: entry.group,
  title: (entry.words[locale] ?? entry.words['zh-Hans']).title,
  excerpt: '',
  at: entry.at,
  entry,
})

function countsOf(found: readonly Group[]): Found['counts'] {
  const counts = { listing: 0, guide: 0, notice: 0, directory: 0 }
  for (const group of found) counts[group]++
  return counts
}
