/** What this browser keeps of the portal: how large, when last in sync, and how it goes. */
import { createSignal, For, onMount, Show, type JSX } from 'solid-js'
import { clockLocale, type Locale } from '#domain/locale.ts'
import { kept } from '#src/i18n/kept.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { isPersisted, lookHere, removeEverything, removeGroup, type KeptHere } from './kept-here.ts'
import { openSession } from './session.ts'
import './storage-card.css'
import { isWaiting } from './unsent.ts'

export interface StorageCardProps {
  readonly locale: Locale
  /** More rows, of what other parts of the portal keep. */
  readonly children?: JSX.Element
}

export function StorageCard(props: StorageCardProps): JSX.Element {
  const words = inLocale(kept, props.locale)
  const [rows, setRows] = createSignal<readonly KeptHere[]>()
  const [persisted, setPersisted] = createSignal(false)
  const [unopened, setUnopened] = createSignal(0)
  const look = async (): Promise<void> => {
    setPersisted(await isPersisted())
    setRows(await lookHere())
  }
  onMount(async () => {
    const session = openSession()
    const me = (await session.knownDid('person')) && (await session.me())
    if (me) setUnopened(me.unopened())
    await look()
  })
  return (
    <section class="box storage-card" aria-labelledby="kept-title">
      <h2 id="kept-title">{words.title}</h2>
      <p>{words.lead}</p>
      <Show when={rows()} fallback={<p role="status">{words.loading}</p>}>
        {(found) => (
          <>
            <Show when={found().length > 0} fallback={<p>{words.empty}</p>}>
              <ul>
                <For each={found()}>
                  {(row) => <Row locale={props.locale} row={row} unopened={unopened()} removed={() => void look()} />}
                </For>
                {props.children}
              </ul>
              <p class="quiet">{persisted() ? words.persisted : words.notPersisted}</p>
              <RemoveAll locale={props.locale} />
            </Show>
          </>
        )}
      </Show>
    </section>
  )
}

interface RowProps {
  readonly locale: Locale
  readonly row: KeptHere
  readonly unopened: number
  readonly removed: () => void
}

function Row(props: RowProps): JSX.Element {
  const words = inLocale(kept, props.locale)
  const { group, bytes, count, syncedAt } = props.row
  const remove = async (of: 'public' | 'town' | 'pages'): Promise<void> => {
    await removeGroup(of)
    props.removed()
  }
  // as instant.ts says it, which would be a file more
  const when = (ms: number) =>
    new Date(ms)
      .toLocaleString(clockLocale(props.locale), { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' })
      .replace(/(\p{sc=Han}) ?/gu, ' $1 ')
  return (
    <li data-kept={group}>
      <span class="name">{words.groups[group]}</span>
      <span class="size">{sizeText(bytes)}</span>
      <small>
        {group === 'pages'
          ? words.pages(count)
          : group === 'town'
            ? words.town
            : group === 'photos'
              ? words.photos(count)
              : syncedAt
                ? words.syncedAt(when(syncedAt))
                : words.unsynced}
        <Show when={group === 'me' && props.unopened > 0}> {words.unopened(props.unopened)}</Show>
      </small>
      <Show when={group === 'public' || group === 'town' || group === 'pages' ? group : undefined}>
        {(of) => (
          <button
            type="button"
            class="btn plain"
            aria-label={words.removeOf(words.groups[group])}
            onClick={() => void remove(of())}
          >
            {words.remove}
          </button>
        )}
      </Show>
    </li>
  )
}

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`

function RemoveAll(props: { readonly locale: Locale }): JSX.Element {
  const words = inLocale(kept, props.locale)
  const [isAsking, setAsking] = createSignal(false)
  const remove = async (): Promise<void> => {
    await removeEverything()
    location.reload()
  }
  return (
    <Show
      when={isAsking()}
      fallback={
        <button type="button" class="btn plain" data-act="remove-all" onClick={() => setAsking(true)}>
          {words.removeAll}
        </button>
      }
    >
      <div role="alertdialog" aria-label={words.removeAll}>
        <p class="hint">{words.warning}</p>
        <Show when={isWaiting()}>
          <p class="hint bad">{words.waiting}</p>
        </Show>
        <div class="btns">
          <button type="button" class="btn" onClick={() => setAsking(false)}>
            {words.cancel}
          </button>
          <button type="button" class="btn bad" data-act="confirm-remove" onClick={() => void remove()}>
            {words.confirm}
          </button>
        </div>
      </div>
    </Show>
  )
}
