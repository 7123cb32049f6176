/** What one policy says of the case: what it gives, by which articles, what stands against more, and what would change that. */
import { For, Show } from 'solid-js'
import { wordIn, type Locale } from '#domain/locale.ts'
import type { Policy } from '#domain/policy-schema.ts'
import { compareOptions, type Remedy } from '#domain/remedy.ts'
import type { LayerVerdict, Missed, Reason } from '#domain/verdict.ts'
import { dateIn } from '#src/i18n/facts.ts'
import { policy as policyWords } from '#src/i18n/policy.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { verdict as verdictWords, type VerdictWords } from '#src/i18n/verdict.ts'

interface LayerViewProps {
  readonly locale: Locale
  readonly policy: Policy
  readonly layer: LayerVerdict
  /** Of the whole verdict: only what would be better than these is worth telling. */
  readonly options: readonly Remedy[]
  readonly decides: boolean
}

export function LayerView(props: LayerViewProps) {
  const words = () => inLocale(verdictWords, props.locale)
  const idsOf = (rows: readonly { readonly article: string }[]) => rows.map(({ article }) => article)
  const given = () => props.layer.options.map((remedy) => words().short[remedy]).join(words().or)
  const better = () => props.layer.missed.filter(({ remedies }) => compareOptions(remedies, props.options) > 0)
  const { locale } = props
  return (
    <section class="layer" data-policy={props.layer.policy}>
      <h4>
        {words().layer[props.layer.layer]}
        <Show when={props.decides}>
          <span class="chip ok">{words().decides}</span>
        </Show>
      </h4>
      <p class="quiet">
        {wordIn(props.policy.title, locale)} ·{' '}
        {words().version(props.layer.version, dateIn(props.policy.validFrom, locale))}
      </p>
      <Show when={props.layer.layer === 'maker'}>
        <p class="hint">{wordIn(props.policy.source.note, locale)}</p>
      </Show>
      <p>
        <strong>{props.layer.options.length > 0 ? words().gives(given()) : words().givesNothing}</strong>
      </p>
      <Articles policy={props.policy} locale={locale} ids={idsOf(props.layer.granted)} />
      <For each={props.layer.granted.flatMap(({ coverUntil }) => coverUntil ?? [])}>
        {(day) => <p>{words().cover(dateIn(day, locale))}</p>}
      </For>
      <Show when={props.layer.barred.length > 0}>
        <h5>{words().barredBy}</h5>
        <Articles policy={props.policy} locale={locale} ids={idsOf(props.layer.barred)} />
        <For each={props.layer.barred.flatMap(({ doubt }) => doubt ?? [])}>
          {(doubt) => <p class="hint">{wordIn(doubt, locale)}</p>}
        </For>
      </Show>
      <Show when={better().length > 0}>
        <h5>{words().different}</h5>
        <ul class="bring">
          <For each={better()}>{(missed) => <li>{differently(missed, words(), locale)}</li>}</For>
        </ul>
      </Show>
      <More {...props} />
    </section>
  )
}

/** Notes, how days were counted, where the policy comes from: there to be opened, and printed open. */
const More = (props: LayerViewProps) => (
  <details>
    <summary>{inLocale(verdictWords, props.locale).howCounted}</summary>
    <Articles policy={props.policy} locale={props.locale} ids={[...props.layer.notes, ...props.layer.choices]} />
    <p class="quiet">
      {wordIn(props.policy.source.name, props.locale)} ·{' '}
      {inLocale(verdictWords, props.locale).certainty[props.policy.source.certainty]} ·{' '}
      {inLocale(verdictWords, props.locale).checked(dateIn(props.policy.source.checkedOn, props.locale))}
    </p>
    <p class="quiet">{wordIn(props.policy.source.note, props.locale)}</p>
  </details>
)

function Articles(props: { readonly policy: Policy; readonly locale: Locale; readonly ids: readonly string[] }) {
  const textOf = (id: string) => [...props.policy.articles, ...props.policy.choices].find((row) => row.id === id)?.text
  return (
    <For each={props.ids}>
      {(id) => (
        <p class="art" data-article={id}>
          <code>{id}</code>
          <span>{wordIn(textOf(id) ?? { zh: id, en: id }, props.locale)}</span>
        </p>
      )}
    </For>
  )
}

function differently({ article, remedies, because }: Missed, words: VerdictWords, locale: Locale): string {
  const remedy = remedies.map((one) => words.short[one]).join(words.or)
  return `${article} ${words.needsMore(remedy)}${because.map((one) => reasonIn(one, words, locale)).join(words.reasons)}`
}

function reasonIn(reason: Reason, words: VerdictWords, locale: Locale): string {
  switch (reason.kind) {
    case 'late':
      return words.reason.late(dateIn(reason.until, locale))
    case 'too-far':
      return words.reason['too-far'](reason.km)
    case 'spoilt':
      return words.reason.spoilt(inLocale(policyWords, locale).question[reason.by])
    case 'barred':
      return words.reason.barred(reason.by)
    case 'needs':
      return reason.fact === 'fault' ? words.reason.fault(reason.value) : words.reason[reason.fact]
  }
}
