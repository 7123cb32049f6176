/** What a person can do with all that is his: each part on its own, loaded with this page only. */
import { Show, createResource, type JSX } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { own } from '#src/i18n/own.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { openSession } from '#src/sync/session.ts'
import { BringAlong } from './BringAlong.tsx'
import { EndByPaper } from './EndByPaper.tsx'
import { EndKey } from './EndKey.tsx'
import { EraseEverywhere } from './EraseEverywhere.tsx'
import { erasedHash } from './erasure.ts'
import { TakeAlong } from './TakeAlong.tsx'
import './own.css'

export function OwnData(props: { readonly locale: Locale }): JSX.Element {
  const words = inLocale(own, props.locale)
  const session = openSession()
  const [did] = createResource(async () => (await session.knownDid('person')) ?? null)
  return (
    <div class="own-data">
      <Show when={!session.readOnly} fallback={<p class="hint">{words.readOnly}</p>}>
        <Show when={did() !== undefined} fallback={<p role="status">{words.loading}</p>}>
          <Show when={did()} fallback={<NoKey locale={props.locale} />}>
            <TakeAlong locale={props.locale} />
          </Show>
          <BringAlong locale={props.locale} />
          <Show when={did()}>
            <EndKey locale={props.locale} />
          </Show>
          <EndByPaper locale={props.locale} />
          <Show when={did()}>
            <EraseEverywhere locale={props.locale} />
          </Show>
        </Show>
      </Show>
    </div>
  )
}

function NoKey(props: { readonly locale: Locale }): JSX.Element {
  const words = inLocale(own, props.locale)
  return (
    <Show when={location.hash === erasedHash} fallback={<p>{words.noKey}</p>}>
      <section class="box" role="status" data-erased>
        <h2>{words.erase.ended}</h2>
        <p>{words.erase.endedText}</p>
        <p>
          <a class="btn" href={pathTo(props.locale).home}>
            {words.erase.home}
          </a>
        </p>
      </section>
    </Show>
  )
}
