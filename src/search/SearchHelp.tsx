/** What the search page says when there is nothing to show: before the first word, and when nothing was found. */
import { For, Show } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { queryRuns } from '#domain/runs.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { search } from '#src/i18n/search.ts'
import { inLocale } from '#src/i18n/strings.ts'

export interface BeginningProps {
  readonly locale: Locale
  readonly recent: readonly string[]
  readonly choose: (query: string) => void
  readonly forget: () => void
}

export function Beginning(props: BeginningProps) {
  const words = () => inLocale(search, props.locale)
  return (
    <div class="beginning">
      <p class="quiet">{words().start}</p>
      <Show when={props.recent.length > 0}>
        <section aria-labelledby="search-recent">
          <header>
            <h2 id="search-recent">{words().recent}</h2>
            <span class="quiet">{words().recentNote}</span>
            <button type="button" class="btn plain" onClick={() => props.forget()}>
              {words().clearRecent}
            </button>
          </header>
          <div class="chips">
            <For each={props.recent}>
              {(query) => (
                <button type="button" class="btn" onClick={() => props.choose(query)}>
                  {query}
                </button>
              )}
            </For>
          </div>
        </section>
      </Show>
    </div>
  )
}

export function NothingFound(props: { readonly locale: Locale; readonly query: string }) {
  const words = () => inLocale(search, props.locale)
  return (
    <div class="panel nothing">
      <h2>{words().nothing(props.query)}</h2>
      <Show when={queryRuns(props.query).length > 0} fallback={<p>{words().noWord}</p>}>
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
