/** The whole town on this device: how large it is, how far it has come, and how to let it go. */
import { Match, Show, Switch } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { search } from '#src/i18n/search.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { askToPersist } from '#src/sync/persist.ts'
import type { Box } from './box.ts'

export function PackBar(props: { readonly locale: Locale; readonly box: Box }) {
  const words = () => inLocale(search, props.locale).pack
  const size = (bytes: number) =>
    bytes < 950_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
  const keep = () => {
    props.box.keepTown()
    askToPersist() // what was asked to stay should
  }
  return (
    <Show when={props.box.pack()}>
      {(pack) => (
        <section class="panel pack" aria-labelledby="pack-title" data-pack={pack().kind}>
          <h2 id="pack-title">{words().title}</h2>
          <Switch>
            <Match when={pack().kind === 'none' && pack()}>
              {(none) => (
                <p>
                  {words().none(size((none() as { bytes?: number }).bytes ?? 0))}{' '}
                  <button type="button" class="btn" data-act="keep-town" onClick={keep}>
                    {words().keep}
                  </button>
                </p>
              )}
            </Match>
            <Match when={progressOf(pack())}>
              {(progress) => (
                <p role="status">
                  {words().keeping}{' '}
                  <progress max={progress().all} value={progress().done} aria-label={words().keeping} />{' '}
                  <button type="button" class="btn" data-act="stop-keeping" onClick={() => props.box.stopKeeping()}>
                    {words().stop}
                  </button>
                </p>
              )}
            </Match>
            <Match when={pack().kind === 'kept'}>
              <p>
                {words().kept(size((pack() as { bytes: number }).bytes))}{' '}
                <button type="button" class="btn" data-act="let-town-go" onClick={() => props.box.letTownGo()}>
                  {words().letGo}
                </button>
              </p>
            </Match>
            <Match when={pack().kind === 'failed'}>
              <p role="alert">
                {words().failed}{' '}
                <button type="button" class="btn" onClick={keep}>
                  {words().again}
                </button>
              </p>
            </Match>
          </Switch>
        </section>
      )}
    </Show>
  )
}

const progressOf = (pack: NonNullable<ReturnType<Box['pack']>>) => (pack.kind === 'keeping' ? pack : undefined)
