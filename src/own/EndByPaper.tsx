/** Ends a key with what its owner signed ahead. Needs no key here. */
import { createSignal, type JSX } from 'solid-js'
import { shortDid } from '#domain/identity.ts'
import type { Locale } from '#domain/locale.ts'
import { keyEnd } from '#src/i18n/key-end.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { FileDrop } from './FileDrop.tsx'

type Told = { readonly kind: 'ok' | 'fault'; readonly says: string }

export function EndByPaper(props: { readonly locale: Locale }): JSX.Element {
  const words = () => inLocale(keyEnd, props.locale).paper
  const [text, setText] = createSignal('')
  const [told, setTold] = createSignal<Told>()
  const [isBusy, setBusy] = createSignal(false)
  const send = async (): Promise<Told> => {
    const { endsIn, sendEnds } = await import('./ending-key.ts')
    const ends = await endsIn(text(), town.portal.id)
    if (!ends) return { kind: 'fault', says: words().bad }
    const sent = await sendEnds(ends)
    if (sent === 'ended') return { kind: 'ok', says: words().done(shortDid(ends[0]?.did ?? '')) }
    const { bad, offline, tooMany, failed } = words()
    return { kind: 'fault', says: { bad, offline, 'too-many': tooMany, failed }[sent] }
  }
  const read = async (file: Blob): Promise<void> => {
    const found = await file.text().catch(() => undefined)
    if (found !== undefined) setText(found)
    setTold(found === undefined ? { kind: 'fault', says: words().unreadable } : undefined)
  }
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setTold(await send().catch((): Told => ({ kind: 'fault', says: words().offline })))
    setBusy(false)
  }
  const fault = () => (told()?.kind === 'fault' ? told()?.says : undefined)
  return (
    <section class="box" aria-labelledby="paper-title" data-paper={told()?.kind ?? ''}>
      <h2 id="paper-title">{words().title}</h2>
      <p>{words().lead}</p>
      <form onSubmit={(event) => void submit(event)}>
        <FileDrop id="end-file" label={words().choose} accept="text/plain,.txt" given={(file) => void read(file)} />
        <div class={fault() ? 'field bad' : 'field'}>
          <label for="end-paper">{words().label}</label>
          <textarea
            id="end-paper"
            rows="4"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={text()}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
            aria-describedby="end-paper-fault"
            aria-invalid={fault() ? 'true' : undefined}
          />
          <p class="err" id="end-paper-fault" role="alert">
            {fault()}
          </p>
        </div>
        <button type="submit" class="btn" data-act="send-end" disabled={isBusy()}>
          {words().act}
        </button>
      </form>
      <p role="status">{told()?.kind === 'ok' ? told()?.says : ''}</p>
    </section>
  )
}
