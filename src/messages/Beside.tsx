/** What stands beside the lines of a thread: how its listing stands, hints, trouble, deleting. Loaded when messages are at rest. */
import { createEffect, createSignal, onCleanup, Show, type JSX } from 'solid-js'
import type { Did } from '#domain/identity.ts'
import { locales, type Locale } from '#domain/locale.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { messageBeside } from '#src/i18n/message-beside.ts'
import { hiddenIds } from '#src/sync/labels.ts'
import { draftMark, receivedMark, sentMark } from './book.ts'
import type { Desk } from './desk.ts'
import { seenAt, seenOwn, standingOf, type Seen } from './listing-state.ts'
import type { Thread } from './threads.ts'
import './beside.css'

interface Beside {
  readonly locale: Locale
  readonly desk: Desk
}

export { Aside } from './Aside.tsx'
export { HideToo } from './HideToo.tsx'
export { HouseHints } from './HouseHints.tsx'

interface StandingProps extends Beside {
  readonly listing: string
  /** When its page said that it ends, ms. */
  readonly until: number | undefined
}

/** Says before anything is sent that what it is about is over. */
export function Standing(props: StandingProps): JSX.Element {
  const words = () => inLocale(messageBeside, props.locale)
  const [known, setKnown] = createSignal<{ readonly isHidden: boolean; readonly seen: Seen | undefined }>()
  createEffect(() => {
    const { listing } = props
    let isLeft = false
    onCleanup(() => (isLeft = true))
    void Promise.all([hiddenIds(), seenAt(locales.map((locale) => pathTo(locale).listing(listing)))]).then(
      ([ids, seen]) => isLeft || setKnown({ isHidden: ids.has(listing), seen }),
    )
  })
  const [now, setNow] = createSignal(props.desk.session.now())
  const timer = setInterval(() => setNow(props.desk.session.now()), 30_000)
  onCleanup(() => clearInterval(timer))
  const own = () => props.desk.ownOf(props.listing)
  const standing = () => {
    const { isHidden = false, seen } = known() ?? {}
    const mine = own()
    return standingOf({ isHidden, seen: mine ? seenOwn(mine, now()) : seen, until: props.until, now: now() })
  }
  return (
    <Show when={standing()}>
      {(said) => (
        <p class="hint calm" data-standing={said()} role="status">
          <b>{words().standing[said()]}</b> {own() ? words().standingMine : words().standingTheirs}
        </p>
      )}
    </Show>
  )
}

interface TroubleProps extends Beside {
  readonly thread: Thread
  readonly block: (did: Did) => void
  readonly closed: () => void
}

/** Nobody but the two can read a thread, so a report is what one of them hands on himself. */
export function Trouble(props: TroubleProps): JSX.Element {
  const words = () => inLocale(messageBeside, props.locale)
  const [told, setTold] = createSignal('')
  /** Of one's own listing there is nothing to report: then it is for the operator. */
  const reportPath = () => {
    const { about, listing } = pathTo(props.locale)
    return `${props.desk.ownOf(props.thread.listing) ? about : listing(props.thread.listing)}#report`
  }
  const copy = async (): Promise<void> => {
    const lines = props.thread.lines.map(
      ({ is, at, text }) =>
        `${new Date(at).toISOString()} ${is === 'mine' ? words().mine : props.thread.with}\n${text}`,
    )
    const text = [`${pathTo(props.locale).listing(props.thread.listing)} ${props.thread.with}`, ...lines].join('\n\n')
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false, // the browser's settings forbid it
    )
    setTold(done === true ? words().copied : words().copyFailed)
  }
  const remove = async (): Promise<void> => {
    const marks = marksOf(props.thread)
    const { desk, closed } = props
    const removal = await desk.removal().catch(() => undefined)
    if (!removal) return void setTold(words().failed)
    removal.remove(marks)
    closed()
  }
  return (
    <div class="trouble">
      <p class="quiet">{words().reportWhy}</p>
      <div class="btns">
        <button class="btn plain" type="button" data-act="copy-thread" onClick={() => void copy()}>
          {words().copy}
        </button>
        <a class="btn plain" data-act="report" href={reportPath()}>
          {words().report}
        </a>
        <button class="btn plain" type="button" data-act="block" onClick={() => props.block(props.thread.with)}>
          {words().block}
        </button>
        <button class="btn plain" type="button" data-act="delete-thread" onClick={() => void remove()}>
          {words().delete}
        </button>
      </div>
      <p class="quiet" role="status">
        {told()}
      </p>
    </div>
  )
}

const marksOf = (thread: Thread): readonly string[] => [
  ...thread.lines.map((line) => (line.is === 'mine' ? sentMark(line.id) : receivedMark(thread.use, line.key))),
  draftMark(thread),
]

/** What is out of sight and can still be had back, and what is on its way out. */
export function RemovalBar(props: Beside): JSX.Element {
  const words = () => inLocale(messageBeside, props.locale)
  void props.desk.removal().catch(() => undefined) // before the network may go
  const [told, setTold] = createSignal('')
  const [now, setNow] = createSignal(props.desk.session.now())
  const timer = setInterval(() => setNow(props.desk.session.now()), 1000)
  onCleanup(() => clearInterval(timer))
  const marks = () => [...props.desk.book.gone()].filter(([mark]) => !mark.startsWith('box/'))
  const open = () => marks().filter(([, until]) => until > now()).length
  const going = () => marks().length - open()
  let isUndone = false
  createEffect<number>((before = 0) => {
    const left = marks().length
    if (left > 0) setTold('')
    else if (before > 0) setTold(isUndone ? words().undone : words().deleted)
    isUndone = false
    return left
  })
  createEffect(
    () =>
      going() > 0 &&
      void props.desk.removal().then(
        (one) => one.flush(),
        () => undefined,
      ),
  )
  const undo = async (): Promise<void> => {
    const removal = await props.desk.removal().catch(() => undefined)
    if (!removal) return void setTold(words().failed)
    isUndone = true
    removal.undo()
  }
  const hurry = async (): Promise<void> => {
    const removal = await props.desk.removal().catch(() => undefined)
    if (removal) await removal.hurry()
    else setTold(words().failed)
  }
  return (
    <>
      <Show when={marks().length > 0}>
        <div class="hint calm undo" data-gone={open()} data-going={going()}>
          <p role="status">{open() > 0 ? words().gone(open()) : words().going(going())}</p>
          <Show when={open() > 0}>
            <div class="btns">
              <button class="btn" type="button" data-act="undo-delete" onClick={() => void undo()}>
                {words().undo}
              </button>
              <button class="btn plain" type="button" data-act="delete-now" onClick={() => void hurry()}>
                {words().now}
              </button>
            </div>
          </Show>
        </div>
      </Show>
      <p class="quiet told" role="status" data-deleted={told() !== '' ? '' : undefined}>
        {told()}
      </p>
    </>
  )
}
