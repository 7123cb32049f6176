/** The state behind the search box: what is typed, what was found for it, and the address that follows. */
import { createMemo, createSignal, onCleanup, type Accessor } from 'solid-js'
import type { Line } from '#domain/entry.ts'
import { pathTo } from '#src/i18n/paths.ts'
import type { Locale } from '#domain/locale.ts'
import type { Group } from './group.ts'
import { createFinder, type Finder, type FinderDeps, type FinderState } from './finder.ts'
import type { Asked, Found } from './query.ts'
import { forgetRecent, readRecent, remember } from './recent.ts'

const pauseMs = 120
const moreAtOnce = 20

export interface BoxDeps extends FinderDeps {
  readonly locale: Locale
  /** What the server was asked, what it found, and its clock (ms) then. */
  readonly served: { readonly query: string; readonly lines: readonly Line[] | undefined; readonly now: number }
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
  const [recent, setRecent] = createSignal<readonly string[]>([])
  let limits: NonNullable<Asked['limits']> = {}
  let pause: ReturnType<typeof setTimeout> | undefined
  const shown = createShown(deps, typed, finder)
  onCleanup(() => clearTimeout(pause))

  const ask = (query: string) => {
    clearTimeout(pause)
    setTyped(query)
    const asked = query.trim()
    history.replaceState(history.state, '', asked ? pathTo(deps.locale).found(asked) : pathTo(deps.locale).search)
    if (asked) finder.ask({ query: asked, limits })
  }
  return {
    typed,
    state: finder.state,
    offline: () => finder.state() !== 'idle' && deps.offline(),
    shown,
    recent,
    ask,
    start: finder.start,
    type(query) {
      setTyped(query)
      clearTimeout(pause)
      limits = {}
      pause = setTimeout(() => ask(query), pauseMs)
    },
    more(group) {
      const held = shown()?.found.hits.filter((hit) => hit.group === group).length ?? 0
      limits = { ...limits, [group]: held + moreAtOnce }
      ask(typed())
    },
    wake: () => setRecent(readRecent()),
    keep: () => setRecent(remember(typed())),
    forget: () => setRecent(forgetRecent()),
  }
}

/** The server's hits hold only for the query it was asked, and only until this device has the wire and an answer. */
function createShown(
  { served, now }: BoxDeps,
  typed: Accessor<string>,
  finder: Pick<Finder, 'answer' | 'state' | 'isBehind'>,
): Accessor<Shown | undefined> {
  const serverFound = served.lines && foundOf(served.lines)
  return createMemo(() => {
    if (!typed().trim()) return undefined
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

const foundOf = (lines: readonly Line[]): Found => ({
  hits: lines.map((line) => ({
    id: line.id,
    group: 'listing',
    title: line.title,
    excerpt: '',
    at: line.at,
    shown: { line },
  })),
  counts: { listing: lines.length, guide: 0, notice: 0, directory: 0 },
})
