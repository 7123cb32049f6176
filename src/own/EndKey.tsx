/** Ends the key of this device, or signs its end ahead. */
import { Show, createResource, createSignal, onMount, type JSX } from 'solid-js'
import { Did, shortDid } from '#domain/identity.ts'
import type { Locale } from '#domain/locale.ts'
import { keyEnd } from '#src/i18n/key-end.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { openSession } from '#src/sync/session.ts'
import { download } from '#src/ui/download.ts'

type State = 'idle' | 'working' | 'ended' | 'waiting' | 'prepared' | 'bad' | 'too-many' | 'failed' | 'codeless'

const code = () => import('./ending-key.ts')

export function EndKey(props: { readonly locale: Locale }): JSX.Element {
  const words = () => inLocale(keyEnd, props.locale).own
  const session = openSession()
  const [did] = createResource(async () => (await session.knownDid('person')) ?? null)
  const [state, setState] = createSignal<State>('idle')
  const [fault, setFault] = createSignal<{ readonly at: 'successor' | 'confirm'; readonly says: string }>()
  let form: HTMLFormElement | undefined
  onMount(() => void code().catch(() => undefined)) // the network may be gone when somebody needs it
  const typed = (name: string) => String(new FormData(form).get(name) ?? '').trim()
  /** Null when what stands there is no key. */
  const successor = (): Did | undefined | null => {
    const text = typed('successor')
    if (text === '') return undefined
    const read = Did.safeParse(text)
    return read.success && read.data !== did() ? read.data : null
  }
  type Ending = Awaited<ReturnType<typeof code>>
  const withSuccessor = async (go: (next: Did | undefined, ending: Ending) => Promise<State>): Promise<void> => {
    const next = successor()
    setFault(next === null ? { at: 'successor', says: words().badSuccessor } : undefined)
    if (next === null) return
    setState('working')
    const ending = await code().catch(() => undefined)
    setState(ending ? await go(next, ending).catch((): State => 'failed') : 'codeless')
  }
  const prepare = (): void =>
    void withSuccessor(async (next, { endsAhead }) => {
      const text = await endsAhead(session, town.portal.id, next)
      download(text, { name: `${town.portal.id}-key-end-${shortDid(did() ?? '')}.txt`, type: 'text/plain' })
      return 'prepared'
    })
  const end = (event: SubmitEvent): void => {
    event.preventDefault()
    const isMeant = typed('end-confirm').toLowerCase() === words().word
    if (!isMeant) return void setFault({ at: 'confirm', says: words().wrongWord(words().word) })
    void withSuccessor(async (next, { endHere }) => {
      const sent = await endHere(session, town.portal.id, next)
      return sent === 'offline' ? 'waiting' : sent
    })
  }
  const says = () => {
    const paper = inLocale(keyEnd, props.locale).paper
    const { working, ended, waiting, prepared } = words()
    const all = {
      idle: '',
      working,
      ended,
      waiting,
      prepared,
      bad: paper.failed,
      'too-many': paper.tooMany,
      failed: paper.failed,
      codeless: paper.offline,
    }
    return all[state()]
  }
  const faultAt = (at: 'successor' | 'confirm') => {
    const now = fault()
    return now?.at === at ? now.says : undefined
  }
  return (
    <section class="box" aria-labelledby="end-title" data-end={state()}>
      <h2 id="end-title">{words().title}</h2>
      <p>{words().lead}</p>
      <Show when={did()}>
        {(known) => (
          <p class="quiet own-did">
            {words().did} <code data-own-did>{known()}</code>
          </p>
        )}
      </Show>
      <form ref={(element) => (form = element)} onSubmit={end}>
        <Field name="successor" label={words().successor} help={words().successorHelp} fault={faultAt('successor')} />
        <p class="quiet">{words().prepareHelp}</p>
        <button type="button" class="btn" data-act="prepare-end" disabled={state() === 'working'} onClick={prepare}>
          {words().prepare}
        </button>
        <Field name="end-confirm" label={words().type(words().word)} fault={faultAt('confirm')} />
        <button
          type="submit"
          class="btn bad"
          data-act="end-key"
          disabled={state() === 'working' || state() === 'ended'}
        >
          {words().act}
        </button>
      </form>
      <p role="status">{says()}</p>
    </section>
  )
}

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly help?: string
  readonly fault: string | undefined
}

function Field(props: FieldProps): JSX.Element {
  return (
    <div class={props.fault ? 'field bad' : 'field'}>
      <label for={`own-${props.name}`}>{props.label}</label>
      <Show when={props.help}>
        <p class="help" id={`own-${props.name}-help`}>
          {props.help}
        </p>
      </Show>
      <input
        id={`own-${props.name}`}
        name={props.name}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        aria-describedby={`${props.help ? `own-${props.name}-help ` : ''}own-${props.name}-fault`}
        aria-invalid={props.fault ? 'true' : undefined}
      />
      <p class="err" id={`own-${props.name}-fault`} role="alert">
        {props.fault}
      </p>
    </div>
  )
}
