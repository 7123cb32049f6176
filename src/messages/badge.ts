/** The badge beside "mine" for messages nobody has read, and the look after new ones. */
import { onUnread, readUnread, type Unread } from './unread.ts'

const everyMs = 5 * 60_000
const restMs = 2000 // the page itself comes first

/** On the elements of UnreadBadge.astro, once: whoever imports this file wants it. */
function showUnread(): void {
  const badges = [...document.querySelectorAll<HTMLElement>('[data-unread-badge]')]
  const show = ({ unread }: Unread) => {
    for (const badge of badges) {
      badge.hidden = unread === 0
      badge.querySelector('[data-count]')?.replaceChildren(unread > 99 ? '99+' : `${unread}`)
    }
  }
  const known = readUnread()
  show(known)
  onUnread(show)
  if (!known.isUsed || document.querySelector('[data-messages]')) return // the page's own island looks
  const look = () => void import('./desk.ts').then(({ openDesk }) => openDesk()).catch(() => undefined)
  setTimeout(look, Math.max(restMs, known.waiting > 0 ? 0 : known.at + everyMs - Date.now()))
}

if (typeof document !== 'undefined') showUnread()
