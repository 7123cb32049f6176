/** A heart beside a listing: a favourite or not. */
import type { JSX } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { saved } from '#src/i18n/saved.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { Icon } from '#src/ui/Icon.tsx'
import './heart.css'
import type { Likes } from './likes.ts'

export interface HeartProps {
  readonly locale: Locale
  readonly likes: Likes
  readonly listing: Parameters<Likes['toggle']>[0]
  /** Words beside it; without them it is named by the listing. */
  readonly children?: JSX.Element
}

export const Heart = (props: HeartProps) => (
  <button
    type="button"
    class="btn plain heart"
    aria-pressed={props.likes.has(props.listing.id)}
    aria-label={props.children ? undefined : inLocale(saved, props.locale).favourite(props.listing.title)}
    onClick={() => void props.likes.toggle(props.listing)}
  >
    <Icon name="heart" />
    {props.children}
  </button>
)
