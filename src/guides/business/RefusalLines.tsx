/** What was refused and what to do about it. */
import { For } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import type { Refusal } from '#domain/refusal.ts'
import { refusals } from '#src/i18n/refusals.ts'
import { inLocale } from '#src/i18n/strings.ts'

interface RefusalLinesProps {
  readonly locale: Locale
  readonly refusals: readonly Refusal[]
  /** What the page calls a field. */
  readonly labelOf?: (field: string) => string
}

export const RefusalLines = (props: RefusalLinesProps) => (
  <For each={props.refusals}>
    {(refusal) => {
      const speech = inLocale(refusals, props.locale)[refusal.rule]
      const { field = '', limit, got } = refusal
      const facts = { field: props.labelOf?.(field) ?? field, limit, got }
      return (
        <p class="err" data-rule={refusal.rule}>
          {speech.why(facts)} {speech.mend(facts)}
        </p>
      )
    }}
  </For>
)
