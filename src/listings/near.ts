/** A listing of one's own that says nearly the same as the form: told while it is written, and never in the way (HR-3 refuses only the same). */
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { DraftValues } from './draft-values.ts'
import type { OwnListing } from './own-listings.ts'

const pauseMs = 700

/** Call it where Solid has an owner. @param own what the form is compared with; those that were ended do not count */
export function createNear(
  values: DraftValues,
  own: Accessor<readonly OwnListing[]>,
): Accessor<OwnListing | undefined> {
  const [near, setNear] = createSignal<OwnListing>()
  const look = async (): Promise<void> => {
    const [title = '', text = ''] = [values['title'], values['text']]
    const live = own().filter(({ body }) => body.state === 'live')
    const code = title && text && live.length > 0 ? await import('#domain/alike.ts').catch(() => undefined) : undefined
    if (!code) return void setNear(undefined)
    const written = code.sketch({ title, text, priceFen: null, fields: {} })
    setNear(live.find(({ body }) => code.alike(written, code.sketch(body)) >= code.nearFrom))
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  createEffect(
    on(
      () => [values['title'], values['text'], own()],
      () => {
        clearTimeout(timer)
        timer = setTimeout(() => void look(), pauseMs)
      },
    ),
  )
  onCleanup(() => clearTimeout(timer))
  return near
}
