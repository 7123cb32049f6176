/** One thread: what it is about and with whom, the hint against scams, the lines, the box. Texts are only ever text. */
import { createEffect, createSignal, For, onCleanup, onMount, Show, type Accessor } from 'solid-js'
import { shortDid, type Did } from '#domain/identity.ts'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { messages } from '#src/i18n/messages.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { Icon } from '#src/ui/Icon.tsx'
import { createBeside } from './at-rest.ts'
import type { Sent } from './book.ts'
import { Composer } from './Composer.tsx'
import type { Desk } from './desk.ts'
import { refusalOf } from './refusal.ts'
import { threadKeyOf } from './thread-name.ts'
import type { Line, Thread } from './threads.ts'
import { timeIn } from './time-words.ts'

interface ThreadViewProps {
  readonly locale: Locale
  readonly desk: Desk
  readonly thread: Accessor<Thread | undefined>
  readonly block: (did: Did) => void
}

export function ThreadView(props: ThreadViewProps) {
  return (
    <Show when={props.thread()}>
      {(thread) => <Opened locale={props.locale} desk={props.desk} thread={thread()} block={props.block} />}
    </Show>
  )
}

interface OpenedProps extends Pick<ThreadViewProps, 'locale' | 'desk' | 'block'> {
  readonly thread: Thread
}

function Opened(props: OpenedProps) {
  const words = () => inLocale(messages, props.locale)
  const title = () => props.thread.title ?? words().about(props.thread.listing.slice(0, 6))
  const about = () => ({ title: title(), until: props.thread.until })
  const beside = createBeside()
  const [turn, setTurn] = createSignal(0) // a message that is taken back stands in the box anew
  let heading: HTMLElement | undefined
  let log: HTMLElement | undefined
  onMount(() => heading?.focus({ preventScroll: true }))
  createReading(props)
  createEffect(() => {
    if (props.thread.lines.length > 0) log?.scrollTo({ top: log.scrollHeight })
  })
  const takeBack = (sent: Sent): void => {
    props.desk.book.drop(sent.id)
    props.desk.book.draft(props.thread, sent.text)
    setTurn(turn() + 1)
  }
  return (
    <section class="thread" aria-labelledby="thread-title" data-thread-open={props.thread.key}>
      <header>
        <a class="btn plain to-list" href="#">
          <Icon name="back" />
          {words().back}
        </a>
        <h2 id="thread-title" tabindex="-1" ref={(element) => (heading = element)}>
          <a class="link" href={pathTo(props.locale).listing(props.thread.listing)} lang={peoplesLanguage}>
            {title()}
          </a>
        </h2>
        <p class="quiet">{words().person(shortDid(props.thread.with))}</p>
      </header>
      <p class="hint">{words().hint}</p>
      <Show when={beside()}>
        {(at) => {
          const { Standing } = at()
          return (
            <Standing
              locale={props.locale}
              desk={props.desk}
              listing={props.thread.listing}
              until={props.thread.until}
            />
          )
        }}
      </Show>
      <div class="log" role="log" aria-label={words().log} tabindex="0" ref={(element) => (log = element)}>
        <ol class="lines">
          <For each={props.thread.lines}>
            {(line) => <Spoken locale={props.locale} desk={props.desk} line={line} takeBack={takeBack} />}
          </For>
        </ol>
      </div>
      <For each={[turn()]}>
        {() => <Composer locale={props.locale} desk={props.desk} name={props.thread} about={about()} />}
      </For>
      <Show when={beside()}>
        {(at) => {
          const { Trouble } = at()
          return (
            <Trouble
              locale={props.locale}
              desk={props.desk}
              thread={props.thread}
              block={props.block}
              closed={() => (location.hash = '')}
            />
          )
        }}
      </Show>
    </section>
  )
}

/** What is seen is read: while the page is in front, up to the newest line of the other's. */
function createReading(props: OpenedProps): void {
  const read = (): void => {
    const newest = Math.max(0, ...props.thread.lines.filter(({ is }) => is === 'theirs').map(({ at }) => at))
    if (document.visibilityState === 'visible') props.desk.book.read(threadKeyOf(props.thread), newest)
  }
  createEffect(read)
  document.addEventListener('visibilitychange', read)
  onCleanup(() => document.removeEventListener('visibilitychange', read))
}

interface SpokenProps extends Pick<OpenedProps, 'locale' | 'desk'> {
  readonly line: Line
  readonly takeBack: (sent: Sent) => void
}

function Spoken(props: SpokenProps) {
  const words = () => inLocale(messages, props.locale)
  const sent = () => (props.line.is === 'mine' ? props.line.sent : undefined)
  const refused = () => (sent()?.state === 'refused' ? sent() : undefined)
  const again = (one: Sent): void => {
    props.desk.book.put({ ...one, state: 'kept', why: undefined })
    void props.desk.outbox.flush()
  }
  return (
    <li class="line" classList={{ mine: props.line.is === 'mine' }} data-message-state={sent()?.state}>
      <span class="hush">{props.line.is === 'mine' ? words().mine : words().theirs}</span>
      <p lang={peoplesLanguage}>{props.line.text}</p>
      <small>
        {timeIn(props.line.at, props.locale)}
        <Show when={sent()}>{(one) => <> · {words().states[one().state]}</>}</Show>
      </small>
      <Show when={refused()}>
        {(one) => (
          <>
            <p class="err">{refusalOf(one(), words().refused)}</p>
            <div class="btns">
              <button class="btn" type="button" data-act="again" onClick={() => again(one())}>
                {words().again}
              </button>
              <button class="btn plain" type="button" data-act="take-back" onClick={() => props.takeBack(one())}>
                {words().takeBack}
              </button>
            </div>
          </>
        )}
      </Show>
    </li>
  )
}
