/** The badge beside "mine" in every page's frame. A page that nobody's search waits for loads nothing more than this. */
import type { Locale } from '#domain/locale.ts'
import { onFresh, readFresh, type Fresh } from './fresh.ts'

const everyMs = 5 * 60_000

/** @param badges the elements of WatchBadge.astro */
export function showBadges(badges: readonly HTMLElement[], locale: Locale): void {
  const show = ({ fresh }: Fresh) => {
    for (const badge of badges) {
      badge.hidden = fresh === 0
      badge.querySelector('[data-count]')?.replaceChildren(fresh > 99 ? '99+' : `${fresh}`)
    }
  }
  const known = readFresh()
  show(known)
  onFresh(show)
  if (known.watched === 0 || document.querySelector('[data-watches]')) return // the page's own island looks
  const watch = () => void import('./watching.ts').then((code) => code.openWatch(locale)).catch(() => undefined)
  setTimeout(watch, Math.max(restMs, known.at + everyMs - Date.now()))
}

const restMs = 2000 // the page itself comes first
