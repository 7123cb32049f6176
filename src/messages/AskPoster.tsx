/** On a listing's page: the hint against scams, the box, and what became of what was sent. Loaded at the tap. */
import { createResource, createSignal, For, Match, onMount, Show, Switch } from 'solid-js'
import { Did, type KeyUse } from '#domain/identity.ts'
import { peoplesLanguage, type Locale } from '#domain/locale.ts'
import { RecordId } from '#domain/record.ts'
import { messages } from '#src/i18n/messages.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { openSession } from '#src/sync/session.ts'
import { createBeside } from './at-rest.ts'
import { Composer } from './Composer.tsx'
import { openDesk, type Desk } from './desk.ts'
import { refusalOf } from './refusal.ts'
import { threadKeyOf } from './thread-name.ts'
import './messages.css'

export interface AskProps {
  readonly locale: Locale
  readonly listing: string
  readonly title: string
  /** When it ends, as the page has it, ms. */
  readonly until: number
  readonly author: string
  /** Which of my keys asks: listings that are kept apart from a person are answered by a key that is too. */
  readonly use: KeyUse
  /** The category's hint, in the page's language. */
  readonly hint: string
}

export function AskPoster(props: AskProps) {
  const words = () => inLocale(messages, props.locale)
  const isReadOnly = openSession().readOnly
  const [asked] = createResource(async () => {
    if (isReadOnly) return 'read-only' as const
    try {
      const [desk, did] = [await openDesk(), await openSession().knownDid(props.use)]
      return did === props.author ? ('own' as const) : desk
    } catch {
      return 'failed' as const
    }
  })
  const desk = () => {
    const found = asked()
    return typeof found === 'object' ? found : undefined
  }
  const told = () => {
    const found = asked()
    if (found === 'read-only') return words().readOnly
    return found === 'own' ? words().own : found === 'failed' ? words().failed : words().loading
  }
  return (
    <Show
      when={desk()}
      fallback={
        <p class="hint calm" role="status">
          {told()}{' '}
          <a class="link" href={pathTo(props.locale).messages}>
            {words().all}
          </a>
        </p>
      }
    >
      {(found) => <Box {...props} desk={found()} />}
    </Show>
  )
}

function Box(props: AskProps & { readonly desk: Desk }) {
  const words = () => inLocale(messages, props.locale)
  const name = { use: props.use, listing: RecordId.parse(props.listing), with: Did.parse(props.author) }
  const beside = createBeside()
  const [isWritten, setWritten] = createSignal(false)
  const mine = () =>
    props.desk.book
      .sent()
      .filter(({ listing, to, use }) => listing === name.listing && to === name.with && use === name.use)
  let hint: HTMLElement | undefined
  onMount(() => hint?.focus({ preventScroll: true }))
  return (
    <>
      <section class="hint" tabindex="-1" ref={(element) => (hint = element)}>
        <b>{words().hintTitle}</b>
        <p>{props.hint}</p>
      </section>
      <Show when={beside()}>
        {(at) => {
          const { Standing } = at()
          return <Standing locale={props.locale} desk={props.desk} listing={props.listing} until={props.until} />
        }}
      </Show>
      <Composer
        locale={props.locale}
        desk={props.desk}
        name={name}
        about={{ title: props.title, until: props.until }}
        tellsWhoSees
        onWritten={() => setWritten(true)}
      />
      <div role="status" class="asked">
        <Show when={isWritten() || mine().length > 0}>
          <ul class="lines" aria-label={words().mine}>
            <For each={mine().slice(-3)}>
              {(sent) => (
                <li class="line mine" data-message-state={sent.state}>
                  <p lang={peoplesLanguage}>{sent.text}</p>
                  <small>
                    <Switch>
                      <Match when={sent.state === 'refused'}>{refusalOf(sent, words().refused)}</Match>
                      <Match when={true}>{words().states[sent.state]}</Match>
                    </Switch>
                  </small>
                </li>
              )}
            </For>
          </ul>
          <a class="btn plain" href={`${pathTo(props.locale).messages}#${threadKeyOf(name)}`}>
            {words().toThread}
          </a>
        </Show>
      </div>
    </>
  )
}
