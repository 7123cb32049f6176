/** "Watch this search": a name for it, and from then on what is new shows beside "mine". */
import { createSignal, onCleanup, Show, createEffect } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { saved } from '#src/i18n/saved.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { openSession } from '#src/sync/session.ts'
import { addressOf } from './address.ts'
import type { Box } from './box.ts'
import { chosenIn } from './chosen.ts'
import type { Likes } from './likes.ts'
import type { Watch } from './watch.ts'

export interface SaveSearchProps {
  readonly locale: Locale
  readonly box: Box
  readonly likes: Likes<Watch>
}

export function SaveSearch(props: SaveSearchProps) {
  const words = () => inLocale(saved, props.locale)
  const [isNaming, setNaming] = createSignal(false)
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
    setNaming(false)
    const { searches, saved: isSaved } = await props.likes.open()
    searches.save(search, openSession().now())
    await isSaved()
    setVersion((n) => n + 1)
  }
  return (
    <div class="save-search">
      <Show
        when={!isKept()}
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
            <button type="button" class="btn" onClick={() => setNaming(false)}>
              {words().cancel}
            </button>
          </form>
        </Show>
      </Show>
    </div>
  )
}
