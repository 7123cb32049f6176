/** Looks, on any page, whether a listing of mine has come near its end, and tells it once. Loaded when the page is at rest, by who has listings that run. */
import { createEffect, createRoot } from 'solid-js'
import type { Locale } from '#domain/locale.ts'
import { pathTo } from '#src/i18n/paths.ts'
import { mine } from '#src/i18n/mine.ts'
import { inLocale } from '#src/i18n/strings.ts'
import { town } from '#src/i18n/town.ts'
import { readFresh, writeFresh } from '#src/sync/fresh.ts'
import { notify } from '#src/sync/notify.ts'
import { openSession } from '#src/sync/session.ts'
import { createEndings, type Endings } from './endings.ts'
import { createOwnListings, ownLifeOf } from './own-listings.ts'
import { createPublisher } from './publish.ts'

const patienceMs = 5_000

export async function lookAtEnds(locale: Locale): Promise<void> {
  const { look } = readFresh()
  const session = openSession()
  await session.clockAsked() // a device whose clock was changed is put right first
  if (session.readOnly || !session.clockKnown() || look === null || session.now() < look) return
  const me = await session.me()
  createRoot((dispose) => {
    const publisher = createPublisher(session, town, () => crypto.getRandomValues(new Uint8Array(16)))
    const listings = createOwnListings(session, town, publisher)
    const endings = createEndings({ session, zone: town.portal.zone, listings: listings.all, now: session.now })
    let isDone = false
    const finish = () => {
      if (isDone) return
      isDone = true
      if (listings.ready()) tell(endings, me, locale, session.now())
      queueMicrotask(dispose)
    }
    createEffect(() => me.synced() && listings.ready() && finish()) // another device may have told it
    setTimeout(finish, patienceMs)
  })
}

function tell(endings: Endings, me: Parameters<Endings['tell']>[0], locale: Locale, now: number): void {
  const words = inLocale(mine, locale).told
  for (const { own, step } of endings.tell(me)) {
    const says = words[ownLifeOf(own, now) === 'expired' ? 'over' : step]
    void notify({ title: says(own.body.title), body: words.body, tag: `ending/${own.id}`, path: pathTo(locale).me })
  }
  writeFresh(endings.ends(me))
}
