/**
 * The mark in the page head: in sync, offline, or on the way. It opens no room by itself, unless an earlier page wrote
 * something that is not on the relay yet: then it opens those rooms, and what was written offline goes out from any page.
 */
import { Show, createSignal, onMount, type JSX } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { connection as connectionWords } from '#src/i18n/connection.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { answerAsides, asides } from './asides.ts'
import { connection, memoryOnly, refusal, watchConnection } from './connection.ts'
import { isWaiting, lookForWaiting } from './unsent.ts'

export function ConnectionMark(props: { readonly locale: Locale }): JSX.Element {
  const words = inLocale(connectionWords, props.locale)
  const [isAwake, setAwake] = createSignal(false) // without JavaScript the mark stays empty, so it never says a wrong thing
  const [isRead, setRead] = createSignal(false)
  const isReadOnly = (): boolean => isAwake() && !globalThis.crypto?.subtle
  const whyNot = (code: string): string =>
    Object.hasOwn(words.refused, code) ? words.refused[code as keyof typeof words.refused] : words.refused.other
  const speech = (): string => {
    if (!isAwake()) return ''
    const state = connection()
    if (state === 'online') return isWaiting() ? words.sending : words.online
    return state === 'offline' && isWaiting() ? words.offlineWaiting : words[state]
  }
  onMount(() => {
    setAwake(true)
    watchConnection()
    if (lookForWaiting()) void import('./session.ts').then(({ sendWaiting }) => sendWaiting())
  })
  return (
    <>
      <span class="conn" role="status" data-connection={isAwake() ? connection() : 'connecting'}>
        {speech()}
      </span>
      <Show when={refusal()}>
        {(code) => (
          <div class="storage-notice" role="alert" data-refusal={code()}>
            <p>{whyNot(code())}</p>
          </div>
        )}
      </Show>
      <Show when={asides().length > 0}>
        <div class="storage-notice" role="alert" data-storage="aside">
          <p>{words.lost}</p>
          <button type="button" class="btn" data-answer="put-back" onClick={() => answerAsides('putBack')}>
            {words.putBack}
          </button>
          <button type="button" class="btn" data-answer="drop" onClick={() => answerAsides('drop')}>
            {words.drop}
          </button>
        </div>
      </Show>
      <Show when={(memoryOnly() || isReadOnly()) && !isRead()}>
        <div class="storage-notice" role="alert" data-storage={isReadOnly() ? 'read-only' : 'memory'}>
          <p>{isReadOnly() ? words.readOnly : words.memoryOnly}</p>
          <button type="button" class="btn" onClick={() => setRead(true)}>
            {words.understood}
          </button>
        </div>
      </Show>
    </>
  )
}
