/** Where the photos stand in the form. Their code comes once the form is awake: it is of no use before. */
import { createSignal, onMount, Show, type Component } from 'solid-js'
import { photoWords } from '#src/i18n/photos.ts'
import { post } from '#src/i18n/post.ts'
import { inLocale } from '#src/i18n/strings.ts'
import type { FormView } from './Controls.tsx'
import type { PhotoFieldProps } from './photos/PhotoField.tsx'
import './photos.css'

export interface PhotoGroupProps extends Pick<PhotoFieldProps, 'now' | 'ready'> {
  readonly form: FormView
}

export function PhotoGroup(props: PhotoGroupProps) {
  const words = inLocale(post, props.form.locale).form
  const [Field, setField] = createSignal<Component<PhotoFieldProps>>()
  const [isWithout, setWithout] = createSignal(false)
  const [shared, setShared] = createSignal<readonly File[]>([])
  onMount(async () => {
    const isShared = new URLSearchParams(location.search).get('shared') // the form tidies the address
    setWithout(isShared === 'none')
    const loaded = await import('./photos/PhotoField.tsx').catch(() => undefined)
    if (isShared === '')
      setShared(await import('./photos/shared.ts').then(({ sharedFiles }) => sharedFiles()).catch(() => []))
    if (loaded) setField(() => loaded.PhotoField)
  })
  return (
    <fieldset class="group photos">
      <legend class="legend">{words.photos}</legend>
      <p class="help">{words.photosHelp}</p>
      <Show when={isWithout()}>
        <p class="hint" role="alert">
          {inLocale(photoWords, props.form.locale).sharedWithout}
        </p>
      </Show>
      <Show when={Field()} fallback={<div class="photo-box" />}>
        {(loaded) => loaded()({ form: props.form, now: props.now, ready: props.ready, shared: shared() })}
      </Show>
    </fieldset>
  )
}
