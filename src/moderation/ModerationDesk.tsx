/** The moderators' page: what waits, and what this moderator has decided lately. */
import { For, Match, Show, Switch } from 'solid-js'
import { instantWords } from '#domain/instant.ts'
import type { Locale } from '#domain/locale.ts'
import type { QueueItem } from '#domain/queue.ts'
import { moderator } from '#src/i18n/moderator.ts'
import { townDesk } from '#src/i18n/town-desk.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { openBench, type Bench } from './bench.ts'
import { QueueCard } from './QueueCard.tsx'
import { RecentDecisions } from './RecentDecisions.tsx'
import { WithBench } from './WithBench.tsx'
import './moderation.css'

export function ModerationDesk(props: { readonly locale: Locale }) {
  return (
    <WithBench locale={props.locale} open={(session) => openBench(session, town.portal.id)}>
      {(bench) => <Desk locale={props.locale} bench={bench} />}
    </WithBench>
  )
}

interface DeskProps {
  readonly locale: Locale
  readonly bench: Bench
}

function Desk(props: DeskProps) {
  const words = () => inLocale(moderator, props.locale)
  const { state, queue } = props.bench
  const time = () => instantWords(queue()?.at ?? 0, props.locale)
  return (
    <div class="moderation" data-queue={state()}>
      <Switch>
        <Match when={state() === 'stranger'}>
          <Stranger {...props} />
          <RecentDecisions {...props} />
        </Match>
        <Match when={state() === 'loading' && !queue()}>
          <p role="status">{words().loading}</p>
        </Match>
        <Match when={true}>
          <div role="status">
            <Show when={state() === 'offline'}>
              <p class="hint calm">{words().offline(time())}</p>
            </Show>
            <Show when={state() === 'failed'}>
              <p class="hint bad">{words().failed}</p>
            </Show>
          </div>
          <p class="row">
            <span class="quiet">{words().count(queue()?.items.length ?? 0, queue()?.more ?? 0)}</span>
            <button class="btn" type="button" data-act="refresh" onClick={() => void props.bench.refresh()}>
              {words().again}
            </button>
            <a class="btn plain" href={pathTo(props.locale).moderationTown}>
              {inLocale(townDesk, props.locale).toTown}
            </a>
            <a class="btn plain" href={pathTo(props.locale).moderationLog}>
              {words().toLog}
            </a>
          </p>
          <Items {...props} items={queue()?.items ?? []} />
          <RecentDecisions {...props} />
        </Match>
      </Switch>
    </div>
  )
}

/** One row stays the same row while the queue is fetched again, with what is typed in it. */
function Items(props: DeskProps & { readonly items: readonly QueueItem[] }) {
  const words = () => inLocale(moderator, props.locale)
  return (
    <Show when={props.items.length > 0} fallback={<p class="hint calm">{words().empty}</p>}>
      <ul class="queue">
        <For each={props.items.map(({ subject }) => subject.id)}>
          {(id) => (
            <Show when={props.items.find(({ subject }) => subject.id === id)}>
              {(item) => <QueueCard locale={props.locale} bench={props.bench} item={item()} />}
            </Show>
          )}
        </For>
      </ul>
    </Show>
  )
}

function Stranger(props: DeskProps) {
  const words = () => inLocale(moderator, props.locale)
  return (
    <div class="panel">
      <p>{words().stranger}</p>
      <p class="quiet">{words().yourKey}</p>
      <p>
        <code>{props.bench.did}</code>
      </p>
      <a class="btn" href={pathTo(props.locale).moderationLog}>
        {words().toLog}
      </a>
    </div>
  )
}
