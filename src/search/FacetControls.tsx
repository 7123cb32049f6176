/** What a search is narrowed with: a choice with its counts, a number from and to. */
import { For, Show, type JSX } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { browse } from '#src/i18n/browse.ts'
import { inLocale } from '#src/i18n/strings.ts'

interface ChoiceProps {
  readonly locale: Locale
  readonly name: string
  readonly label: string
  readonly rows: readonly { readonly id: string; readonly name: string }[]
  readonly chosen: string | undefined
  readonly counts?: Readonly<Record<string, number>> | undefined
  readonly isRequired?: boolean
}

/** Counts are told beside the answer, once they are there. */
export function Choice(props: ChoiceProps) {
  const counted = (id: string) => (props.counts ? ` (${props.counts[id] ?? 0})` : '')
  return (
    <label>
      <span>{props.label}</span>
      <select name={props.name}>
        <Show when={!props.isRequired}>
          <option value="" selected={props.chosen === undefined}>
            {inLocale(browse, props.locale).category.any}
          </option>
        </Show>
        <For each={props.rows}>
          {({ id, name }) => (
            <option value={id} selected={id === props.chosen}>
              {name}
              {counted(id)}
            </option>
          )}
        </For>
      </select>
    </label>
  )
}

interface EndsProps {
  readonly locale: Locale
  readonly name: string
  readonly label: string
  readonly min: number | undefined
  readonly max: number | undefined
  readonly below: (id: string, label: string) => JSX.Element
}

export function Ends(props: EndsProps) {
  const words = () => inLocale(browse, props.locale).category
  return (
    <fieldset>
      <legend>{props.label}</legend>
      <input
        name={`${props.name}-min`}
        inputmode="decimal"
        aria-label={words().from}
        placeholder={words().from}
        value={props.min ?? ''}
      />
      <span>{words().between}</span>
      <input
        name={`${props.name}-max`}
        inputmode="decimal"
        aria-label={words().to}
        placeholder={words().to}
        value={props.max ?? ''}
      />
      {props.below(props.name, props.label)}
    </fieldset>
  )
}
