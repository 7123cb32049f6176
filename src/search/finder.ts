/** The page's side of search: starts the worker and opens the wire at the first need, feeds one from the other, drops late answers. */
import { createEffect, createSignal, getOwner, onCleanup, runWithOwner, untrack, type Accessor } from 'solid-js'
import type { Doc } from 'yjs'
import type { FromWorker, ToWorker, WireChange } from './messages.ts'
import type { Asked, Found } from './query.ts'

/** `reading`: the wire is still on its way. `bare`: no relay and no kept copy, so only what is printed can be found. */
export type FinderState = 'idle' | 'reading' | 'ready' | 'bare'

/** The worker as the page speaks to it; a test has the same engine without a thread. */
export interface SearchWorker {
  tell(message: ToWorker): void
  close(): void
}

/** The wire's room as far as search needs it (sync's OpenRoom has all of it). */
export interface WireRoom {
  readonly doc: Doc
  readonly synced: Accessor<boolean>
  release(): void
}

export interface FinderDeps {
  readonly makeWorker: (hear: (message: FromWorker) => void) => SearchWorker
  readonly openWire: () => Promise<WireRoom>
  readonly fetchPrinted: () => Promise<unknown>
  readonly offline: Accessor<boolean>
  readonly now: () => number
}

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
  start(): void
  /** Starts the finder if need be. The question stands: it is asked again whenever what can be found changes. */
  ask(question: Omit<Asked, 'now'>): void
}

export function createFinder({ makeWorker, openWire, fetchPrinted, offline, now }: FinderDeps): Finder {
  const owner = getOwner()
  const [started, setStarted] = createSignal(false)
  const [held, setHeld] = createSignal(false)
  let worker: SearchWorker | undefined
  let leaveWire: (() => void) | undefined
  const tell = (message: ToWorker) => worker?.tell(message)
  const asking = createAsking(tell, now)

  const firstHeld = () => {
    if (untrack(held)) return
    asking.again() // behind the entries, before the state changes: the answer at hand does not know them
    setHeld(true)
  }
  const feed = (wire: WireRoom) => {
    const stop = wireInto(wire, (changed) => tell({ kind: 'wire', changed }), firstHeld)
    leaveWire = () => (stop(), wire.release())
    runWithOwner(owner, () => createEffect(() => wire.synced() && firstHeld()))
  }
  const start = () => {
    if (worker) return
    worker = makeWorker(asking.hear)
    setStarted(true)
    void fetchPrinted().then(
      (entries) => tell({ kind: 'printed', entries }),
      () => undefined, // without a network the printed entries are missing; listings are still found
    )
    void openWire().then(
      (wire) => (worker ? feed(wire) : wire.release()),
      () => undefined, // its code did not come: what is printed can be found, and `bare` says that it is only that
    )
  }
  onCleanup(() => {
    worker?.close()
    worker = undefined
    leaveWire?.()
  })
  return {
    state: () => (!started() ? 'idle' : held() ? 'ready' : offline() ? 'bare' : 'reading'),
    answer: asking.answer,
    isBehind: () => asking.isOpen() || (started() && !held() && !offline()),
    start,
    ask(question) {
      start()
      asking.ask(question)
    },
  }
}

const burstMs = 60

/** One question stands at a time; what answers an older one is dropped. */
function createAsking(tell: (message: ToWorker) => void, now: () => number) {
  const [asked, setAsked] = createSignal(0)
  const [answered, setAnswered] = createSignal(0)
  const [answer, setAnswer] = createSignal<Answer>()
  let question: Omit<Asked, 'now'> | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined
  onCleanup(() => clearTimeout(waiting))

  const again = () => {
    if (question) tell({ kind: 'ask', n: setAsked((n) => n + 1), asked: { ...question, now: now() } })
  }
  return {
    answer,
    isOpen: () => answered() < asked(),
    again,
    ask(next: Omit<Asked, 'now'>) {
      question = next
      again()
    },
    hear(message: FromWorker) {
      if (message.kind === 'changed') {
        clearTimeout(waiting) // a burst of changes is one question
        waiting = setTimeout(again, burstMs)
      } else if (question && message.n === untrack(asked)) {
        setAnswer({ query: question.query, found: message.found })
        setAnswered(message.n)
      }
    },
  }
}

/** Passes on what the wire holds now and every later change; `held` is called as soon as there is anything. */
function wireInto({ doc }: WireRoom, pass: (changed: readonly WireChange[]) => void, held: () => void): () => void {
  const entries = doc.getMap<string>('entries')
  const passKeys = (keys: Iterable<string>) => {
    pass([...keys].map((id) => [id, entries.get(id) ?? null]))
    if (entries.size > 0) held()
  }
  const observer = ({ keysChanged }: { keysChanged: Set<string> }) => passKeys(keysChanged)
  passKeys(entries.keys())
  entries.observe(observer)
  return () => entries.unobserve(observer)
}
