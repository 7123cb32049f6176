/** What this moderator has decided lately, from his own shelf, and how to take it back. */
import { For, Show } from 'solid-js'
import { gapIn, peoplesLanguage, type Locale } from '#domain/locale.ts'
import { moderation } from '#src/i18n/moderation.ts'
import { moderator } from '#src/i18n/moderator.ts'
import { refusals } from '#src/i18n/refusals.ts'
import { inLocale } from '#src/i18n/strings.ts'
import type { Bench, OwnDecision } from './bench.ts'

const mostShown = 20

interface RecentProps {
  readonly locale: Locale
  readonly bench: Bench
}

export function RecentDecisions(props: RecentProps) {
  const words = () => inLocale(moderator, props.locale)
  const shown = () => props.bench.decisions().slice(0, mostShown)
  const isLast = ({ body, at }: OwnDecision) =>
    !props.bench.decisions().some((other) => other.body.subject.id === body.subject.id && other.at > at)
  const canUndo = (decision: OwnDecision) =>
    (decision.body.action === 'hide' || decision.body.action === 'block') && isLast(decision)
  const undo = ({ body: { subject, rule } }: OwnDecision) =>
    void props.bench.decide({ subject, rule, action: 'restore', reason: words().undoReason })
  return (
    <Show when={shown().length > 0}>
      <section class="panel" aria-labelledby="recent">
        <h2 id="recent">{words().recent}</h2>
        <ul class="said">
          <For each={shown()}>
            {(decision) => (
              <li
                data-recent={decision.body.action}
                data-of={decision.body.subject.id}
                data-step={decision.progress.step}
              >
                <b>
                  {inLocale(moderation, props.locale).kinds[decision.body.subject.kind]}{' '}
                  <code>{decision.body.subject.id.slice(-8)}</code>{' '}
                  {inLocale(moderation, props.locale).actions[decision.body.action]}
                </b>{' '}
                {decision.body.rule} <span lang={peoplesLanguage}>{decision.body.reason}</span>{' '}
                <small>{words().steps[decision.progress.step]}</small>
                <For each={decision.progress.refusals}>
                  {(refusal) => (
                    <p class="hint bad" data-rule={refusal.rule}>
                      {inLocale(refusals, props.locale)[refusal.rule].why({ ...refusal, field: refusal.field ?? '' })}
                      {gapIn(props.locale)}
                      {inLocale(refusals, props.locale)[refusal.rule].mend({ ...refusal, field: refusal.field ?? '' })}
                    </p>
                  )}
                </For>
                <Show when={canUndo(decision)}>
                  <button class="btn plain" type="button" data-act="undo" onClick={() => undo(decision)}>
                    {words().undo}
                  </button>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
