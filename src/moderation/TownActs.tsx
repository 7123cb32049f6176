/** What this moderator has changed lately, from his own shelf: how far it has come, or why it was refused, with the words at hand. */
import { For, Show } from 'solid-js'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { townIdOf } from '#domain/town-entry.ts'
import { moderator } from '#src/i18n/moderator.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { townDesk } from '#src/i18n/town-desk.ts'
import type { TownBench } from './town-bench.ts'
import { RefusalLine, townLabelIn } from './TownField.tsx'
import type { Opened } from './TownForm.tsx'
import { calledIn } from './TownRow.tsx'
import { townFields } from './town-values.ts'

const mostShown = 8

interface TownActsProps {
  readonly locale: Locale
  readonly bench: TownBench
  /** Undefined for whom may not. */
  readonly open: ((opened: Opened) => void) | undefined
}

export function TownActs(props: TownActsProps) {
  const words = () => inLocale(townDesk, props.locale)
  return (
    <Show when={props.bench.acts().length > 0}>
      <section class="panel" aria-labelledby="town-mine">
        <h2 id="town-mine">{words().mine}</h2>
        <ul class="said">
          <For each={props.bench.acts().slice(0, mostShown)}>
            {({ body, progress }) => (
              <li data-mine={townIdOf(body)} data-step={progress.step}>
                <b lang={peoplesLanguage}>{calledIn(body)}</b> <Show when={!body.entry}>{words().off}</Show>{' '}
                <small>{inLocale(moderator, props.locale).steps[progress.step]}</small>
                <For each={progress.refusals}>
                  {(refusal) => (
                    <RefusalLine
                      locale={props.locale}
                      refusal={refusal}
                      label={() => {
                        const field = townFields[body.kind].find(({ name }) => name === refusal.field)
                        return field ? townLabelIn(field, props.locale) : ''
                      }}
                    />
                  )}
                </For>
                <Show when={progress.step === 'refused' && body.entry && props.open}>
                  {(open) => (
                    <button
                      class="btn plain"
                      type="button"
                      data-act="reopen"
                      onClick={() => open()({ kind: body.kind, name: body.name, body })}
                    >
                      {words().reopen}
                    </button>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
