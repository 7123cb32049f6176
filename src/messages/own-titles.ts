/** Titles of my own listings, from my shelves: what others write about is named as I named it, and not as they do. */
import { createEffect, getOwner, onMount, runWithOwner } from 'solid-js'
import { shelfOf } from '#domain/room.ts'
import { town } from '#src/i18n/town.ts'
import { keyUses, newestOf } from '#src/sync/own-rooms.ts'
import { createSlots, type Slots } from '#src/sync/own-shelf.ts'
import type { Desk } from './desk.ts'

/** Call it where Solid has an owner. */
export function createOwnTitles({ session, setTitles }: Pick<Desk, 'session' | 'setTitles'>): void {
  const owner = getOwner()
  onMount(async () => {
    const dids = await Promise.all(keyUses.map(async (use) => ({ use, did: await session.knownDid(use) })))
    const shelves = await Promise.all(
      dids.flatMap(({ use, did }) => (did ? [session.room(shelfOf(did), use).then((shelf) => ({ did, shelf }))] : [])),
    )
    runWithOwner(owner, () => {
      const all = shelves.map((one) => createSlots(one, town.portal.id).slots)
      createEffect(() => {
        const titles = new Map(all.flatMap((slots) => titlesIn(slots())))
        setTitles((listing) => titles.get(listing))
      })
    })
  })
}

const titlesIn = (slots: Slots): readonly (readonly [string, string])[] =>
  [...slots].flatMap(([id, held]) => {
    const title = newestOf(held)?.envelope.body['title']
    return typeof title === 'string' ? [[id, title] as const] : []
  })
