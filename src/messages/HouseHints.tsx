/** What the house rules say to a message while it is written; the words they look for come with the first letter. */
import { createSignal, createEffect, For, onCleanup, Show, type JSX } from 'solid-js'
import type { KeyUse } from '#domain/identity.ts'
import type { Locale } from '#domain/locale.ts'
import { messageBeside } from '#src/i18n/message-beside.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import type { houseHints } from './house-hint.ts'

const restMs = 400 // nobody is interrupted within a word

export function HouseHints(props: {
  readonly locale: Locale
  readonly text: string
  readonly use: KeyUse
}): JSX.Element {
  const words = () => inLocale(messageBeside, props.locale)
  const [check, setCheck] = createSignal<typeof houseHints>()
  createEffect(() => {
    if (props.text === '' || check()) return
    void import('./house-hint.ts').then(
      (code) => setCheck(() => code.houseHints),
      () => undefined, // the next letter asks again
    )
  })
  const [text, setText] = createSignal(props.text)
  createEffect(() => {
    const next = props.text
    const timer = setTimeout(() => setText(next), restMs)
    onCleanup(() => clearTimeout(timer))
  })
  const hints = () => (props.text === '' ? [] : (check()?.(text(), props.use) ?? []))
  return (
    <div role="status" class="house-hints">
      <Show when={hints().length > 0}>
        <div class="hint calm">
          <ul>
            <For each={hints()}>
              {({ rule, got }) => (
                <li data-rule={rule}>
                  {words().house[rule](got)}{' '}
                  <a class="link" href={`${pathTo(props.locale).rules}#${rule}`}>
                    {words().rule(rule)}
                  </a>
                </li>
              )}
            </For>
          </ul>
          <p class="quiet">{words().houseWhy}</p>
        </div>
      </Show>
    </div>
  )
}
