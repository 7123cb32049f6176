/** The rights along time as a row of steps; today's is filled. Said in words too, for who cannot see the colour. */
import { For, Show } from 'solid-js'
import type { CaseFacts } from '#domain/case-facts.ts'
import type { Locale } from '#domain/locale.ts'
import { timelineOf, type TimelineStep } from '#domain/policy-timeline.ts'
import type { Policy } from '#domain/policy-schema.ts'
import type { LayerVerdict } from '#domain/verdict.ts'
import { dateIn } from '#src/i18n/facts.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { verdict as verdictWords } from '#src/i18n/verdict.ts'

interface TimelineProps {
  readonly locale: Locale
  readonly policy: Policy
  readonly facts: CaseFacts
  readonly layer: LayerVerdict
}

export function Timeline(props: TimelineProps) {
  const words = () => inLocale(verdictWords, props.locale)
  const steps = () => timelineOf(props.policy, props.facts, props.layer)
  const said = ({ time, holds, refused }: TimelineStep) => {
    if (holds) return words().now
    if (time === 'over') return words().over
    return refused ? words().refused : ''
  }
  return (
    <Show when={steps().length > 1}>
      <ol class="timeline" aria-label={words().timeline}>
        <For each={steps()}>
          {(step) => (
            <li data-time={step.holds ? 'holds' : step.refused ? 'over' : step.time}>
              <b>{step.remedies.map((remedy) => words().short[remedy]).join(words().or)}</b>
              <span>
                {step.until
                  ? words().until(
                      dateIn(step.until, props.locale).replaceAll('\u00a0', ' '),
                    ) /* a step is narrower than a date */
                  : words().after}
              </span>
              <small>
                {step.article} {said(step)}
              </small>
            </li>
          )}
        </For>
      </ol>
    </Show>
  )
}
