/** "Watch this search": a name for it, and from then on what is new shows beside "mine". */
import { createSignal, onCleanup, Show, createEffect } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { saved } from '#src/i18n/saved.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { keepTurned } from '#src/private/kept.ts'
import { openSession } from '#src/sync/session.ts'
import { addressOf } from './address.ts'
import type { Box } from './box.ts'
import { chosenIn } from './chosen.ts'
import type { Likes } from './likes.ts'
import type { Watch } from './watch.ts'

export interface SaveSearchProps {
  readonly locale: Locale
  readonly box: Pick<Box, 'typed' | 'chips'>
  readonly likes: Pick<Likes<Watch>, 'open' | 'opened'>
  readonly now?: () => number
}

export function SaveSearch(props: SaveSearchProps) {
  const words = () => inLocale(saved, props.locale)
  const [isNaming, setNaming] = createSignal(false)
  const [isFailed, setFailed] = createSignal(false)
  const [version, setVersion] = createSignal(0)
  const address = () => addressOf({ query: props.box.typed().trim(), chips: props.box.chips(), sort: 'best' })
  const isKept = () => (version(), props.likes.opened()?.searches.has(address()) ?? false)
  const name = () =>
    [props.box.typed().trim(), ...chosenIn(props.box.chips(), props.locale).map(({ says }) => says)]
      .filter(Boolean)
      .join(' · ') || words().everything
  createEffect(() => {
    const stop = props.likes.opened()?.searches.watch(() => setVersion((n) => n + 1))
    if (stop) onCleanup(stop)
  })
  const keep = async (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget).get('name')
    const search = { address: address(), name: String(given ?? '').trim() || name() }
    const isKept = await keepSearch(search).catch(() => false) // its code may not come
    setFailed(!isKept)
    setNaming(!isKept)
  }
  const keepSearch = async (search: Parameters<Watch['searches']['save']>[0]): Promise<boolean> => {
    const watch = await props.likes.open()
    const { searches } = watch
    const save = () => searches.save(search, (props.now ?? openSession().now)())
    return keepTurned(watch, true, [save, () => searches.drop(search.address)])
  }
  const leave = () => {
    setNaming(false)
    setFailed(false)
  }
  return (
    <div class="save-search">
      <Show
        when={isNaming() || !isKept()}
        fallback={
          <p class="quiet" role="status" data-kept>
            {words().kept}{' '}
            <a class="link" href={`${pathTo(props.locale).me}#watched`}>
              {words().manage}
            </a>
          </p>
        }
      >
        <Show
          when={isNaming()}
          fallback={
            <button type="button" class="btn plain" data-act="save-search" onClick={() => setNaming(true)}>
              {words().save}
            </button>
          }
        >
          <form onSubmit={keep} class="btns">
            <label>
              <span class="hush">{words().name}</span>
              <input name="name" value={name()} maxlength="40" ref={(input) => queueMicrotask(() => input.select())} />
            </label>
            <button class="btn primary">{words().keep}</button>
            <button type="button" class="btn" onClick={leave}>
              {words().cancel}
            </button>
            <p class="err" role="alert">
              {isFailed() ? words().notKept : ''}
            </p>
          </form>
        </Show>
      </Show>
    </div>
  )
}
