/** Two devices changed one listing: both versions side by side, and the person chooses. */
import { createMemo, createSignal, For, Show, type ParentProps } from 'solid-js'
import { peoplesLanguage, wordIn, type Locale } from '#domain/locale.ts'
import type { OpenRecord } from '#domain/record.ts'
import { priceOf } from '#src/i18n/card.ts'
import { factsOf } from '#src/i18n/facts.ts'
import { mine } from '#src/i18n/mine.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { categoryOf, districtOf } from '#src/i18n/town.ts'
import { bodyOf } from './desk.ts'
import type { OwnId, Publisher } from './publish.ts'
import type { Choice } from '#src/sync/progress.ts'

interface VersionChoiceProps {
  readonly locale: Locale
  readonly own: OwnId
  readonly choice: Choice
  readonly publisher: Publisher
}

export function VersionChoice(props: VersionChoiceProps) {
  const words = () => inLocale(mine, props.locale).choice
  const [busy, setBusy] = createSignal(false)
  const choose = async (act: () => Promise<boolean>): Promise<void> => {
    setBusy(true)
    await act().finally(() => setBusy(false))
  }
  const headingId = () => `choice-${props.own.id}`
  return (
    <section class="box versions" aria-labelledby={headingId()}>
      <h2 id={headingId()}>{words().title}</h2>
      <p>{words().lead}</p>
      <div class="pair">
        <Version locale={props.locale} record={props.choice.mine} label={words().mine}>
          <button
            class="btn"
            type="button"
            data-act="keep-mine"
            disabled={busy()}
            onClick={() => void choose(() => props.publisher.keepMine(props.own, props.choice.mine))}
          >
            {words().keepMine}
          </button>
        </Version>
        <Version locale={props.locale} record={props.choice.counts} label={words().counts}>
          <button
            class="btn"
            type="button"
            data-act="keep-other"
            disabled={busy()}
            onClick={() => void choose(() => props.publisher.keepOther(props.own))}
          >
            {words().keepOther}
          </button>
        </Version>
      </div>
    </section>
  )
}

function Version(props: ParentProps<{ readonly locale: Locale; readonly record: OpenRecord; readonly label: string }>) {
  const body = createMemo(() => bodyOf(props.record))
  const category = () => categoryOf(body().category)
  const price = createMemo(() => {
    const row = category()
    return row && priceOf(row, { ...body(), fields: { ...body().fields } }, props.locale)
  })
  const facts = createMemo(() => {
    const row = category()
    return row ? factsOf(row, body().fields, props.locale) : []
  })
  const district = () => districtOf(body().district)
  return (
    <article class="version" data-hash={props.record.hash}>
      <p class="chip">{props.label}</p>
      <h3 lang={peoplesLanguage}>{body().title}</h3>
      <Show when={price()}>
        {(told) => (
          <p class="price">
            {told().amount}
            <small>{told().unit}</small>
          </p>
        )}
      </Show>
      <p class="said" lang={peoplesLanguage}>
        {body().text}
      </p>
      <ul class="chips">
        <For each={facts()}>
          {(fact) => (
            <li class="chip">
              {fact.label} <span lang={fact.lang}>{fact.value}</span>
            </li>
          )}
        </For>
        <Show when={district()}>{(row) => <li class="chip">{wordIn(row().name, props.locale)}</li>}</Show>
      </ul>
      {props.children}
    </article>
  )
}
