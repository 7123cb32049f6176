/** One rule, or one exclusion, as a sentence to fill in. */
import { For, Show } from 'solid-js'
import { exclusions, regions, type Region } from '#domain/case-facts.ts'
import { gifts, refusals, type DraftBar, type DraftRow, type Numbered } from '#domain/policy-draft.ts'
import type { Remedy } from '#domain/remedy.ts'
import type { RulesWords } from '#src/i18n/rules.ts'
import type { VerdictWords } from '#src/i18n/verdict.ts'
import { Choice, Sentence } from './Sentence.tsx'
import { SpanField } from './SpanField.tsx'

interface RowProps<T> {
  readonly words: RulesWords
  readonly verdict: VerdictWords
  readonly row: Numbered<T>
  readonly isBad: boolean
  /** Where phones are sold; the rules of a region are told by the names of regions. */
  readonly regions?: Readonly<Record<Region, string>> | undefined
  readonly onChange: (row: T) => void
  readonly onRemove: () => void
}

/** What may be said of goods that come back; the rest is the law's. */
const conditions = ['used', 'pack', 'accessories', 'card', 'damage'] as const

export function RuleRow(props: RowProps<DraftRow>) {
  const plain = (): DraftRow => {
    const { id: _id, article: _article, ...row } = props.row
    return row
  }
  const change = (part: Partial<DraftRow>) => props.onChange(without({ ...plain(), ...part }))
  const { words } = props
  return (
    <li class="rule" classList={{ bad: props.isBad }} data-article={props.row.article}>
      <fieldset>
        <legend>{words.rowName(props.row.article)}</legend>
        <Sentence
          text={words.sentence}
          gaps={{
            reason: () => (
              <Choice
                label={words.whenLabel}
                value={props.row.fault ? 'fault' : 'any'}
                options={[
                  ['fault', words.reason.fault],
                  ['any', words.reason.any],
                ]}
                onChoose={(reason) => change({ fault: reason === 'fault' })}
              />
            ),
            where: () => (
              <Show when={props.regions ?? (props.row.region && { [props.row.region]: props.row.region })}>
                {(names) => (
                  <Choice<Region | 'any'>
                    label={words.where}
                    value={props.row.region ?? 'any'}
                    options={[
                      ['any', words.anywhere],
                      ...regions.map((one) => [one, words.boughtIn(names()[one] ?? one)] as const),
                    ]}
                    onChoose={(one) => change({ region: one === 'any' ? undefined : one })}
                  />
                )}
              </Show>
            ),
            after: () => (
              <SpanField
                label={words.from}
                empty={words.start}
                units={words.unit}
                value={props.row.after}
                onChange={(after) => change({ after })}
              />
            ),
            until: () => (
              <SpanField
                label={words.to}
                empty={words.end}
                units={words.unit}
                value={props.row.until}
                onChange={(until) => change({ until })}
              />
            ),
            gift: () => (
              <Choice
                label={words.gift}
                value={props.row.remedies.join('+')}
                options={gifts.map((remedies) => [remedies.join('+'), giftIn(remedies, props)] as const)}
                onChoose={(chosen) =>
                  change({ remedies: [...(gifts.find((remedies) => remedies.join('+') === chosen) ?? [])] })
                }
              />
            ),
          }}
        />
        <div class="unless" role="group" aria-label={words.onlyIf}>
          <span aria-hidden="true">{words.onlyIf}</span>
          <For each={conditions}>
            {(one) => (
              <label class="tick">
                <input
                  type="checkbox"
                  checked={props.row.unless.includes(one)}
                  onChange={(event) =>
                    change({
                      unless: exclusions.filter((other) =>
                        other === one ? event.currentTarget.checked : props.row.unless.includes(other),
                      ),
                    })
                  }
                />
                {words.exclusions[one]}
              </label>
            )}
          </For>
        </div>
      </fieldset>
      <RemoveButton label={words.remove(props.row.article)} onRemove={props.onRemove} />
    </li>
  )
}

/** A gap that was emptied is no gap in the stored row either. */
const without = (row: DraftRow): DraftRow =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as DraftRow

const giftIn = (remedies: readonly Remedy[], { words, verdict }: RowProps<DraftRow>): string => {
  const list = remedies.map((remedy) => verdict.short[remedy]).join(verdict.or)
  return remedies.length > 1 ? words.chooses(list) : list
}

export function BarRow(props: RowProps<DraftBar>) {
  const change = (part: Partial<DraftBar>) => {
    const { place, by, refuses, always } = props.row
    props.onChange({ place, by, refuses, always, ...part })
  }
  const { words } = props
  return (
    <li class="rule" classList={{ bad: props.isBad }} data-article={props.row.article}>
      <fieldset>
        <legend>{words.barName(props.row.article)}</legend>
        <Sentence
          text={words.barSentence}
          gaps={{
            what: () => (
              <Choice
                label={words.what}
                value={props.row.by}
                options={exclusions.map((one) => [one, words.exclusions[one]] as const)}
                onChoose={(by) => change({ by })}
              />
            ),
            refusal: () => (
              <Choice
                label={words.refusal}
                value={props.row.refuses}
                options={refusals.map((one) => [one, words.refusals[one]] as const)}
                onChoose={(refuses) => change({ refuses })}
              />
            ),
            when: () => (
              <Choice
                label={words.whenLabel}
                value={props.row.always ? 'always' : 'fine'}
                options={[
                  ['fine', words.when.fine],
                  ['always', words.when.always],
                ]}
                onChoose={(when) => change({ always: when === 'always' })}
              />
            ),
          }}
        />
      </fieldset>
      <RemoveButton label={words.remove(props.row.article)} onRemove={props.onRemove} />
    </li>
  )
}

export const RemoveButton = (props: { readonly label: string; readonly onRemove: () => void }) => (
  <button class="btn plain" type="button" title={props.label} aria-label={props.label} onClick={() => props.onRemove()}>
    ×
  </button>
)
