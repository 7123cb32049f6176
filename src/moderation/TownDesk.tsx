/** The moderators' page of the town's own entries: a list to look through, the form of one, and this moderator's last acts. */
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { townKinds, type TownKind } from '#domain/town-entry.ts'
import type { TownItem } from '#domain/town-pages.ts'
import { moderator } from '#src/i18n/moderator.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { townDesk } from '#src/i18n/town-desk.ts'
import { town } from '#src/i18n/town.ts'
import { openTownBench, type Standing, type TownBench } from './town-bench.ts'
import { TownActs } from './TownActs.tsx'
import { TownForm, type Opened } from './TownForm.tsx'
import { TownRow } from './TownRow.tsx'
import { WithBench } from './WithBench.tsx'
import './moderation.css'
import './town.css'

interface TownDeskProps {
  readonly locale: Locale
  readonly content: readonly TownItem[]
}

export function TownDesk(props: TownDeskProps) {
  return (
    <WithBench locale={props.locale} open={(session) => openTownBench(session, town.portal.id, props.content)}>
      {(bench) => <Desk locale={props.locale} bench={bench} />}
    </WithBench>
  )
}

interface DeskProps {
  readonly locale: Locale
  readonly bench: TownBench
}

function Desk(props: DeskProps) {
  const words = () => inLocale(townDesk, props.locale)
  const [opened, setOpened] = createSignal<Opened>()
  const isStranger = () => props.bench.state() === 'stranger'
  return (
    <div class="moderation town-desk" data-town={props.bench.state()}>
      <Show when={isStranger()}>
        <div class="panel">
          <p>{inLocale(moderator, props.locale).stranger}</p>
          <p class="quiet">{inLocale(moderator, props.locale).yourKey}</p>
          <p>
            <code>{props.bench.did}</code>
          </p>
        </div>
      </Show>
      <Show when={!isStranger()}>
        <div role="status">
          <Show when={props.bench.state() === 'offline'}>
            <p class="hint calm">{words().offline}</p>
          </Show>
          <Show when={props.bench.state() === 'failed'}>
            <p class="hint bad">{words().failed}</p>
          </Show>
        </div>
        <p class="row">
          <For each={townKinds}>
            {(kind) => (
              <button class="btn" type="button" data-new={kind} onClick={() => setOpened({ kind, name: newName() })}>
                {words().create[kind]}
              </button>
            )}
          </For>
          <button class="btn plain" type="button" data-act="refresh" onClick={() => void props.bench.refresh()}>
            {words().again}
          </button>
          <a class="btn plain" href={pathTo(props.locale).moderation}>
            {words().toQueue}
          </a>
        </p>
        <Show when={opened()} keyed>
          {(one) => <TownForm {...props} opened={one} close={() => setOpened(undefined)} />}
        </Show>
      </Show>
      <TownActs {...props} open={isStranger() ? undefined : setOpened} />
      <Show when={!isStranger()}>
        <List {...props} open={setOpened} />
      </Show>
    </div>
  )
}

/** Nobody reads it but in an address; no two moderators write the same. */
const newName = (): string => `m-${crypto.randomUUID().slice(0, 13)}`

function List(props: DeskProps & { readonly open: (opened: Opened) => void }) {
  const words = () => inLocale(townDesk, props.locale)
  const [kind, setKind] = createSignal<TownKind>()
  const [query, setQuery] = createSignal('')
  const shown = createMemo(() => {
    const needle = query().trim().toLowerCase()
    const isMeant = ({ body, before }: Standing) =>
      (!kind() || body.kind === kind()) &&
      (!needle ||
        JSON.stringify([body, body.entry ? null : before])
          .toLowerCase()
          .includes(needle)) // what was taken off is found by what it said
    return props.bench.standing().filter(isMeant)
  })
  return (
    <section class="panel" aria-labelledby="town-list">
      <h2 id="town-list" class="quiet">
        {kind() ? words().kinds[kind() as TownKind] : words().all} · {shown().length}
      </h2>
      <div class="finding">
        <div class="field">
          <label for="town-filter">{words().filter}</label>
          <input id="town-filter" type="search" value={query()} onInput={({ target }) => setQuery(target.value)} />
        </div>
        <p class="btns">
          <For each={[undefined, ...townKinds]}>
            {(each) => (
              <button
                class="btn"
                classList={{ primary: kind() === each }}
                type="button"
                aria-pressed={kind() === each}
                data-kind={each ?? 'all'}
                onClick={() => setKind(each)}
              >
                {each ? words().kinds[each] : words().all}
              </button>
            )}
          </For>
        </p>
      </div>
      <Show when={shown().length > 0} fallback={<p class="hint calm">{words().nothing}</p>}>
        <ul class="entries">
          <For each={shown().map(({ id }) => id)}>
            {(id) => (
              <Show when={shown().find((one) => one.id === id)}>
                {(standing) => <TownRow {...props} standing={standing()} />}
              </Show>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}
