/** What a person must know about what is kept and what is not: here on this device, and at the portal. */
import { Match, Show, Switch, createSignal, type JSX } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { notices } from '#src/i18n/notices.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { answerAsides, asides } from './asides.ts'
import { memoryOnly, refusal, storageTrouble } from './connection.ts'

export interface NoticesProps {
  readonly locale: Locale
}

export function Notices(props: NoticesProps): JSX.Element {
  const words = inLocale(notices, props.locale)
  const whyNot = (code: string): string =>
    Object.hasOwn(words.refused, code) ? words.refused[code as keyof typeof words.refused] : words.refused.other
  return (
    <>
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
      <Switch>
        <Match when={!globalThis.crypto?.subtle}>
          <Told about="read-only" says={words.readOnly} locale={props.locale} />
        </Match>
        <Match when={storageTrouble()}>
          {(trouble) => <Told about={trouble()} says={words[trouble()]} locale={props.locale} />}
        </Match>
        <Match when={memoryOnly()}>
          <Told about="memory" says={words.memoryOnly} locale={props.locale} />
        </Match>
      </Switch>
    </>
  )
}

/** Stands until it is read. */
function Told(props: NoticesProps & { readonly about: string; readonly says: string }): JSX.Element {
  const [readAbout, setReadAbout] = createSignal<string>()
  return (
    <Show when={readAbout() !== props.about}>
      <div class="storage-notice" role="alert" data-storage={props.about}>
        <p>{props.says}</p>
        <button type="button" class="btn" onClick={() => setReadAbout(props.about)}>
          {inLocale(notices, props.locale).understood}
        </button>
      </div>
    </Show>
  )
}
