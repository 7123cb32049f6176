/** What this device has shown last, on the page of one's own things. Nothing is looked up before it is opened. */
import { createSignal, For, onMount, Show } from 'solid-js'
import type { Entry } from '#domain/entry.ts'
import { instantWords } from '#domain/instant.ts'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import type { Seen } from '#domain/seen.ts'
import { cardOf } from '#src/i18n/card.ts'
import { seen as seenWords } from '#src/i18n/seen.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { isRemembering, readSeen, switchRemembering, writeSeen } from '#src/private/seen.ts'
import { isHiddenSeller } from '#src/sync/hidden-seller.ts'
import { hiddenIds } from '#src/sync/labels.ts'
import { Icon } from '#src/ui/Icon.tsx'
import { RowPhoto } from '#src/ui/RowPhoto.tsx'
import './seen-list.css'

export interface SeenListProps {
  readonly locale: Locale
  readonly now?: () => number
  /** What is hidden, and what listings are like now: for tests. */
  readonly hidden?: () => Promise<ReadonlySet<string>>
  readonly entriesOf?: (seen: readonly Seen[]) => Promise<readonly Entry[] | undefined>
}

const shownAtFirst = 6

export function SeenList(props: SeenListProps) {
  const words = () => inLocale(seenWords, props.locale)
  const [all, setAll] = createSignal<readonly Seen[]>([])
  const [isOn, setOn] = createSignal(true)
  const [removed, setRemoved] = createSignal<ReadonlySet<string>>() // undefined until the labels were asked
  const [current, setCurrent] = createSignal<ReadonlyMap<string, Entry>>()
  const [dropped, setDropped] = createSignal<{ readonly before: readonly Seen[]; readonly count: number }>()
  const [most, setMost] = createSignal(shownAtFirst)
  let box: HTMLDetailsElement | undefined
  const visible = () => all().filter(({ author }) => !isHiddenSeller(author))
  const list = () => visible().filter(({ id }) => removed()?.has(id) === false)
  onMount(() => {
    setAll(readSeen())
    setOn(isRemembering())
    if (box?.open) void open() // by a tap before this woke
  })

  const open = async () => {
    if (removed()) return
    const hidden = await (props.hidden ?? hiddenIds)()
    const kept = all().filter(({ id }) => !hidden.has(id))
    if (kept.length < all().length) writeSeen(kept) // taken down: nothing of it stays here
    setAll(kept)
    setRemoved(hidden)
    const entries =
      kept.length > 0 ? await (props.entriesOf ?? entriesNow(props.locale))(kept).catch(() => undefined) : []
    if (entries) setCurrent(new Map(entries.map((entry) => [entry.id, entry])))
  }
  const keep = (next: readonly Seen[]) => {
    writeSeen(next)
    setAll(next)
  }
  const forget = (gone: readonly Seen[]) => {
    setDropped({ before: all(), count: gone.length })
    keep(all().filter((one) => !gone.includes(one)))
  }
  const turn = (on: boolean) => {
    switchRemembering(on)
    setOn(on)
  }
  return (
    <details
      ref={(element) => (box = element)}
      class="box seen-list"
      data-seen
      onToggle={({ currentTarget }) => currentTarget.open && void open()}
    >
      <summary>
        <h2>{words().title}</h2>
        <span class="quiet num">{visible().length || ''}</span>
      </summary>
      <p class="quiet">{words().lead}</p>
      <Show when={removed() || visible().length === 0} fallback={<p role="status">{words().loading}</p>}>
        <Show when={list().length > 0} fallback={<p class="quiet">{isOn() ? words().none : words().off}</p>}>
          <ul>
            <For each={list().slice(0, most())}>
              {(one) => <SeenRow {...props} seen={one} current={current()} forget={() => forget([one])} />}
            </For>
          </ul>
        </Show>
      </Show>
      <Show when={list().length > most()}>
        <button type="button" class="btn plain wide" data-act="more-seen" onClick={() => setMost(Infinity)}>
          {words().more(list().length - most())}
        </button>
      </Show>
      <p role="status" class="quiet told">
        <Show when={dropped()}>
          {(gone) => (
            <>
              {words().forgotten(gone().count)}{' '}
              <button
                type="button"
                class="btn plain"
                data-act="undo-forget"
                onClick={() => {
                  keep(gone().before)
                  setDropped(undefined)
                }}
              >
                {words().undo}
              </button>
            </>
          )}
        </Show>
        {!isOn() && list().length > 0 ? words().offKept(list().length) : ''}
      </p>
      <div class="btns">
        <label class="switch">
          <input
            type="checkbox"
            name="remember-seen"
            checked={isOn()}
            onChange={({ currentTarget }) => turn(currentTarget.checked)}
          />
          {words().record}
        </label>
        <Show when={all().length > 0}>
          <button type="button" class="btn" data-act="forget-all" onClick={() => forget(all())}>
            {words().forgetAll}
          </button>
        </Show>
      </div>
    </details>
  )
}

interface SeenRowProps extends SeenListProps {
  readonly seen: Seen
  /** Undefined while nothing is known of now. */
  readonly current: ReadonlyMap<string, Entry> | undefined
  readonly forget: () => void
}

function SeenRow(props: SeenRowProps) {
  const words = () => inLocale(seenWords, props.locale)
  const now = () => (props.now ?? Date.now)()
  const newest = () => props.current?.get(props.seen.id)
  const card = () => cardOf(newest() ?? props.seen, { locale: props.locale, now: now() })
  const state = () => {
    const { over, until } = newest() ? { over: false, until: newest()?.until ?? 0 } : props.seen
    if (over || until < now()) return words().over
    return props.current && !newest() ? words().absent : ''
  }
  const time = () => instantWords(props.seen.seenAt, props.locale)
  return (
    <li data-seen-of={props.seen.id}>
      <RowPhoto src={card().cover?.src} icon={card().icon} />
      <span class="what">
        <a class="link name" lang={peoplesLanguage} href={card().href}>
          {card().title}
        </a>
        <span>
          <Show when={card().price}>
            {(price) => (
              <b class="price">
                {price().amount}
                <small>{price().unit}</small>
              </b>
            )}
          </Show>{' '}
          <Show when={state()}>{(told) => <span class="chip bad">{told()}</span>}</Show>
        </span>
        <small class="quiet">
          {words().at(time())}
          {'\u00a0· '}
          {card().district}
          {card().price && !newest() ? ` · ${words().asThen}` : ''}
        </small>
      </span>
      <button
        type="button"
        class="btn plain"
        data-act="forget"
        aria-label={words().forgetOf(card().title)}
        onClick={() => props.forget()}
      >
        <Icon name="close" />
      </button>
    </li>
  )
}

/** By the watch of the page, which has looked already where something is watched. */
const entriesNow = (locale: Locale) => async (seen: readonly Seen[]) =>
  (await (await import('./watching.ts')).openWatch(locale)).entriesOf(seen)
