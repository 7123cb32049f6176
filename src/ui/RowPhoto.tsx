/** The small picture of a row: its first photo, or a sign where there is none or it cannot be had. */
import { createSignal, Show } from 'solid-js'
import { Icon } from './Icon.tsx'
import type { IconName } from './icons.ts'

export function RowPhoto(props: { readonly src: string | undefined; readonly icon: IconName | undefined }) {
  const [missing, setMissing] = createSignal<string>()
  return (
    <span class="photo" data-icon={props.icon}>
      <Show
        when={props.src !== missing() && props.src}
        fallback={<Show when={props.icon}>{(icon) => <Icon name={icon()} />}</Show>}
      >
        {(src) => <img src={src()} width="64" height="64" loading="lazy" alt="" onError={() => setMissing(src())} />}
      </Show>
    </span>
  )
}
