/** The heart on a listing's own page. */
import { createSignal, onMount, Show } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { saved } from '#src/i18n/saved.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { openSession } from '#src/sync/session.ts'
import { createFavourites } from './favourites.ts'
import { Heart, type HeartProps } from './Heart.tsx'
import { createLikes } from './likes.ts'

export function ListingHeart(props: { readonly locale: Locale; readonly listing: HeartProps['listing'] }) {
  const words = inLocale(saved, props.locale)
  const [isAwake, setAwake] = createSignal(false) // without a script there is nothing to tap
  const likes = createLikes(async () => {
    const me = await openSession().me()
    return { favourites: createFavourites(me), saved: me.saved }
  })
  onMount(() => {
    setAwake(true)
    likes.wake()
  })
  return (
    <Show when={isAwake()}>
      <Heart locale={props.locale} likes={likes} listing={props.listing}>
        {likes.has(props.listing.id) ? words.liked : words.like}
      </Heart>
    </Show>
  )
}
