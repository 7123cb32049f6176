/** All threads of this browser's keys and the one that is open, from this device's own copies: it works without a network. */
import { createEffect, createResource, createSignal, For, onCleanup, Show } from 'solid-js'
import { shortDid, type Did } from '#domain/identity.ts'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { messages } from '#src/i18n/messages.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { openSession } from '#src/sync/session.ts'
import { Icon } from '#src/ui/Icon.tsx'
import { createBeside } from './at-rest.ts'
import { openDesk, type Desk } from './desk.ts'
import { createOwnTitles } from './own-titles.ts'
import { ThreadView } from './ThreadView.tsx'
import { timeIn } from './time-words.ts'
import type { Thread } from './threads.ts'
import './messages.css'

export { AskPoster } from './AskPoster.tsx' // one file for both: each file more is a line more in what every browser keeps

interface MessagesProps {
  readonly locale: Locale
}

export function Messages(props: MessagesProps) {
  const words = () => inLocale(messages, props.locale)
  const isReadOnly = openSession().readOnly
  const [desk] = createResource(async () => {
    if (isReadOnly) return undefined
    return openDesk().catch(() => undefined)
  })
  return (
    <div class="messages" data-messages={desk()?.ready() ? 'ready' : 'opening'}>
      <Show
        when={desk()}
        fallback={
          <p role="status">{isReadOnly ? words().readOnly : desk.loading ? words().loading : words().failed}</p>
        }
      >
        {(found) => <Threads locale={props.locale} desk={found()} />}
      </Show>
    </div>
  )
}

function Threads(props: MessagesProps & { readonly desk: Desk }) {
  const words = () => inLocale(messages, props.locale)
  const [opened, setOpened] = createSignal(decodeURIComponent(location.hash.slice(1)))
  const [undo, setUndo] = createSignal<{ readonly did: Did; readonly isPoster: boolean }>()
  const follow = () => setOpened(decodeURIComponent(location.hash.slice(1)))
  addEventListener('hashchange', follow)
  onCleanup(() => removeEventListener('hashchange', follow))
  createOwnTitles(props.desk)
  const beside = createBeside()
  const hasAny = () => props.desk.threads().length + props.desk.unopened().length + props.desk.book.blocked().length > 0
  const thread = () => props.desk.threads().find(({ key }) => key === opened())
  const block = (did: Did): void => {
    const listing = thread()?.listing
    props.desk.book.block(did, props.desk.session.now())
    setUndo({ did, isPoster: listing !== undefined && !props.desk.ownOf(listing) })
    location.hash = ''
  }
  return (
    <>
      <Show when={undo()}>
        {(blocked) => (
          <p class="hint calm undo" role="status">
            {words().blocked}
            <button
              class="btn"
              type="button"
              data-act="undo"
              onClick={() => {
                props.desk.book.unblock(blocked().did)
                setUndo(undefined)
              }}
            >
              {words().undo}
            </button>
            <Show when={blocked().isPoster && beside()}>
              {(at) => at().HideToo({ locale: props.locale, desk: props.desk, did: blocked().did })}
            </Show>
          </p>
        )}
      </Show>
      <Show when={beside()}>
        {(at) => {
          const { RemovalBar } = at()
          return <RemovalBar locale={props.locale} desk={props.desk} />
        }}
      </Show>
      <Show when={props.desk.ready()} fallback={<p role="status">{words().loading}</p>}>
        <Show when={props.desk.threads().length > 0} fallback={<Blank locale={props.locale} />}>
          <div class="desk" data-open={thread() ? 'thread' : 'list'}>
            <ul class="threads" aria-label={words().list}>
              <For each={props.desk.threads().map(({ key }) => key)}>
                {(key) => (
                  <Show when={props.desk.threads().find((one) => one.key === key)}>
                    {(one) => <Row locale={props.locale} thread={one()} isOpen={one().key === opened()} />}
                  </Show>
                )}
              </For>
            </ul>
            <Show when={thread()?.key} keyed fallback={<p class="hint calm choose">{words().choose}</p>}>
              {(key) => (
                <ThreadView
                  locale={props.locale}
                  desk={props.desk}
                  thread={() => props.desk.threads().find((one) => one.key === key)}
                  block={block}
                />
              )}
            </Show>
          </div>
        </Show>
        <Show when={hasAny() && beside()}>
          {(at) => {
            const { Aside } = at()
            return <Aside locale={props.locale} desk={props.desk} />
          }}
        </Show>
      </Show>
      <Arrivals locale={props.locale} desk={props.desk} />
    </>
  )
}

function Row(props: MessagesProps & { readonly thread: Thread; readonly isOpen: boolean }) {
  const words = () => inLocale(messages, props.locale)
  const title = () => props.thread.title ?? words().about(props.thread.listing.slice(0, 6))
  const mark = () => shortDid(props.thread.with)
  return (
    <li data-thread={props.thread.key}>
      <a href={`#${props.thread.key}`} aria-current={props.isOpen ? 'true' : undefined}>
        <span class="name" lang={props.thread.title === undefined ? undefined : peoplesLanguage}>
          {title()}
        </span>
        <span class="last" lang={peoplesLanguage}>
          {props.thread.last.text}
        </span>
        <small>
          {mark()} · {timeIn(props.thread.last.at, props.locale)}
        </small>
        <Show when={props.thread.unread > 0}>
          <span class="chip warn" data-unread={props.thread.unread}>
            {words().unread(props.thread.unread)}
          </span>
        </Show>
      </a>
    </li>
  )
}

const Blank = (props: MessagesProps) => {
  const words = () => inLocale(messages, props.locale)
  return (
    <div class="blank" data-empty>
      <Icon name="message" />
      <b>{words().empty}</b>
      <p>{words().emptyLead}</p>
      <a class="cta" href={pathTo(props.locale).home}>
        {words().browse}
      </a>
    </div>
  )
}

/** Says what has come since the page was opened. */
function Arrivals(props: MessagesProps & { readonly desk: Desk }) {
  const words = () => inLocale(messages, props.locale)
  const [told, setTold] = createSignal('')
  const count = () =>
    props.desk.threads().reduce((sum, { lines }) => sum + lines.filter(({ is }) => is === 'theirs').length, 0)
  createEffect<number | undefined>((before) => {
    if (!props.desk.ready()) return undefined
    const now = count()
    if (before !== undefined && now > before) setTold(words().arrived(now - before))
    return now
  })
  return (
    <p class="hush" role="status">
      {told()}
    </p>
  )
}
