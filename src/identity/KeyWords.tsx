/** The 12 words of the key, shown only when asked for and hidden again with one tap. */
import { For, Match, Show, Switch, createSignal, type JSX } from 'solid-js'
import type { Bytes } from '#domain/bytes.ts'
import type { Locale } from '#domain/locale.ts'
import { me } from '#src/i18n/me.ts'
import { inLocale } from '#src/i18n/strings.ts'
import type { WordList } from './words.ts'

export interface KeyWordsProps {
  readonly locale: Locale
  readonly entropy: () => Promise<Bytes | undefined>
}

export function KeyWords(props: KeyWordsProps): JSX.Element {
  const words = inLocale(me, props.locale)
  const [list, setList] = createSignal<WordList>(props.locale === 'en' ? 'en' : 'zh')
  const [shown, setShown] = createSignal<readonly string[]>()
  const [state, setState] = createSignal<'copied' | 'copyFailed' | 'loadFailed'>()

  const show = async (next: WordList): Promise<void> => {
    setState(undefined)
    const loaded = await import('./words.ts').catch(() => undefined)
    const entropy = await props.entropy()
    if (!loaded || !entropy) return void setState('loadFailed')
    setList(next)
    setShown(loaded.entropyToWords(entropy, next))
  }
  const copy = (text: string): Promise<unknown> =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('copyFailed'),
    )
  return (
    <div class="key-words">
      <Show
        when={shown()}
        fallback={
          <button type="button" class="btn" data-act="show-words" onClick={() => void show(list())}>
            {words.show}
          </button>
        }
      >
        {(twelve) => (
          <>
            <p class="hint">{words.warning}</p>
            <ol aria-label={words.words} data-words={list()}>
              <For each={twelve()}>{(word) => <li>{word}</li>}</For>
            </ol>
            <div class="btns">
              <button type="button" class="btn primary" onClick={() => setShown(undefined)}>
                {words.hide}
              </button>
              <button type="button" class="btn" onClick={() => void copy(twelve().join(' '))}>
                {words.copy}
              </button>
              <button type="button" class="btn plain" onClick={() => void show(list() === 'zh' ? 'en' : 'zh')}>
                {words.language}: {list() === 'zh' ? words.english : words.chinese}
              </button>
            </div>
          </>
        )}
      </Show>
      <p role="status">
        <Switch>
          <Match when={state()}>{(known) => words[known()]}</Match>
        </Switch>
      </p>
    </div>
  )
}
