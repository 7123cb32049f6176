/** A heart beside a listing: a favourite or not. */
import type { Locale } from '#domain/locale.ts'
import { saved } from '#src/i18n/saved.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { Icon } from '#src/ui/Icon.tsx'
import type { Likes } from './likes.ts'

export interface HeartProps {
  readonly locale: Locale
  readonly likes: Likes
  readonly listing: Parameters<Likes['toggle']>[0]
}

export const Heart = (props: HeartProps) => (
  <button
    type="button"
    class="btn plain heart"
    aria-pressed={props.likes.has(props.listing.id)}
    aria-label={inLocale(saved, props.locale).favourite(props.listing.title)}
    onClick={() => void props.likes.toggle(props.listing)}
  >
    <Icon name="heart" />
  </button>
)
