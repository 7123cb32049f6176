/** One thing that waits: what it is, what was said against it and for it, and what can be done. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import { houseRuleIds, mayBe, mostReason, type HouseRuleId, type LabelAction, type Subject } from '#domain/label.ts'
import { peoplesLanguage, wordIn, type Locale } from '#domain/locale.ts'
import type { QueueItem } from '#domain/queue.ts'
import { ruleOfReason } from '#domain/report.ts'
import { isDid } from '#domain/identity.ts'
import { civilDateOf } from '#domain/time.ts'
import { dateIn } from '#src/i18n/facts.ts'
import { moderation } from '#src/i18n/moderation.ts'
import { moderator } from '#src/i18n/moderator.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import rules from '../../content/rules.json'
import type { Bench } from './bench.ts'

interface QueueCardProps {
  readonly locale: Locale
  readonly bench: Bench
  readonly item: QueueItem
}

export function QueueCard(props: QueueCardProps) {
  const words = () => inLocale(moderator, props.locale)
  const id = () => props.item.subject.id
  const href = () => {
    const to = pathTo(props.locale)
    const { kind } = props.item.subject
    return kind === 'listing' ? to.listing(id()) : kind === 'guide' ? to.published(id()) : to.poster(id())
  }
  return (
    <li class="panel" data-subject={id()} aria-labelledby={`title-${id()}`}>
      <h2 id={`title-${id()}`}>
        <span class="chip">{inLocale(moderation, props.locale).kinds[props.item.subject.kind]}</span>{' '}
        <span lang={peoplesLanguage}>{props.item.title || id()}</span>
      </h2>
      <p class="chips">
        <Show when={props.item.count > 0}>
          <span class="chip warn">{words().weight(props.item.weight, props.item.count)}</span>
        </Show>
        <Show when={props.item.isHidden}>
          <span class="chip bad">{words().isHidden}</span>
        </Show>
        <Show when={props.item.isChanged}>
          <span class="chip">{words().isChanged}</span>
        </Show>
        <a class="link" href={href()}>
          {words().open}
        </a>
      </p>
      <Show when={props.item.decision}>
        {(decision) => (
          <p class="quiet">
            {words().before(inLocale(moderation, props.locale).actions[decision().action], decision().rule)}{' '}
            <span lang={peoplesLanguage}>{decision().reason}</span>
          </p>
        )}
      </Show>
      <ul class="said">
        <For each={props.item.reports}>
          {({ reason, text, at }) => (
            <li data-reason={reason}>
              <b>{reason === 'objection' ? words().objects : words().reasons[reason]}</b>{' '}
              <span lang={peoplesLanguage}>{text}</span>{' '}
              <small>{dateIn(civilDateOf(at, town.portal.zone), props.locale)}</small>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.item.text}>
        <details open={props.item.text.length < 300}>
          <summary>{words().text}</summary>
          <p class="text" lang={peoplesLanguage}>
            {props.item.text}
          </p>
        </details>
      </Show>
      <Deciding {...props} />
    </li>
  )
}

const titleOf = (rule: HouseRuleId, locale: Locale): string => {
  const found = rules.find(({ id }) => id === rule)
  return found ? wordIn(found.title, locale) : ''
}

function Deciding(props: QueueCardProps) {
  const words = () => inLocale(moderator, props.locale)
  const id = () => props.item.subject.id
  const [rule, setRule] = createSignal<HouseRuleId>(usualRule(props.item))
  const [typed, setTyped] = createSignal<string>()
  const [isBad, setBad] = createSignal(false)
  const reason = () => typed() ?? titleOf(rule(), props.locale)
  const mine = createMemo(() =>
    props.bench
      .decisions()
      .find(
        ({ body, at }) => [id(), props.item.author].includes(body.subject.id) && at > (props.bench.queue()?.at ?? 0),
      ),
  )
  const decide = async (action: LabelAction): Promise<void> => {
    if (action === 'block' && !confirm(words().sureBlock)) return
    const { author, subject: said } = props.item
    const subject: Subject = action === 'block' && isDid(author) ? { kind: 'key', id: author } : said
    const decided = await props.bench.decide({ subject, action, rule: rule(), reason: reason().trim() })
    setBad(!decided.ok)
  }
  const actions = (): readonly LabelAction[] =>
    props.item.subject.kind === 'key'
      ? ['restore']
      : props.item.isHidden
        ? ['restore', 'hide', 'block']
        : ['hide', 'restore', 'warn', 'block']
  const named = (action: LabelAction) =>
    action === 'restore' && props.item.isHidden ? words().bringBack : words().acts[action]
  return (
    <div class="deciding">
      <div class="field">
        <label for={`rule-${id()}`}>{words().rule}</label>
        <select
          id={`rule-${id()}`}
          name="rule"
          value={rule()}
          onChange={({ target }) => setRule(target.value as HouseRuleId)}
        >
          <For each={houseRuleIds}>
            {(each) => (
              <option value={each} selected={each === rule()}>
                {each} {titleOf(each, props.locale)}
              </option>
            )}
          </For>
        </select>
      </div>
      <div class="field" classList={{ bad: isBad() }}>
        <label for={`reason-${id()}`}>{words().reason}</label>
        <textarea
          id={`reason-${id()}`}
          name="reason"
          rows="2"
          maxlength={mostReason}
          aria-describedby={`help-${id()}`}
          aria-invalid={isBad()}
          value={reason()}
          onInput={({ target }) => setTyped(target.value)}
        />
        <p class="help" id={`help-${id()}`} role="status">
          {isBad() ? words().reasonBad : words().reasonHelp}
        </p>
      </div>
      <p class="btns">
        <For each={actions().filter((action) => action === 'block' || mayBe(props.item.subject.kind, action))}>
          {(action, i) => (
            <button
              class="btn"
              classList={{ primary: i() === 0, bad: action === 'block' }}
              type="button"
              data-act={action}
              onClick={() => void decide(action)}
            >
              {named(action)}
            </button>
          )}
        </For>
      </p>
      <p role="status">
        <Show when={mine()}>
          {(decision) => (
            <span class="chip" data-decided={decision().body.action} data-step={decision().progress.step}>
              {inLocale(moderation, props.locale).actions[decision().body.action]} ·{' '}
              {words().steps[decision().progress.step]}
            </span>
          )}
        </Show>
      </p>
    </div>
  )
}

/** That of the report that says the most, or of the decision that is asked about. */
function usualRule({ reports, decision }: QueueItem): HouseRuleId {
  const reason = reports.map((report) => report.reason).find((one) => one !== 'objection')
  return decision?.rule ?? (reason ? ruleOfReason[reason] : 'HR-4')
}
