/** Checks in the reader's own browser that the page shows what its author signed; the server's word is not taken for it. */
import { createSignal, Match, onMount, Show, Switch } from 'solid-js'
import type { ListingBody } from '#domain/listing.ts'
import type { Locale } from '#domain/locale.ts'
import type { Photo } from '#domain/photo.ts'
import { spelled } from '#domain/spelling.ts'
import { reading } from '#src/i18n/reading.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { VerdictChip } from '#src/ui/VerdictChip.tsx'
import type { PhotoVerdict } from './photo-check.ts'

type Verdict = 'genuine' | 'forged' | 'redated'

interface SignatureMarkProps {
  readonly locale: Locale
  readonly portal: string
  /** What the page shows. */
  readonly shown: { readonly id: string; readonly author: string; readonly body: ListingBody }
  /** The signed record. */
  readonly record: string
}

export function SignatureMark(props: SignatureMarkProps) {
  const words = () => inLocale(reading, props.locale).signature
  const [verdict, setVerdict] = createSignal<Verdict>()
  const [photosAre, setPhotosAre] = createSignal<PhotoVerdict>()
  const lookAt = async (photos: readonly Photo[]): Promise<void> => {
    const { checkPhotos } = await import('./photo-check.ts')
    setPhotosAre(await checkPhotos(photos))
  }
  onMount(() => {
    if (globalThis.crypto?.subtle) void check(props).then(setVerdict, () => undefined) // its code did not come: nothing is said
  })
  return (
    <span class="signature" role="status" data-signature={verdict()}>
      <Switch>
        <Match when={verdict() === 'genuine'}>
          <VerdictChip holds>{words().genuine}</VerdictChip>
          <Show when={props.shown.body.photos}>
            {(photos) => (
              <Show
                when={photosAre()}
                fallback={
                  <button class="btn plain" type="button" data-act="check-photos" onClick={() => void lookAt(photos())}>
                    {words().checkPhotos(photos().length)}
                  </button>
                }
              >
                {(verdict) => (
                  <span
                    class="chip"
                    classList={{ ok: verdict() === 'genuine', bad: verdict() === 'forged' }}
                    data-photos-are={verdict()}
                  >
                    {words().photos[verdict()]}
                  </span>
                )}
              </Show>
            )}
          </Show>
        </Match>
        <Match when={verdict() === 'forged'}>
          <VerdictChip holds={false}>{words().forged}</VerdictChip>
        </Match>
        <Match when={verdict() === 'redated'}>
          <VerdictChip holds={false}>{words().redated}</VerdictChip>
        </Match>
      </Switch>
    </span>
  )
}

async function check({ record, portal, shown }: SignatureMarkProps): Promise<Verdict> {
  const [{ openRecord }, { isRenewedTooSoon, keepsRenewalGap }, { noteRenewal, renewalSeen }] = await Promise.all([
    import('#domain/record.ts'),
    import('#domain/life.ts'),
    import('#src/private/seen.ts'),
  ])
  const opened = await openRecord(record, portal)
  if (!opened.ok) return 'forged'
  const { id, author, body, renewedAt } = opened.value.envelope
  const isShown = id === shown.id && author === shown.author && spelled(body) === spelled(shown.body)
  if (!isShown) return 'forged'
  if (!keepsRenewalGap(opened.value.envelope) || isRenewedTooSoon(renewedAt, renewalSeen(id) ?? renewedAt))
    return 'redated'
  noteRenewal(id, renewedAt)
  return 'genuine'
}
