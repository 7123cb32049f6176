/** The message at the foot of the page, read out politely. */
import { Show } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { mine } from '#src/i18n/mine.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { Icon } from '#src/ui/Icon.tsx'
import type { Toaster } from './toast.ts'

export function ToastBar(props: { readonly locale: Locale; readonly toaster: Toaster }) {
  const words = () => inLocale(mine, props.locale).mine
  return (
    <div class="toast-bar" role="status">
      <Show when={props.toaster.toast()}>
        {(toast) => (
          <p class="toast">
            <span>{toast().says}</span>
            <Show when={toast().undo}>
              {(undo) => (
                <button class="btn" type="button" data-act="undo" onClick={() => void undo()()}>
                  {words().undo}
                </button>
              )}
            </Show>
            <button
              class="btn plain"
              type="button"
              aria-label={words().dismiss}
              onClick={() => props.toaster.dismiss()}
            >
              <Icon name="close" />
            </button>
          </p>
        )}
      </Show>
    </div>
  )
}
