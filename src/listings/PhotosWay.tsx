/** How far the photos of a listing of mine have come to the portal, and what is to be done about those it did not take. */
import { createSignal, For, onMount, Show } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import type { Photo } from '#domain/photo.ts'
import { photoWords } from '#src/i18n/photos.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { photoStates, refusalOf, type PhotoRefusal, type PhotoState } from '#src/sync/photo-sender.ts'
import { openPhotoStore } from '#src/sync/photo-store.ts'

export interface PhotosWayProps {
  readonly locale: Locale
  readonly photos: readonly Photo[]
}

const refusals = ['refused', 'ended-key', 'erased-key'] as const satisfies readonly PhotoRefusal[]

/** What this device does not have was sent by another one. */
export function PhotosWay(props: PhotosWayProps) {
  const words = inLocale(photoWords, props.locale)
  const [kept, setKept] = createSignal<ReadonlyMap<string, PhotoState>>(new Map())
  onMount(async () => {
    const rows = await (await openPhotoStore()).all()
    setKept(
      new Map(
        rows.map(({ hash, sentAt, refused, use }) => [
          hash,
          refused ? refusalOf(refused) : sentAt || !use ? 'sent' : 'waiting',
        ]),
      ),
    )
  })
  const stateOf = ({ hash }: Photo): PhotoState => photoStates().get(hash) ?? kept().get(hash) ?? 'sent'
  const count = (...states: PhotoState[]) => props.photos.filter((photo) => states.includes(stateOf(photo))).length
  return (
    <div class="photos-way" role="status" data-photos-sent={count('sent')} data-photos-all={props.photos.length}>
      <Show when={count('waiting', 'sending') > 0}>
        <p>{words.sending(count('sent'), props.photos.length)}</p>
      </Show>
      <Show when={count('waiting') > 0}>
        <p>{words.waiting(count('waiting'))}</p>
      </Show>
      <For each={refusals.filter((why) => count(why) > 0)}>
        {(why) => (
          <p class="err" data-photos-refused={why}>
            {words.notTaken[why](count(why))}
          </p>
        )}
      </For>
    </div>
  )
}
