/** The page's side of search: starts the worker at the first need, opens the wire of the edition it has loaded, feeds one from the other. */
import { createEffect, createSignal, getOwner, onCleanup, runWithOwner, untrack, type Accessor } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { nextKey, wireMaps } from '#domain/wire.ts'
import type { Asked, Facets, Found } from './asked.ts'
import type { Matched, Matching } from './match.ts'
import type { FromWorker, PackState, ToWorker, WireChanges } from './messages.ts'
import type { WireRoom } from './wire-room.ts'

/** `reading`: an edition or its wire is still on its way. `bare`: no edition is to be had, here or on the network. `preparing`: the server prints its first, and is looked at again. */
export type FinderState = 'idle' | 'reading' | 'ready' | 'bare' | 'preparing'

/** The worker as the page speaks to it; a test has the same engine without a thread. */
export interface SearchWorker {
  tell(message: ToWorker): void
  close(): void
}

export interface FinderDeps {
  readonly makeWorker: (hear: (message: FromWorker) => void) => SearchWorker
  readonly openWire: (edition: string) => Promise<WireRoom>
  readonly offline: Accessor<boolean>
  readonly now: () => number
}

export type Question = Omit<Asked, 'now'>

export interface Answer {
  readonly query: string
  readonly found: Found
}

export interface Finder {
  readonly state: Accessor<FinderState>
  /** True while a newer answer than the one at hand is on its way: then "nothing found" is not said yet. */
  readonly isBehind: Accessor<boolean>
  /** The answer to the newest question that has one; undefined before the first. */
  readonly answer: Accessor<Answer | undefined>
  /** Counts beside the answer; they come after it. */
  readonly facets: Accessor<Facets | undefined>
  /** The whole town on this device; undefined while that is not known. */
  readonly pack: Accessor<PackState | undefined>
  start(): void
  /** Looks for the newest edition again. */
  look(): void
  /** Starts the finder if need be. The question stands: it is asked again whenever what can be found changes. */
  ask(question: Question): void
  /** Counts up whenever what can be found has changed. */
  readonly changes: Accessor<number>
  /** Starts the finder if need be. Undefined when no edition is to be had, here or on the network. */
  match(matching: Matching, locale: Locale): Promise<Matched | undefined>
  keep(): void
  stop(): void
  letGo(): void
}

export function createFinder({ makeWorker, openWire, offline, now }: FinderDeps): Finder {
  const owner = getOwner()
  const [state, setState] = createSignal<FinderState>('idle')
  const [pack, setPack] = createSignal<PackState>()
  const wires = new Map<string, () => void>()
  let worker: SearchWorker | undefined
  const tell = (message: ToWorker) => worker?.tell(message)
  const [changes, setChanges] = createSignal(0)
  const asking = createAsking(tell, now)
  const matches = createMatches()

  const open = async (edition: string) => {
    if (wires.has(edition)) return
    wires.set(edition, () => undefined)
    const wire = await openWire(edition).catch(() => undefined)
    if (!wire) return void wires.delete(edition) // its code did not come; the next look opens it
    if (!worker || !wires.has(edition)) return wire.release()
    const pass = (changed: WireChanges) => tell({ kind: 'wire', edition, changed })
    const feed = wireInto(wire, pass, () => tell({ kind: 'look' }))
    wires.set(edition, () => (feed.stop(), wire.release()))
    // without a network what this device has kept is enough to begin with, but not to move on: the wire in force may know more
    const isEnough = () => wire.synced() || (offline() && untrack(state) !== 'ready')
    runWithOwner(owner, () => createEffect(() => isEnough() && feed.held()))
  }
  const letWiresGo = (but?: string) => {
    for (const [edition, leave] of wires)
      if (edition !== but) {
        leave()
        wires.delete(edition)
      }
  }
  const hear = (message: FromWorker) => {
    if (message.kind === 'edition') void open(message.edition)
    else if (message.kind === 'bare') {
      const next = message.isPreparing ? 'preparing' : 'bare'
      if (setState((known) => (known === 'ready' ? known : next)) !== 'ready') matches.giveUp()
    } else if (message.kind === 'matched') matches.hear(message.n, message.matched)
    else if (message.kind === 'pack') setPack(message.pack)
    else if (message.kind === 'in-force') {
      letWiresGo(message.edition)
      asking.again() // before the state changes: the answer at hand does not know this edition
      setState('ready')
      setChanges((n) => n + 1)
      matches.begin()
    } else {
      if (message.kind === 'changed') setChanges((n) => n + 1)
      asking.hear(message)
    }
  }
  const start = () => {
    if (worker) return
    worker = makeWorker(hear)
    setState('reading')
    tell({ kind: 'look' })
    runWithOwner(owner, () => createEffect(() => !offline() && untrack(state) !== 'idle' && tell({ kind: 'look' })))
  }
  onCleanup(() => {
    worker?.close()
    worker = undefined
    matches.giveUp()
    letWiresGo()
  })
  return {
    state,
    answer: asking.answer,
    facets: asking.facets,
    isBehind: () => asking.isOpen() || state() === 'reading',
    pack,
    start,
    look: () => tell({ kind: 'look' }),
    ask(question) {
      start()
      asking.ask(question)
    },
    changes,
    match(matching, locale) {
      start()
      if (untrack(state) === 'bare' || untrack(state) === 'preparing') tell({ kind: 'look' })
      return matches.ask(
        (n) => tell({ kind: 'match', n, asker: { locale, now: now() }, matching }),
        untrack(state) === 'ready',
      )
    },
    keep: () => tell({ kind: 'keep' }),
    stop: () => tell({ kind: 'stop' }),
    letGo: () => tell({ kind: 'let-go' }),
  }
}

/** Each is answered once; those asked before an edition is in force wait for it. */
function createMatches() {
  const open = new Map<number, { readonly tell: () => void; readonly done: (matched: Matched | undefined) => void }>()
  let last = 0
  return {
    ask(tell: (n: number) => void, canBegin: boolean): Promise<Matched | undefined> {
      const n = ++last
      return new Promise((done) => {
        open.set(n, { tell: () => tell(n), done })
        if (canBegin) tell(n)
      })
    },
    begin: () => open.forEach(({ tell }) => tell()),
    hear(n: number, matched: Matched) {
      open.get(n)?.done(matched)
      open.delete(n)
    },
    giveUp() {
      open.forEach(({ done }) => done(undefined))
      open.clear()
    },
  }
}

const burstMs = 60

type Heard = Extract<FromWorker, { kind: 'answer' | 'facets' | 'changed' }>

/** One question stands at a time; what answers an older one is dropped. */
function createAsking(tell: (message: ToWorker) => void, now: () => number) {
  const [asked, setAsked] = createSignal(0)
  const [answered, setAnswered] = createSignal(0)
  const [answer, setAnswer] = createSignal<Answer>()
  const [facets, setFacets] = createSignal<Facets>()
  let question: Question | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(waiting))

  const again = () => {
    if (question) tell({ kind: 'ask', n: setAsked((n) => n + 1), asked: { ...question, now: now() } })
  }
  return {
    answer,
    facets,
    isOpen: () => answered() < asked(),
    again,
    ask(next: Question) {
      question = next
      again()
    },
    hear(message: Heard) {
      if (message.kind === 'changed') {
        clearTimeout(waiting) // a burst of changes is one question
        waiting = setTimeout(again, burstMs)
      } else if (!question || message.n !== untrack(asked)) return
      else if (message.kind === 'facets') setFacets(message.facets)
      else {
        setAnswer({ query: question.query, found: message.found })
        setAnswered(message.n)
      }
    },
  }
}

/** Passes on what the wire holds now and every later change; tells when it says that another edition follows. */
function wireInto({ doc }: WireRoom, pass: (changes: WireChanges) => void, follows: () => void) {
  const [entries, dead, edition] = [wireMaps.entries, wireMaps.dead, wireMaps.edition].map((name) => doc.getMap(name))
  let held = false
  const valuesOf = (map: typeof entries, keys: Iterable<string>) =>
    [...keys].map((key) => [key, map?.get(key) ?? null] as const)
  const none = { entries: [], dead: [] }
  const onEntries = ({ keysChanged }: { keysChanged: Set<string> }) =>
    pass({ ...none, entries: valuesOf(entries, keysChanged), held })
  const onDead = ({ keysChanged }: { keysChanged: Set<string> }) =>
    pass({ ...none, dead: valuesOf(dead, keysChanged), held })
  const onEdition = () => edition?.has(nextKey) && follows()
  entries?.observe(onEntries)
  dead?.observe(onDead)
  edition?.observe(onEdition)
  const hold = () => {
    if (held) return
    held = true
    pass({ entries: valuesOf(entries, entries?.keys() ?? []), dead: valuesOf(dead, dead?.keys() ?? []), held })
    onEdition()
  }
  if ((entries?.size ?? 0) + (dead?.size ?? 0) > 0) hold() // kept from an earlier visit
  return {
    held: hold,
    stop() {
      entries?.unobserve(onEntries)
      dead?.unobserve(onDead)
      edition?.unobserve(onEdition)
    },
  }
}
