/** The box a message is written in. What stands in it is kept as a draft with every key; sending keeps it first and tells what came of it. */
import { createMemo, createSignal, Show } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { MessageText, mostMessageLength } from '#domain/message.ts'
import { lengthOf, tidied } from '#domain/plain-text.ts'
import { messages } from '#src/i18n/messages.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { createBeside } from './at-rest.ts'
import type { About, Desk } from './desk.ts'
import type { ThreadName } from './thread-name.ts'

interface ComposerProps {
  readonly locale: Locale
  readonly desk: Desk
  readonly name: ThreadName
  /** The listing, as its page tells it. */
  readonly about: About
  /** Where the page has not said it already. */
  readonly tellsWhoSees?: boolean
  readonly onWritten?: () => void
}

const tellFrom = 200 // characters left

export function Composer(props: ComposerProps) {
  const words = () => inLocale(messages, props.locale)
  const [text, setText] = createSignal(props.desk.book.draftOf(props.name))
  const [fault, setFault] = createSignal<string>()
  const beside = createBeside()
  let box: HTMLTextAreaElement | undefined
  const left = createMemo(() => mostMessageLength - lengthOf(tidied(text(), 'many')))

  const typed = (next: string): void => {
    setText(next)
    setFault(undefined)
    props.desk.book.draft(props.name, next)
  }
  const faultOf = (said: string): string | undefined => {
    if (said === '' || (!MessageText.safeParse(said).success && left() >= 0)) return words().none
    return left() < 0 ? words().over(-left()) : undefined
  }
  const send = async (event: Event): Promise<void> => {
    event.preventDefault()
    const said = tidied(text(), 'many')
    const found = faultOf(said)
    setFault(found)
    if (found !== undefined) return box?.focus()
    setText('')
    try {
      await props.desk.write(props.name, props.about, said)
      props.onWritten?.()
    } catch {
      setText(said)
      setFault(words().keptFailed)
    }
  }
  return (
    <form class="composer" noValidate onSubmit={(event) => void send(event)}>
      <div class="field" classList={{ bad: fault() !== undefined }}>
        <label for="message-text">{words().text}</label>
        <textarea
          id="message-text"
          name="message"
          rows="3"
          ref={(element) => (box = element)}
          value={text()}
          aria-invalid={fault() !== undefined}
          aria-describedby="message-told"
          onInput={({ currentTarget }) => typed(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(event)
          }}
        />
        <div id="message-told">
          <Show
            when={fault()}
            fallback={<Show when={left() < tellFrom}>{<p class="quiet">{words().left(left())}</p>}</Show>}
          >
            {(told) => (
              <p class="err" role="alert">
                {told()}
              </p>
            )}
          </Show>
        </div>
      </div>
      <Show when={beside()}>
        {(at) => {
          const { HouseHints } = at()
          return <HouseHints locale={props.locale} text={text()} use={props.name.use} />
        }}
      </Show>
      <div class="send">
        <button class="btn primary" type="submit">
          {words().send}
        </button>
        <small class="quiet keys">{words().keys}</small>
      </div>
      <Show when={props.tellsWhoSees}>
        <p class="quiet">{words().sees}</p>
      </Show>
    </form>
  )
}
