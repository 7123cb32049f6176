/**
 * The way to a contact: the hint against scams first, then the contact, checked against the poster's signature. Before its
 * code has come, and without JavaScript, it is the hint and a plain form that the server answers with a page.
 */
import { createSignal, Match, Show, Switch } from 'solid-js'
import type { Contact } from '#domain/contact.ts'
import type { Locale } from '#domain/locale.ts'
import { listing } from '#src/i18n/listing.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { reading } from '#src/i18n/reading.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { Icon } from '#src/ui/Icon.tsx'
import type { CheckedContact, ContactFault } from './contact-answer.ts'
import './contact.css'

interface ContactRevealProps {
  readonly locale: Locale
  readonly id: string
  /** `contact` of the signed record. */
  readonly commitment: string
  /** The category's hint, in the page's language. */
  readonly hint: string
}

type Stage =
  | { readonly is: 'closed' | 'hint' | 'loading' }
  | { readonly is: 'shown'; readonly answer: CheckedContact }
  | { readonly is: 'fault'; readonly fault: ContactFault }

export function ContactReveal(props: ContactRevealProps) {
  const words = () => inLocale(reading, props.locale).contact
  const [stage, setStage] = createSignal<Stage>({ is: 'closed' })
  const answer = () => {
    const now = stage()
    return now.is === 'shown' ? now.answer : undefined
  }
  const fault = () => {
    const now = stage()
    return now.is === 'fault' ? words()[now.fault === 'too-many' ? 'tooMany' : now.fault] : undefined
  }
  const fetchContact = async (): Promise<void> => {
    setStage({ is: 'loading' })
    const code = await import('./contact-answer.ts').catch(() => undefined)
    const result = await code?.askContact(pathTo(props.locale).contact(props.id), props.commitment)
    if (!result) return void setStage({ is: 'fault', fault: 'offline' })
    setStage(result.ok ? { is: 'shown', answer: result.value } : { is: 'fault', fault: result.error })
  }
  const open = (event: Event): void => {
    event.preventDefault()
    setStage({ is: 'hint' })
  }
  return (
    <div class="reveal" data-contact={stage().is} aria-live="polite">
      <Switch>
        <Match when={stage().is === 'closed'}>
          <p class="hint">{props.hint}</p>
          <form method="post" action={pathTo(props.locale).contact(props.id)} onSubmit={open}>
            <button class="btn primary wide" type="submit">
              <Icon name="phone" />
              {words().show}
            </button>
          </form>
        </Match>
        <Match when={stage().is === 'hint' || stage().is === 'loading'}>
          <section class="hint" tabindex="-1" ref={focusSoon}>
            <b>{words().hintTitle}</b>
            <p>{props.hint}</p>
          </section>
          <button
            class="btn primary wide"
            type="button"
            data-act="confirm"
            disabled={stage().is === 'loading'}
            onClick={() => void fetchContact()}
          >
            {stage().is === 'loading' ? words().loading : words().confirm}
          </button>
          <button class="btn plain wide" type="button" onClick={() => setStage({ is: 'closed' })}>
            {words().cancel}
          </button>
        </Match>
        <Match when={answer()}>{(told) => <Shown locale={props.locale} answer={told()} hint={props.hint} />}</Match>
        <Match when={fault()}>
          {(told) => (
            <>
              <p class="hint" role="alert">
                {told()}
              </p>
              <button class="btn wide" type="button" onClick={() => setStage({ is: 'hint' })}>
                {words().again}
              </button>
            </>
          )}
        </Match>
      </Switch>
    </div>
  )
}

function Shown(props: { readonly locale: Locale; readonly answer: CheckedContact; readonly hint: string }) {
  const words = () => inLocale(reading, props.locale).contact
  const kinds = () => inLocale(listing, props.locale).contactKind
  const [copied, setCopied] = createSignal(false)
  const copy = async ({ value }: Contact): Promise<void> => {
    const done = await navigator.clipboard?.writeText(value).then(
      () => true,
      () => false, // the browser's settings forbid it: the value stands above to be copied by hand
    )
    setCopied(done === true)
  }
  const contact = () => props.answer.contact
  return (
    <>
      <p class="value" tabindex="-1" ref={focusSoon}>
        <span class="quiet">{kinds()[contact().kind]}</span>
        <b>{contact().value}</b>
      </p>
      <Show when={props.answer.isChecked}>
        <p class="chip ok">
          <Icon name="verified" />
          {words().checked}
        </p>
      </Show>
      <Show
        when={contact().kind === 'phone'}
        fallback={
          <button class="btn wide" type="button" onClick={() => void copy(contact())}>
            <Icon name="copy" />
            {copied() ? words().copied : words().copy}
          </button>
        }
      >
        <a class="btn primary wide" href={`tel:${contact().value.replaceAll(/[^+\d]/g, '')}`}>
          <Icon name="phone" />
          {words().call(contact().value)}
        </a>
      </Show>
      <p class="hint">{props.hint}</p>
      <p class="quiet">{words().disclaimer}</p>
    </>
  )
}

/** The next thing to read gets the focus, once it is in the page. */
const focusSoon = (element: HTMLElement): void => queueMicrotask(() => element.focus({ preventScroll: true }))
