/** My own listings, from my shelves: what others write about is named as I named it, and not as they do, and stands as it stands. */
import { createEffect, getOwner, onMount, runWithOwner } from 'solid-js'
import type { OpenRecord } from '#domain/record.ts'
import { inboxOf, shelfOf } from '#domain/room.ts'
import { town } from '#src/i18n/town.ts'
import { keyUses, newestOf, noticesOf } from '#src/sync/own-rooms.ts'
import { createSlots, type Slots } from '#src/sync/own-shelf.ts'
import type { Desk } from './desk.ts'

export interface OwnOne {
  readonly title: string
  readonly record: OpenRecord
  /** The relay's receipt of it, ms. */
  readonly heardAt: number | undefined
}
type Notices = ReturnType<typeof noticesOf>

/** Call it where Solid has an owner. */
export function createOwnTitles({ session, setOwn }: Pick<Desk, 'session' | 'setOwn'>): void {
  const owner = getOwner()
  onMount(async () => {
    const dids = await Promise.all(keyUses.map(async (use) => ({ use, did: await session.knownDid(use) })))
    const rooms = await Promise.all(
      dids.flatMap(({ use, did }) =>
        did
          ? [
              Promise.all([session.room(shelfOf(did), use), session.room(inboxOf(did), use)]).then(
                ([shelf, inbox]) => ({ did, shelf, inbox }),
              ),
            ]
          : [],
      ),
    )
    runWithOwner(owner, () => {
      const all = rooms.map((one) => ({ slots: createSlots(one, town.portal.id).slots, inbox: one.inbox }))
      createEffect(() => {
        const own = new Map(all.flatMap(({ slots, inbox }) => ownIn(slots(), noticesOf(inbox))))
        setOwn((listing) => own.get(listing))
      })
    })
  })
}

const ownIn = (slots: Slots, notices: Notices): readonly (readonly [string, OwnOne])[] =>
  [...slots].flatMap(([id, held]) => {
    const newest = newestOf(held)
    const title = newest?.envelope.body['title']
    if (!newest || typeof title !== 'string') return []
    return [[id, { title, record: newest, heardAt: notices.get(newest.hash)?.at }] as const]
  })
