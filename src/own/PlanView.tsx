/** What would come of a file, counted and line by line, before anything is written. */
import { For, Show, type JSX } from 'solid-js'
import { shortDid } from '#domain/identity.ts'
import { gapIn, peoplesLanguage, type Locale } from '#domain/locale.ts'
import { ownBundle } from '#src/i18n/own-bundle.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { categoryOf } from '#src/i18n/town.ts'
import { refusalText } from '#src/listings/refusal-words.ts'
import type { Plan, PlanLine } from './bundle-plan.ts'
import { dayIn } from './day.ts'

interface PlanProps {
  readonly locale: Locale
  readonly plan: Plan
  readonly accept: () => void
}

const comes = ({ action }: PlanLine): boolean => action === 'put' || action === 'publish' || action === 'draft'

export function PlanView(props: PlanProps): JSX.Element {
  const words = () => inLocale(ownBundle, props.locale).bring
  const content = () => props.plan.bundle.content
  const coming = (kind: string) => props.plan.lines.filter((line) => line.kind === kind && comes(line)).length
  const fresh = (map: string, but: RegExp) => {
    const keys = Object.keys(props.plan.fresh[map] ?? {}).filter((key) => !but.test(key))
    return new Set(keys.map((key) => key.split('/')[0])).size
  }
  const counts = () => {
    const { counts: say } = words()
    return [
      [coming('listing'), say.listings],
      [coming('guide'), say.guides],
      [fresh('drafts', /\/\./), say.drafts],
      [fresh('favourites', /^$/), say.favourites],
      [fresh('searches', /#/), say.searches],
      [fresh('notes', /^$/), say.notes],
      [fresh('hiddenSellers', /^$/), say.hiddenSellers],
      [fresh('messages-blocked', /^$/), say.blocked],
      [fresh('messages-sent', /^$/), say.sent],
      [content().messages.length, say.messages],
      [props.plan.bundle.photos.size, say.photos],
      [props.plan.bundle.missing.length, say.missing],
    ] as const
  }
  const hasAny = () => props.plan.lines.some(comes) || Object.keys(props.plan.fresh).length > 0
  const day = () => dayIn(content().at, props.locale)
  return (
    <div class="plan" data-plan={props.plan.lines.filter(comes).length}>
      <p role="status">{words().from(content().portal, day(), shortDid(content().author))}</p>
      <Show when={!props.plan.isMine}>
        <p class="hint" data-other-key>
          {words().otherKey}
        </p>
      </Show>
      <ul>
        <For each={counts().filter(([n]) => n > 0)}>{([n, say]) => <li>{say(n)}</li>}</For>
      </ul>
      <details open={props.plan.lines.some(({ refusals }) => refusals.length > 0)}>
        <summary>{words().lines}</summary>
        <ol class="plan-lines">
          <For each={props.plan.lines}>{(line) => <Line locale={props.locale} line={line} />}</For>
        </ol>
      </details>
      <Show when={content().messages.length > 0}>
        <Letters locale={props.locale} messages={content().messages} />
      </Show>
      <Show when={hasAny()} fallback={<p data-nothing>{words().nothing}</p>}>
        <button type="button" class="btn primary" data-act="import" onClick={() => props.accept()}>
          {words().act}
        </button>
      </Show>
    </div>
  )
}

/** As they were opened when the file was made; nothing of them comes in. */
function Letters(props: {
  readonly locale: Locale
  readonly messages: Plan['bundle']['content']['messages']
}): JSX.Element {
  const words = () => inLocale(ownBundle, props.locale).bring
  return (
    <details data-letters={props.messages.length}>
      <summary>{words().letters}</summary>
      <p class="quiet">{words().lettersAre}</p>
      <ol class="plan-lines">
        <For each={props.messages}>
          {({ from, at, text }) => (
            <li>
              <span class="letter" lang={peoplesLanguage}>
                {text}
              </span>
              <span class="quiet">
                {shortDid(from)} · {dayIn(at, props.locale)}
              </span>
            </li>
          )}
        </For>
      </ol>
    </details>
  )
}

function Line(props: { readonly locale: Locale; readonly line: PlanLine }): JSX.Element {
  const words = () => inLocale(ownBundle, props.locale).bring
  return (
    <li data-line={props.line.line} data-action={props.line.action}>
      <span>
        {words().kinds[props.line.kind] ?? words().unnamed} <b lang={peoplesLanguage}>{props.line.title}</b>
      </span>
      <span class="quiet">{words().actions[props.line.action]}</span>
      <For each={props.line.refusals}>
        {(refusal) => {
          const says = () => refusalText(refusal, categoryOf(props.line.values?.['category'] ?? ''), props.locale)
          return (
            <span class="err" data-rule={refusal.rule}>
              {says().why}
              {gapIn(props.locale)}
              {says().mend}
            </span>
          )
        }}
      </For>
    </li>
  )
}
