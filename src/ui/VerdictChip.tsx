/** What a reader's own browser has found of a signature: it holds, or it does not. */
import { Show, type JSX } from 'solid-js'
import { Icon } from './Icon.tsx'

export const VerdictChip = (props: { readonly holds: boolean; readonly children: JSX.Element }) => (
  <Show
    when={props.holds}
    fallback={
      <strong class="chip bad">
        <Icon name="alert" />
        {props.children}
      </strong>
    }
  >
    <span class="chip ok">
      <Icon name="verified" />
      {props.children}
    </span>
  </Show>
)
