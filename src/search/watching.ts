/** The watch of this page: one, whoever asks for it. It lives as long as the page, tells the badge, and notifies where that is allowed. */
import { createRoot } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { saved } from '#src/i18n/saved.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { notify } from '#src/sync/notify.ts'
import { openSession } from '#src/sync/session.ts'
import { createFinder, type Finder } from './finder.ts'
import { readFresh, writeFresh } from '#src/sync/fresh.ts'
import { finderDeps } from './page-deps.ts'
import { createWatch, type Watch } from './watch.ts'

let opening: Promise<Watch> | undefined

/** @param finder that of the page, if it has one */
export function openWatch(locale: Locale, finder?: Finder): Promise<Watch> {
  opening ??= openSession()
    .me()
    .then((me) =>
      createRoot(() => {
        const own = finder ?? createFinder(finderDeps)
        const heard = ({ watched, fresh }: { readonly watched: number; readonly fresh: number }) => {
          if (fresh > readFresh().fresh) tell(locale, fresh)
          writeFresh({ watched, fresh, at: Date.now() })
        }
        return createWatch({ finder: own, me, locale, now: openSession().now, heard })
      }),
    )
  opening.catch(() => (opening = undefined)) // its code did not come: asked again, it may
  return opening
}

/** One notification for all: a second takes the place of the first. */
function tell(locale: Locale, fresh: number): void {
  const words = inLocale(saved, locale)
  void notify({ title: words.told(fresh), body: words.toldBody, tag: 'watched', path: pathTo(locale).me })
}
