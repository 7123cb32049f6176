/** The way to one's messages from "me": it looks whether any came, for everybody who has a key. */
import { createResource, Show } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { messageButton } from '#src/i18n/message-button.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { openSession } from '#src/sync/session.ts'
import { Icon } from '#src/ui/Icon.tsx'

export function MessagesLink(props: { readonly locale: Locale }) {
  const words = () => inLocale(messageButton, props.locale)
  const [desk] = createResource(async () => {
    if (!(await openSession().knownDid('person'))) return undefined
    return import('./desk.ts').then(({ openDesk }) => openDesk()).catch(() => undefined)
  })
  const unread = () =>
    desk()
      ?.threads()
      .reduce((sum, one) => sum + one.unread, 0) ?? 0
  return (
    <p data-messages={desk()?.ready() ? 'ready' : 'opening'}>
      <a class="btn" href={pathTo(props.locale).messages}>
        <Icon name="message" />
        {words().title}
        <Show when={unread() > 0}>
          <span class="chip warn" data-unread={unread()}>
            {words().unread(unread())}
          </span>
        </Show>
      </a>
    </p>
  )
}
