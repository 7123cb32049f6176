/** Favourites, each with what is new of it, its note, and a tick that puts it into a comparison; below them what has only a note. */
import { createSignal, For, Show, type Component } from 'solid-js'
import { blobPath } from '#domain/blob-path.ts'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { yuanOfFen } from '#domain/money.ts'
import { favouriteRows } from '#src/i18n/favourite-rows.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { saved } from '#src/i18n/saved.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { categoryOf } from '#src/i18n/town.ts'
import type { Notes } from '#src/private/notes.ts'
import { openSession } from '#src/sync/session.ts'
import { RowPhoto } from '#src/ui/RowPhoto.tsx'
import type { CompareProps } from './Compare.tsx'
import { mostCompared, type Favourite } from './favourites.ts'
import type { PriceDrop } from './news.ts'
import { RowNote } from './RowNote.tsx'
import type { Watch } from './watch.ts'

export interface FavouritesProps {
  readonly locale: Locale
  readonly watch: Watch
  readonly notes: Notes
  readonly favourites: readonly Favourite[]
  /** Listings with a note that are no favourites. */
  readonly noted: readonly Favourite[]
  /** By the moderators: then their words are not shown either. */
  readonly removed: ReadonlySet<string>
}

export function Favourites(props: FavouritesProps) {
  const words = () => inLocale(saved, props.locale)
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set())
  const isRemoved = ({ id, title }: Favourite) => title === '' || props.removed.has(id)
  const comparable = () => props.favourites.filter((one) => !isRemoved(one))
  const picked = () => comparable().filter(({ id }) => chosen().has(id))
  const pick = (id: string, isIn: boolean) =>
    setChosen((before) => new Set(isIn ? [...before, id] : [...before].filter((one) => one !== id)))
  const dropOf = ({ id }: Favourite) => props.watch.news()?.drops.find((drop) => drop.id === id)
  const row = (one: Favourite, isNoteOnly: boolean) => (
    <FavouriteRow
      locale={props.locale}
      watch={props.watch}
      notes={props.notes}
      favourite={one}
      drop={dropOf(one)}
      isRemoved={isRemoved(one)}
      isNoteOnly={isNoteOnly}
      picking={
        isNoteOnly || isRemoved(one) || comparable().length < 2
          ? undefined
          : {
              isIn: chosen().has(one.id),
              isFull: picked().length >= mostCompared,
              pick: (isIn) => pick(one.id, isIn),
            }
      }
    />
  )
  return (
    <>
      <Show when={props.favourites.length > 0}>
        <h3>{words().favourites}</h3>
        <ul>
          <For each={props.favourites}>{(one) => row(one, false)}</For>
        </ul>
        <CompareBar {...props} many={comparable().length} picked={picked()} drop={(id) => pick(id, false)} />
      </Show>
      <Show when={props.noted.length > 0}>
        <h3>{inLocale(favouriteRows, props.locale).noted}</h3>
        <ul>
          <For each={props.noted}>{(one) => row(one, true)}</For>
        </ul>
      </Show>
    </>
  )
}

interface CompareBarProps extends Pick<FavouritesProps, 'locale' | 'watch' | 'notes'> {
  readonly many: number
  readonly picked: readonly Favourite[]
  readonly drop: (id: string) => void
}

function CompareBar(props: CompareBarProps) {
  const words = () => inLocale(favouriteRows, props.locale)
  const [Table, setTable] = createSignal<Component<CompareProps>>()
  const [isOpen, setOpen] = createSignal(false)
  const [isFailed, setFailed] = createSignal(false)
  let button: HTMLButtonElement | undefined
  const told = () => {
    const count = props.picked.length
    if (isFailed()) return words().notHere
    if (props.many < 2) return words().hintFew
    if (count === 0) return words().hint
    if (count === 1) return words().oneMore
    return count < mostCompared ? words().chosen(count) : words().most
  }
  const open = async () => {
    const loaded = await import('./Compare.tsx').catch(() => undefined)
    setFailed(!loaded)
    if (!loaded) return
    setTable(() => loaded.Compare)
    setOpen(true)
  }
  return (
    <>
      <p class="compare-bar">
        <span role="status" class="quiet">
          {told()}
        </span>
        <Show when={props.picked.length > 1 && !isOpen()}>
          <button
            type="button"
            class="btn"
            data-act="compare"
            ref={(element) => (button = element)}
            onClick={() => void open()}
          >
            {words().open(props.picked.length)}
          </button>
        </Show>
      </p>
      <Show when={isOpen() && props.picked.length > 1 && Table()}>
        {(loaded) =>
          loaded()({
            locale: props.locale,
            watch: props.watch,
            notes: props.notes,
            get chosen() {
              return props.picked
            },
            now: () => openSession().now(),
            onRemove: props.drop,
            onClose: () => {
              setOpen(false)
              button?.focus()
            },
          })
        }
      </Show>
    </>
  )
}

const coverPath = (hash: string | undefined) => (hash === undefined ? undefined : blobPath(hash, 320))

interface FavouriteRowProps extends Pick<FavouritesProps, 'locale' | 'watch' | 'notes'> {
  readonly favourite: Favourite
  readonly drop: PriceDrop | undefined
  readonly isRemoved: boolean
  readonly isNoteOnly: boolean
  readonly picking:
    { readonly isIn: boolean; readonly isFull: boolean; readonly pick: (isIn: boolean) => void } | undefined
}

function FavouriteRow(props: FavouriteRowProps) {
  const words = inLocale(saved, props.locale)
  const comparing = inLocale(favouriteRows, props.locale)
  const yuan = (fen: number) => `¥${yuanOfFen(fen)}`
  const current = () => props.watch.current().find(({ id }) => id === props.favourite.id)
  const cover = () => (current() ?? props.favourite).cover
  const seen = () => {
    const { drop, favourite } = props
    if (drop) props.watch.favourites.keep({ ...favourite, priceFen: drop.toFen })
  }
  return (
    <li
      data-favourite={props.isNoteOnly ? undefined : props.favourite.id}
      data-noted={props.isNoteOnly ? props.favourite.id : undefined}
    >
      <Show when={!props.isRemoved && !props.isNoteOnly}>
        <RowPhoto src={coverPath(cover())} icon={categoryOf(current()?.category ?? '')?.icon ?? 'heart'} />
      </Show>
      <p>
        <Show when={!props.isRemoved} fallback={<span data-removed>{words.removed}</span>}>
          <a
            class="link name"
            lang={peoplesLanguage}
            href={pathTo(props.locale).listing(props.favourite.id)}
            onClick={seen}
          >
            {props.favourite.title}
          </a>
        </Show>{' '}
        <Show when={props.drop}>
          {(drop) => <small class="fresh">{words.cheaper(yuan(drop().fromFen), yuan(drop().toFen))}</small>}
        </Show>
      </p>
      <RowNote
        locale={props.locale}
        notes={props.notes}
        id={props.favourite.id}
        title={props.isRemoved ? '' : props.favourite.title}
      />
      <div class="btns">
        <Show when={props.picking}>
          {(picking) => (
            <label class="pick" title={comparing.pickOf(props.favourite.title)}>
              <input
                type="checkbox"
                name="compare"
                checked={picking().isIn}
                disabled={picking().isFull && !picking().isIn}
                aria-label={comparing.pickOf(props.favourite.title)}
                onChange={({ currentTarget }) => picking().pick(currentTarget.checked)}
              />
              {comparing.pick}
            </label>
          )}
        </Show>
        <Show when={props.drop}>
          <button
            type="button"
            class="btn"
            data-act="seen"
            aria-label={words.seenOf(props.favourite.title)}
            onClick={seen}
          >
            {words.seen}
          </button>
        </Show>
        <Show when={!props.isNoteOnly}>
          <button
            type="button"
            class="btn plain"
            aria-label={words.dropOf(props.isRemoved ? words.removed : props.favourite.title)}
            onClick={() => props.watch.favourites.drop(props.favourite.id)}
          >
            {words.drop}
          </button>
        </Show>
      </div>
    </li>
  )
}
