/** What was refused and what to do about it. */
import { For } from 'solid-js'
import { gapIn, type Locale } from '#domain/locale.ts'
import type { Refusal } from '#domain/refusal.ts'
import { speechOf } from '#src/sync/refusal-speech.ts'

interface RefusalLinesProps {
  readonly locale: Locale
  readonly refusals: readonly Refusal[]
  /** What the page calls a field. */
  readonly labelOf?: (field: string) => string
}

export const RefusalLines = (props: RefusalLinesProps) => (
  <For each={props.refusals}>
    {(refusal) => {
      const { rule, field = '', limit, got } = refusal
      const says = () => speechOf(rule, { field: props.labelOf?.(field) ?? field, limit, got }, props.locale)
      return (
        <p class="err" data-rule={rule}>
          {says().why}
          {gapIn(props.locale)}
          {says().mend}
        </p>
      )
    }}
  </For>
)
