/** The way to a message on a listing's page: a button; the box and all it needs come with the tap. */
import { createSignal, Match, onMount, Switch, type Component } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { messageButton } from '#src/i18n/message-button.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { Icon } from '#src/ui/Icon.tsx'
import type { AskProps } from './AskPoster.tsx'

export function MessageSeller(props: AskProps & { readonly locale: Locale }) {
  const words = () => inLocale(messageButton, props.locale)
  const [Ask, setAsk] = createSignal<Component<AskProps>>()
  const [stage, setStage] = createSignal<'closed' | 'loading' | 'failed'>('closed')
  const [isAwake, setAwake] = createSignal(false) // a tap before the code has come would be lost
  onMount(() => setAwake(true))
  const open = async (): Promise<void> => {
    setStage('loading')
    const loaded = await import('./Messages.tsx').catch(() => undefined)
    if (!loaded) return void setStage('failed')
    setAsk(() => loaded.AskPoster)
  }
  return (
    <div class="reveal noprint" data-message={Ask() ? 'open' : stage()}>
      <Switch>
        <Match when={Ask()}>{(loaded) => loaded()(props)}</Match>
        <Match when={true}>
          <button
            class="btn wide"
            type="button"
            disabled={!isAwake() || stage() === 'loading'}
            onClick={() => void open()}
          >
            <Icon name="message" />
            {stage() === 'loading' ? words().loading : words().open}
          </button>
          <p class="quiet" role="status" hidden={stage() !== 'failed'}>
            {stage() === 'failed' ? words().failed : ''}
          </p>
        </Match>
      </Switch>
    </div>
  )
}
