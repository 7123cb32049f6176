/** What the search page says when nothing was found. */
import { For, Show } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { hasWord } from '#domain/query.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { search } from '#src/i18n/search.ts'
import { inLocale } from '#src/i18n/strings.ts'

export function NothingFound(props: { readonly locale: Locale; readonly query: string }) {
  const words = () => inLocale(search, props.locale)
  return (
    <div class="panel nothing">
      <h2>{words().nothing(props.query)}</h2>
      <Show when={hasWord(props.query)} fallback={<p>{words().noWord}</p>}>
        <ul>
          <For each={words().nothingHelp}>{(tip) => <li>{tip}</li>}</For>
        </ul>
      </Show>
      <div class="btns">
        <a class="btn" href={pathTo(props.locale).home}>
          {words().browse}
        </a>
        <a class="btn" href={pathTo(props.locale).post}>
          {words().wanted}
        </a>
      </div>
    </div>
  )
}
