/** Takes over a key by its 12 words. What is wrong is named; a key that is there is replaced only after asking. */
import { Show, createSignal, type JSX } from 'solid-js'
import type { Bytes } from '#domain/bytes.ts'
import { shortDid, signerOf } from '#domain/identity.ts'
import type { Locale } from '#domain/locale.ts'
import { me } from '#src/i18n/me.ts'
import { inLocale } from '#src/i18n/strings.ts'
import type { Keys } from './keys.ts'
import type { WordsFault } from './words.ts'

export interface RestoreKeyProps {
  readonly locale: Locale
  readonly keys: Keys
  readonly reload: () => void
}
type Step =
  | { readonly kind: 'typing'; readonly fault?: string }
  | { readonly kind: 'asking'; readonly entropy: Bytes; readonly mark: string }
  | { readonly kind: 'done' }

export function RestoreKey(props: RestoreKeyProps): JSX.Element {
  const words = inLocale(me, props.locale)
  const [step, setStep] = createSignal<Step>({ kind: 'typing' })
  const fault = () => {
    const now = step()
    return now.kind === 'typing' ? now.fault : undefined
  }
  const asking = () => {
    const now = step()
    return now.kind === 'asking' ? now : undefined
  }
  const replace = async (entropy: Bytes): Promise<void> => {
    const kept = await props.keys.replace(entropy)
    if (!kept.ok) return void setStep({ kind: 'typing', fault: words.keepFailed })
    setStep({ kind: 'done' })
    props.reload()
  }
  const submit = async (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): Promise<void> => {
    event.preventDefault()
    setStep(await nextStep(String(new FormData(event.currentTarget).get('words') ?? ''), props))
    const now = asking()
    if (now?.mark === '') await replace(now.entropy) // no key is lost by it
  }
  return (
    <form class="restore" onSubmit={(event) => void submit(event)}>
      <div class={fault() ? 'field bad' : 'field'}>
        <label for="key-restore">{words.restoreTitle}</label>
        <p class="help" id="key-restore-help">
          {words.restoreHelp}
        </p>
        <textarea
          id="key-restore"
          name="words"
          rows="3"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-describedby="key-restore-help key-restore-fault"
          aria-invalid={fault() ? 'true' : undefined}
        />
        <p class="err" id="key-restore-fault" role="alert">
          {fault()}
        </p>
      </div>
      <Show
        when={asking()?.mark ? asking() : undefined}
        fallback={
          <button type="submit" class="btn primary" data-act="restore" disabled={step().kind === 'done'}>
            {words.restore}
          </button>
        }
      >
        {(asked) => (
          <div role="alertdialog" aria-label={words.replace}>
            <p class="hint">{words.replaceWarning(asked().mark)}</p>
            <div class="btns">
              <button type="button" class="btn" onClick={() => setStep({ kind: 'typing' })}>
                {words.cancel}
              </button>
              <button type="button" class="btn bad" data-act="replace" onClick={() => void replace(asked().entropy)}>
                {words.replace}
              </button>
            </div>
          </div>
        )}
      </Show>
      <p role="status">{step().kind === 'done' ? words.done : ''}</p>
    </form>
  )
}

/** `mark` is empty when this browser has no key yet. */
async function nextStep(typed: string, { locale, keys }: RestoreKeyProps): Promise<Step> {
  const words = inLocale(me, locale)
  const loaded = await import('./words.ts').catch(() => undefined)
  if (!loaded) return { kind: 'typing', fault: words.loadFailed }
  const read = loaded.wordsToEntropy(typed)
  if (!read.ok) return { kind: 'typing', fault: speechOf(read.error, locale) }
  const known = await keys.knownDid('person')
  const next = await signerOf(read.value, 'person')
  if (known === next.did) return { kind: 'typing', fault: words.same }
  return { kind: 'asking', entropy: read.value, mark: known ? shortDid(known) : '' }
}

function speechOf(fault: WordsFault, locale: Locale): string {
  const { faults } = inLocale(me, locale)
  if (fault.kind === 'word-count') return faults.count(fault.count)
  if (fault.kind === 'word-unknown') return faults.unknown(fault.word, fault.place)
  return fault.kind === 'word-mixed' ? faults.mixed : faults.checksum
}
