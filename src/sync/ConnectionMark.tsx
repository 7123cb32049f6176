/**
 * The mark in the page head: in sync, offline, or on the way. It opens no room by itself, unless an earlier page wrote
 * something that is not on the relay yet: then it opens those rooms, and what was written offline goes out from any page.
 * Notices stand below it; their code comes with the first of them, or with a session.
 */
import { Show, createEffect, createSignal, onMount, type Component, type JSX } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { connection as connectionWords } from '#src/i18n/connection.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { asides } from './asides.ts'
import { connection, memoryOnly, refusal, storageTrouble, watchConnection } from './connection.ts'
import type { NoticesProps } from './Notices.tsx'
import { isWaiting, lookForWaiting } from './unsent.ts'

export function ConnectionMark(props: { readonly locale: Locale }): JSX.Element {
  const words = inLocale(connectionWords, props.locale)
  const [isAwake, setAwake] = createSignal(false) // without JavaScript the mark stays empty, so it never says a wrong thing
  const [Notices, setNotices] = createSignal<Component<NoticesProps>>()
  const isReadOnly = (): boolean => !globalThis.crypto?.subtle
  const isNoticeable = (): boolean =>
    isReadOnly() || memoryOnly() || Boolean(refusal() ?? storageTrouble()) || asides().length > 0
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
    createEffect(() => {
      if (isNoticeable() && !Notices()) void import('./Notices.tsx').then((loaded) => setNotices(() => loaded.Notices))
    })
  })
  return (
    <>
      <span class="conn" role="status" data-connection={isAwake() ? connection() : 'connecting'}>
        {speech()}
      </span>
      <Show when={Notices()}>{(loaded) => loaded()({ locale: props.locale })}</Show>
    </>
  )
}
