/** The key on the "me" page: what it is, its 12 words to write down, and taking over a key from another device. */
import { Show, createResource, createSignal, type JSX } from 'solid-js'
import { shortDid } from '#domain/identity.ts'
import type { Locale } from '#domain/locale.ts'
import { me } from '#src/i18n/me.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { KeyWords } from './KeyWords.tsx'
import { RestoreKey } from './RestoreKey.tsx'
import { openKeys } from './keys.ts'
import './key-card.css'

export interface KeyCardProps {
  readonly locale: Locale
  /** Loads the page again, with the new key. */
  readonly reload?: () => void
}

export function KeyCard(props: KeyCardProps): JSX.Element {
  const words = inLocale(me, props.locale)
  return (
    <section class="box key-card" aria-labelledby="key-title">
      <h2 id="key-title">{words.title}</h2>
      <Show when={globalThis.crypto?.subtle} fallback={<p class="hint">{words.readOnly}</p>}>
        <Key {...props} />
      </Show>
    </section>
  )
}

function Key(props: KeyCardProps): JSX.Element {
  const words = inLocale(me, props.locale)
  const keys = openKeys()
  const [did] = createResource(async () => (await keys.knownDid('person')) ?? null)
  const [isRestoring, setRestoring] = createSignal(false)
  return (
    <Show
      when={did() !== undefined}
      fallback={
        <p role="status" aria-busy="true">
          {words.loading}
        </p>
      }
    >
      <Show when={did()} fallback={<p>{words.none}</p>}>
        {(known) => (
          <>
            <p>{words.what}</p>
            <p>
              {words.mark} <code data-did={known()}>{shortDid(known())}</code>
            </p>
            <Show when={keys.memoryOnly()}>
              <p class="hint">{words.memoryOnly}</p>
            </Show>
            <KeyWords locale={props.locale} entropy={keys.entropy} />
          </>
        )}
      </Show>
      <Show
        when={isRestoring() || did() === null}
        fallback={
          <button type="button" class="btn plain" onClick={() => setRestoring(true)}>
            {words.restoreTitle}
          </button>
        }
      >
        <RestoreKey locale={props.locale} keys={keys} reload={props.reload ?? (() => location.reload())} />
      </Show>
    </Show>
  )
}
