/** A verdict as one reads, prints and keeps it: the answer, until when, by which articles, what to bring, which days to keep. */
import { For, Show } from 'solid-js'
import type { CaseAnswers } from '#domain/case-form.ts'
import { daysBetween } from '#domain/civil.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import { yuanOfFen } from '#domain/money.ts'
import type { Policy } from '#domain/policy-schema.ts'
import { dateIn } from '#src/i18n/facts.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { verdict as verdictWords } from '#src/i18n/verdict.ts'
import { Icon } from '#src/ui/Icon.tsx'
import type { Judged } from './advisor.ts'
import { LayerView } from './LayerView.tsx'
import { Timeline } from './Timeline.tsx'
import { ToldFacts } from './ToldFacts.tsx'
import { VerdictActions } from './VerdictActions.tsx'

export interface VerdictViewProps {
  readonly locale: Locale
  readonly policies: readonly Policy[]
  readonly policy: Policy
  readonly judged: Judged
  readonly answers: CaseAnswers
  readonly link: string
}

export function VerdictView(props: VerdictViewProps) {
  const words = () => inLocale(verdictWords, props.locale)
  const verdict = () => props.judged.verdict
  const decided = () => verdict().layers[verdict().decidedBy] ?? verdict().layers[0]
  const own = () => props.policies.find(({ id }) => id === decided().policy) ?? props.policy
  const tone = () => (verdict().fee === 'free' ? 'good' : verdict().fee === 'paid' ? 'paid' : 'no')
  return (
    <article class="verdict" data-remedy={verdict().remedy} data-tone={tone()}>
      <header>
        <Icon name={tone() === 'good' ? 'check' : 'note'} />
        <h3>{words().remedy[verdict().remedy]}</h3>
        <p>{headline(props)}</p>
      </header>
      <div class="in">
        <Show when={decided().granted.length > 0}>
          <Timeline locale={props.locale} policy={own()} facts={props.judged.facts} layer={decided()} />
        </Show>
        <Show when={verdict().decidedBy > 0}>
          <p class="hint ok">{words().better}</p>
        </Show>
        <For each={verdict().layers}>
          {(layer, place) => (
            <LayerView
              locale={props.locale}
              policy={props.policies.find(({ id }) => id === layer.policy) ?? props.policy}
              layer={layer}
              options={verdict().options}
              decides={place() === verdict().decidedBy && verdict().layers.length > 1}
            />
          )}
        </For>
        <Keep {...props} />
        <ToldFacts locale={props.locale} policy={props.policy} answers={props.answers} />
        <VerdictActions {...props} />
        <p class="quiet">{words().judged(dateIn(props.judged.facts.today, props.locale))}</p>
      </div>
    </article>
  )
}

/** The second line: what else there is to choose, the day, how long it still holds, whether it costs. */
function headline({ judged: { verdict, facts }, locale }: VerdictViewProps): string {
  const words = inLocale(verdictWords, locale)
  if (verdict.remedy === 'none' || verdict.remedy === 'no-rule') return words.said[verdict.remedy]
  const layer = verdict.layers[verdict.decidedBy] ?? verdict.layers[0]
  const until = layer.granted.find((row) => row.until)?.until
  const left = until ? daysBetween(facts.today, until) : undefined
  const time =
    left === undefined || !until ? [] : [left === 0 ? words.lastDay : words.daysLeft(left, dateIn(until, locale))]
  const listed = verdict.options.map((remedy) => words.short[remedy]).join(words.or)
  return [
    ...(verdict.options.length > 1 ? [words.options(listed)] : []),
    [words.day(layer.day), ...time, ...(verdict.fee ? [words.fee[verdict.fee]] : [])].join(words.reasons),
  ].join(' ')
}

/** What to bring, what it costs, and the days to keep. */
function Keep(props: VerdictViewProps) {
  const words = () => inLocale(verdictWords, props.locale)
  const { locale } = props
  return (
    <>
      <section>
        <h4>{words().bring}</h4>
        <ul class="bring">
          <For each={props.judged.verdict.evidence}>{(one) => <li>{wordIn(one, locale)}</li>}</For>
        </ul>
        <p class="quiet">{words().ask}</p>
      </section>
      <Show when={props.judged.verdict.fee === 'paid' && props.policy.fees.length > 0}>
        <section>
          <h4>{words().fees}</h4>
          <dl class="lines">
            <For each={props.policy.fees}>
              {({ range, fen }) => (
                <div>
                  <dt>{wordIn(range, locale)}</dt>
                  <dd>{words().yuan(yuanOfFen(fen))}</dd>
                </div>
              )}
            </For>
          </dl>
        </section>
      </Show>
      <Show when={props.judged.verdict.dues.length > 0}>
        <section>
          <h4>{words().dates}</h4>
          <dl class="lines">
            <For each={props.judged.verdict.dues}>
              {(due) => (
                <div>
                  <dt>
                    {wordIn(due.text, locale)} <code>{[due.article, due.choice].filter(Boolean).join(' ')}</code>
                  </dt>
                  <dd>
                    <time datetime={due.on}>{dateIn(due.on, locale)}</time>
                  </dd>
                </div>
              )}
            </For>
          </dl>
          <p class="quiet">{words().datesNote}</p>
        </section>
      </Show>
    </>
  )
}
