/** Checks in the reader's own browser that a key has signed its own end; the server's word is not taken for it. */
import { Match, Switch, createSignal, onMount, type JSX } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { keyEnd } from '#src/i18n/key-end.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { VerdictChip } from '#src/ui/VerdictChip.tsx'

interface EndMarkProps {
  readonly locale: Locale
  readonly portal: string
  readonly author: string
  readonly successor: string | undefined
  /** The signed record. */
  readonly record: string
}

export function EndMark(props: EndMarkProps): JSX.Element {
  const words = () => inLocale(keyEnd, props.locale).shown
  const [isGenuine, setGenuine] = createSignal<boolean>()
  const check = async (): Promise<boolean> => {
    const { openEnd } = await import('#domain/key-end.ts')
    const end = await openEnd(props.record, props.portal)
    return end?.did === props.author && end.successor === props.successor
  }
  onMount(() => {
    if (globalThis.crypto?.subtle) void check().then(setGenuine, () => undefined) // its code did not come: nothing is said
  })
  return (
    <span role="status" data-end-signature={isGenuine() === undefined ? undefined : isGenuine() ? 'genuine' : 'forged'}>
      <Switch>
        <Match when={isGenuine() === true}>
          <VerdictChip holds>{words().genuine}</VerdictChip>
        </Match>
        <Match when={isGenuine() === false}>
          <VerdictChip holds={false}>{words().forged}</VerdictChip>
        </Match>
      </Switch>
    </span>
  )
}
