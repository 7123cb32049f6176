/** By when things are done, and what a paid repair costs, as sentences to fill in. */
import { createEffect, createMemo, For, Show } from 'solid-js'
import type { PolicyDraft } from '#domain/policy-draft.ts'
import { promiseArticles, promiseKinds, type DraftFee } from '#domain/policy-promises.ts'
import type { RulesWords } from '#src/i18n/rules.ts'
import { countOf } from './count.ts'
import { RemoveButton } from './RuleRow.tsx'
import type { Rules } from './rules.ts'
import { Sentence } from './Sentence.tsx'

interface PromisesProps {
  readonly words: RulesWords
  readonly rules: Rules
  readonly isBad: (article: string) => boolean
}

export function Promises(props: PromisesProps) {
  const draft = () => props.rules.draft()
  const feeIds = createMemo(() => draft().fees.map(({ id }) => id))
  return (
    <>
      <h3>{props.words.promises}</h3>
      <ul class="rule-list">
        <For each={promiseKinds}>
          {(kind) => (
            <li
              class="rule"
              classList={{ bad: props.isBad(promiseArticles[kind]) }}
              data-article={promiseArticles[kind]}
            >
              <Sentence
                text={props.words.promise[kind]}
                gaps={{
                  days: () => (
                    <DaysField
                      label={props.words.promiseDays(promiseArticles[kind])}
                      empty={props.words.noPromise}
                      value={draft().promises[kind]}
                      onChange={(days) => props.rules.setPromise(kind, days)}
                    />
                  ),
                }}
              />
            </li>
          )}
        </For>
      </ul>
      <h3>{props.words.fees}</h3>
      <Show when={isUnpriced(draft())}>
        <p class="hint" data-unpriced>
          {props.words.unpriced}
        </p>
      </Show>
      <ul class="rule-list">
        <For each={feeIds()}>
          {(id) => (
            <Show when={draft().fees.find((fee) => fee.id === id)}>
              {(fee) => (
                <li class="rule" classList={{ bad: props.isBad(fee().article) }} data-article={fee().article}>
                  <Fee
                    words={props.words}
                    article={fee().article}
                    fee={fee()}
                    onChange={(changed) => props.rules.setFee(id, changed)}
                  />
                  <RemoveButton
                    label={props.words.remove(fee().article)}
                    onRemove={() => props.rules.remove('fee', id)}
                  />
                </li>
              )}
            </Show>
          )}
        </For>
      </ul>
      <button class="btn" type="button" data-add="fee" onClick={() => props.rules.addFee()}>
        + {props.words.addFee}
      </button>
    </>
  )
}

/** Something is done for a fee, and nobody has said for which. */
const isUnpriced = ({ rows, fees }: PolicyDraft): boolean =>
  fees.length === 0 && rows.some(({ remedies }) => remedies.some((one) => one === 'paid-repair' || one === 'paid-swap'))

interface FeeProps {
  readonly words: RulesWords
  readonly article: string
  readonly fee: DraftFee
  readonly onChange: (fee: DraftFee) => void
}

function Fee(props: FeeProps) {
  const change = (part: Partial<DraftFee>) => {
    const { place, what, price } = props.fee
    props.onChange({ place, what, price, ...part })
  }
  return (
    <fieldset>
      <legend>{props.words.feeName(props.article)}</legend>
      <Sentence
        text={props.words.feeSentence}
        gaps={{
          what: () => (
            <input
              class="what"
              type="text"
              autocomplete="off"
              maxlength={40}
              aria-label={props.words.feeWhat}
              placeholder={props.words.feeExample}
              value={props.fee.what}
              onInput={(event) => change({ what: event.currentTarget.value })}
            />
          ),
          price: () => (
            <input
              class="number"
              type="text"
              inputmode="decimal"
              autocomplete="off"
              maxlength={12}
              aria-label={props.words.feePrice}
              value={props.fee.price}
              onInput={(event) => change({ price: event.currentTarget.value })}
            />
          ),
        }}
      />
    </fieldset>
  )
}

interface DaysFieldProps {
  readonly label: string
  readonly empty: string
  readonly value: number | undefined
  readonly onChange: (days: number | undefined) => void
}

function DaysField(props: DaysFieldProps) {
  let field: HTMLInputElement | undefined
  createEffect(() => {
    const days = props.value
    if (field && countOf(field.value) !== days) field.value = days === undefined || days < 0 ? '' : String(days)
  })
  return (
    <input
      class="number"
      type="text"
      inputmode="numeric"
      autocomplete="off"
      maxlength={3}
      aria-label={props.label}
      placeholder="–"
      title={props.empty}
      ref={(own) => (field = own)}
      onInput={(event) => props.onChange(countOf(event.currentTarget.value))}
    />
  )
}
