/** All that is mine as one signed file. */
import { Show, createSignal, onMount, type JSX } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { civilDateOf } from '#domain/time.ts'
import { ownBundle } from '#src/i18n/own-bundle.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { openSession } from '#src/sync/session.ts'
import { download } from '#src/ui/download.ts'

type State =
  'idle' | 'working' | 'failed' | { readonly records: number; readonly photos: number; readonly missing: number }

export function TakeAlong(props: { readonly locale: Locale }): JSX.Element {
  const words = () => inLocale(ownBundle, props.locale).take
  const session = openSession()
  const [state, setState] = createSignal<State>('idle')
  const done = () => {
    const now = state()
    return typeof now === 'object' ? now : undefined
  }
  onMount(() => void import('./bundle-export.ts').catch(() => undefined)) // it works without a network too
  const save = async (): Promise<void> => {
    setState('working')
    try {
      const { exportAll } = await import('./bundle-export.ts')
      const made = await exportAll(session, town.portal.id)
      if (!made) return void setState('failed')
      const day = civilDateOf(session.now(), town.portal.zone)
      download(made.pieces, { name: `${town.portal.id}-${day}.json`, type: 'application/json' })
      const records = made.content.keys.reduce((sum, key) => sum + key.records.length, 0)
      const missing = made.missing.length
      setState({ records, photos: made.content.photos.length - missing, missing })
    } catch {
      setState('failed')
    }
  }
  return (
    <section class="box" aria-labelledby="take-title" data-take={done() ? 'done' : String(state())}>
      <h2 id="take-title">{words().title}</h2>
      <p>{words().lead}</p>
      <p class="hint">{words().open}</p>
      <button
        type="button"
        class="btn primary"
        data-act="export"
        disabled={state() === 'working'}
        onClick={() => void save()}
      >
        {words().act}
      </button>
      <p role="status">
        {state() === 'working' ? words().working : state() === 'failed' ? words().failed : ''}
        <Show when={done()}>
          {(made) => (
            <>
              {words().done(made().records, made().photos)} {made().missing > 0 ? words().missing(made().missing) : ''}
            </>
          )}
        </Show>
      </p>
    </section>
  )
}
