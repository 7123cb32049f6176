/** Below the threads: what could not be opened, who is blocked, and how to be rid of it all. */
import { createSignal, For, Show, type JSX } from 'solid-js'
import { shortDid } from '#domain/identity.ts'
import type { Locale } from '#domain/locale.ts'
import { messageBeside } from '#src/i18n/message-beside.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { draftMark, receivedMark, sentMark } from './book.ts'
import type { Desk } from './desk.ts'
import { timeIn } from './time-words.ts'

interface AsideProps {
  readonly locale: Locale
  readonly desk: Desk
}

export function Aside(props: AsideProps): JSX.Element {
  const words = () => inLocale(messageBeside, props.locale)
  const { desk } = props
  return (
    <>
      <Show when={desk.unopened().length > 0}>
        <section class="hint" data-unopened={desk.unopened().length}>
          <b>{words().unopened(desk.unopened().length)}</b>
          <p>{words().unopenedWhy}</p>
          <ul>
            <For each={desk.unopened().slice(0, 5)}>
              {({ from, at }) => <li>{words().unopenedFrom(from ? shortDid(from) : '?', timeIn(at, props.locale))}</li>}
            </For>
          </ul>
        </section>
      </Show>
      <Show when={desk.book.blocked().length > 0}>
        <details class="blocked">
          <summary>{words().blockedList(desk.book.blocked().length)}</summary>
          <ul>
            <For each={desk.book.blocked()}>
              {(did) => (
                <li class="row">
                  <span>{words().person(shortDid(did))}</span>
                  <button class="btn" type="button" data-act="unblock" onClick={() => desk.book.unblock(did)}>
                    {words().unblock}
                  </button>
                </li>
              )}
            </For>
          </ul>
        </details>
      </Show>
      <EmptyAll {...props} />
    </>
  )
}

/** All that lies in the inboxes, whoever it is from, all that was written, and what stands in the boxes. */
function EmptyAll(props: AsideProps): JSX.Element {
  const words = () => inLocale(messageBeside, props.locale)
  const [isFailed, setFailed] = createSignal(false)
  const remove = async (): Promise<void> => {
    const { desk } = props
    const received = desk.inboxes().flatMap(({ use, keys }) => keys().map((key) => receivedMark(use, key)))
    const sent = desk.book.sent().map(({ id }) => sentMark(id))
    const removal = await desk.removal().catch(() => undefined)
    setFailed(!removal)
    removal?.remove([...received, ...sent, ...desk.threads().map(draftMark)])
  }
  return (
    <details class="empty-all">
      <summary>{words().empty}</summary>
      <p>{words().emptyLead}</p>
      <button class="btn bad" type="button" data-act="empty-messages" onClick={() => void remove()}>
        {words().empty}
      </button>
      <p role="status">{isFailed() ? words().failed : ''}</p>
    </details>
  )
}
