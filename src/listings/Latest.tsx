/**
 * The newest listings, first as the server rendered them, then live: what is published appears by itself, what is over goes.
 * Without the relay the served list stays, without what has expired meanwhile.
 */
import { createMemo, createSignal, For, onCleanup, onMount } from 'solid-js'
import type { Line } from '#domain/entry.ts'
import type { Locale } from '#domain/locale.ts'
import { cardOf } from '#src/i18n/card.ts'
import { reading } from '#src/i18n/reading.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { isHiddenSeller } from '#src/sync/hidden-seller.ts'
import { ListingCard } from '#src/ui/ListingCard.tsx'
import { watchLatest, type LatestNews, type Served } from './latest-room.ts'

type Watch = (room: string, served: Served, heard: (news: LatestNews) => void) => () => void

interface LatestProps {
  readonly locale: Locale
  /** `latest/all` or `latest/<category>`. */
  readonly room: string
  readonly lines: readonly Line[]
  /** The relay's clock when the page was rendered, ms; ages are counted from it until the page is awake. */
  readonly now: number
  /** Cards lying down, as category pages have them. */
  readonly flat?: boolean
  /** How the room is watched, for tests. */
  readonly watch?: Watch
}

export function Latest(props: LatestProps) {
  const words = () => inLocale(reading, props.locale).latest
  const [news, setNews] = createSignal<LatestNews>()
  const now = () => news()?.now ?? props.now
  const shown = createMemo(() => news()?.lines ?? props.lines.filter(({ until }) => until >= props.now))
  const byId = createMemo(() => new Map(shown().map((line) => [line.id, line])))
  const served = new Set(props.lines.map(({ id }) => id))
  const isFresh = (id: string) => news()?.live === true && !served.has(id)
  const fresh = createMemo(() => shown().filter(({ id, author }) => isFresh(id) && !isHiddenSeller(author)).length)

  onMount(() => {
    onCleanup((props.watch ?? watchLatest)(props.room, { lines: props.lines, at: props.now }, setNews))
  })
  return (
    <>
      <p class="hush" role="status">
        {fresh() > 0 ? words().news(fresh()) : ''}
      </p>
      <ul class="cards" classList={{ flat: props.flat === true }}>
        <For each={shown().map(({ id }) => id)}>
          {(id) => {
            const line = createMemo<Line | undefined>((before) => byId().get(id) ?? before)
            const card = createMemo(() => {
              const told = line()
              return told && cardOf(told, { locale: props.locale, now: now() })
            })
            const first = card()
            return <li data-by={first?.from}>{first && <ListingCard card={card() ?? first} fresh={isFresh(id)} />}</li>
          }}
        </For>
      </ul>
    </>
  )
}
