/** The badge beside "mine" in every page's frame. A page that nobody's search waits for loads nothing more than this. */
import type { Locale } from '#domain/locale.ts'
import { onFresh, readFresh, type Fresh } from '#src/sync/fresh.ts'

const everyMs = 5 * 60_000

/** @param badges the elements of WatchBadge.astro @param lookAtEnds asked where listings of one's own run */
export function showBadges(
  badges: readonly HTMLElement[],
  locale: Locale,
  lookAtEnds: (locale: Locale) => Promise<void>,
): void {
  const show = ({ fresh: found, due }: Fresh) => {
    const fresh = found + due
    for (const badge of badges) {
      badge.hidden = fresh === 0
      badge.querySelector('[data-count]')?.replaceChildren(fresh > 99 ? '99+' : `${fresh}`)
    }
  }
  const known = readFresh()
  show(known)
  onFresh(show)
  const has = (mark: string) => document.querySelector(mark)
  if (known.look !== null && !has('[data-ends]'))
    setTimeout(() => void lookAtEnds(locale).catch(() => undefined), restMs)
  if (known.watched === 0 || has('[data-watches]')) return // the page's own island looks
  const watch = () => void import('./watching.ts').then((code) => code.openWatch(locale)).catch(() => undefined)
  setTimeout(watch, Math.max(restMs, known.at + everyMs - Date.now()))
}

const restMs = 2000 // the page itself comes first
