/** One message at a time with an optional way back; it stays until it is answered or replaced, so nobody has to be quick. */
import { createSignal, type Accessor } from 'solid-js'

export interface Toast {
  readonly says: string
  readonly undo?: (() => Promise<void> | void) | undefined
}

export interface Toaster {
  readonly toast: Accessor<Toast | undefined>
  show(toast: Toast): void
  dismiss(): void
}

export function createToaster(): Toaster {
  const [toast, setToast] = createSignal<Toast>()
  return { toast, show: setToast, dismiss: () => setToast(undefined) }
}
