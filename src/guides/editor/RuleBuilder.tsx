/**
 * A business's rules as plain sentences, with what is wrong with them, where the law gives more, and the advisor a customer
 * will see. Two people may change different rules at once; nothing here needs a network.
 */
import { createMemo, For, Show } from 'solid-js'
import { channels, goodsKinds } from '#domain/case-facts.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import { betterByLaw, type LawIsBetter } from '#domain/policy-beside-law.ts'
import type { DraftFault } from '#domain/policy-made.ts'
import type { Policy } from '#domain/policy-schema.ts'
import { policy as policyWords } from '#src/i18n/policy.ts'
import { rules as rulesWords, type RulesWords } from '#src/i18n/rules.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { verdict as verdictWords } from '#src/i18n/verdict.ts'
import { statutes } from '../policies.ts'
import { PolicyPreview } from './PolicyPreview.tsx'
import { Promises } from './Promises.tsx'
import { BarRow, RuleRow } from './RuleRow.tsx'
import type { Rules } from './rules.ts'
import { Choice } from './Sentence.tsx'
import './rules.css'

export interface RuleBuilderProps {
  readonly rules: Rules
  readonly locale: Locale
  /** The civil date in the portal's zone. */
  readonly today: () => string
}

export function RuleBuilder(props: RuleBuilderProps) {
  const words = () => inLocale(rulesWords, props.locale)
  const verdict = () => inLocale(verdictWords, props.locale)
  const draft = () => props.rules.draft()
  const faults = (): readonly DraftFault[] => {
    const made = props.rules.made()
    return made && !made.ok ? made.error : []
  }
  const isBad = (article: string) => faults().some(({ articles }) => articles.includes(article))
  const policy = createMemo((): Policy | undefined => {
    const made = props.rules.made()
    return made?.ok ? made.value : undefined
  })
  const rowIds = createMemo(() => draft().rows.map(({ id }) => id))
  const regionNames = () => inLocale(policyWords, props.locale).choice.region
  const barIds = createMemo(() => draft().bars.map(({ id }) => id))
  return (
    <section class="rules" aria-labelledby="rules-title">
      <header>
        <h2 id="rules-title">{words().title}</h2>
        <p>{words().lead}</p>
      </header>
      <About {...props} words={words()} />
      <h3>{words().rows}</h3>
      <ul class="rule-list">
        <For each={rowIds()}>
          {(id) => (
            <Show when={draft().rows.find((row) => row.id === id)}>
              {(row) => (
                <RuleRow
                  words={words()}
                  verdict={verdict()}
                  row={row()}
                  isBad={isBad(row().article)}
                  regions={draft().about.goods === 'phone' ? regionNames() : undefined}
                  onChange={(changed) => props.rules.setRow(id, changed)}
                  onRemove={() => props.rules.remove('row', id)}
                />
              )}
            </Show>
          )}
        </For>
      </ul>
      <button class="btn" type="button" data-add="row" onClick={() => props.rules.addRow()}>
        + {words().addRow}
      </button>
      <h3>{words().bars}</h3>
      <ul class="rule-list">
        <For each={barIds()}>
          {(id) => (
            <Show when={draft().bars.find((bar) => bar.id === id)}>
              {(bar) => (
                <BarRow
                  words={words()}
                  verdict={verdict()}
                  row={bar()}
                  isBad={isBad(bar().article)}
                  onChange={(changed) => props.rules.setBar(id, changed)}
                  onRemove={() => props.rules.remove('bar', id)}
                />
              )}
            </Show>
          )}
        </For>
      </ul>
      <button class="btn" type="button" data-add="bar" onClick={() => props.rules.addBar()}>
        + {words().addBar}
      </button>
      <Promises words={words()} rules={props.rules} isBad={isBad} />
      <div role="status">
        <Show when={props.rules.removed()}>
          {(article) => (
            <p class="hint" data-removed>
              {words().removed(article())}{' '}
              <button
                class="btn"
                type="button"
                data-restore
                ref={(own) => queueMicrotask(() => own.focus())} // what had the focus is gone
                onClick={() => props.rules.putBack()}
              >
                {words().putBack}
              </button>
            </p>
          )}
        </Show>
      </div>
      <div aria-live="polite">
        <Faults faults={faults()} words={words()} />
        <Show when={policy()}>
          <p class="hint ok">{words().fits}</p>
        </Show>
      </div>
      <Show when={policy()}>
        {(made) => (
          <>
            <BesideLaw policy={made()} locale={props.locale} today={props.today()} />
            <PolicyPreview policy={made()} locale={props.locale} today={props.today} />
          </>
        )}
      </Show>
    </section>
  )
}

function About(props: RuleBuilderProps & { readonly words: RulesWords }) {
  const about = () => props.rules.draft().about
  const kinds = () => inLocale(policyWords, props.locale).choice.goods
  return (
    <p class="sentence" role="group" aria-label={props.words.about}>
      <span>{props.words.goods}</span>
      <Choice
        label={props.words.goods}
        value={about().goods}
        options={goodsKinds.map((one) => [one, kinds()[one]] as const)}
        onChoose={(goods) => props.rules.setAbout({ ...about(), goods })}
      />
      <span>{props.words.channel}</span>
      <Choice
        label={props.words.channel}
        value={about().channel}
        options={([...channels, 'both'] as const).map((one) => [one, props.words.channels[one]] as const)}
        onChoose={(channel) => props.rules.setAbout({ ...about(), channel })}
      />
    </p>
  )
}

const Faults = (props: { readonly faults: readonly DraftFault[]; readonly words: RulesWords }) => (
  <Show when={props.faults.length > 0}>
    <div class="hint bad">
      <p>{props.words.wrong}</p>
      <ul>
        <For each={props.faults}>
          {({ kind, articles }) => (
            <li data-fault={kind}>{props.words.faults[kind](articles.join(props.words.and))}</li>
          )}
        </For>
      </ul>
    </div>
  </Show>
)

function BesideLaw(props: { readonly policy: Policy; readonly locale: Locale; readonly today: string }) {
  const words = () => inLocale(rulesWords, props.locale)
  const short = () => inLocale(verdictWords, props.locale)
  const better = createMemo(() => betterByLaw(props.policy, statutes, props.today))
  const listOf = (remedies: LawIsBetter['law']) => remedies.map((one) => short().short[one]).join(short().or)
  const lawName = (id: string) => {
    const title = statutes.find((one) => one.id === id)?.title
    return title ? wordIn(title, props.locale) : id
  }
  const said = ({ from, until, fault, distance, by, law, statute, articles, shop }: LawIsBetter) =>
    words().law(
      words().days(from, until),
      words().situation(fault ? words().reasons.fault : words().reasons.fine, distance, by && words().exclusions[by]),
      listOf(law),
      [lawName(statute), ...articles].join(' '),
      shop.length > 0 ? words().shopGives(listOf(shop)) : words().shopNothing,
    )
  return (
    <Show when={better().length > 0}>
      <div class="hint beside-law">
        <h3>{words().lawTitle}</h3>
        <p>{words().lawLead}</p>
        <ul>
          <For each={better()}>{(one) => <li data-statute={one.statute}>{said(one)}</li>}</For>
        </ul>
      </div>
    </Show>
  )
}
