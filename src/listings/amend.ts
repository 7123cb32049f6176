/** What can be done with a listing that exists. Each is the next revision, signed here and put on my shelf. */
import type { Signer } from '#domain/identity.ts'
import type { ListingBody, ListingState } from '#domain/listing.ts'
import { nextRevision, openRecord, seal, type OpenRecord } from '#domain/record.ts'
import { bodyOf, contactsAt, newestAt, put, type Desks } from './desk.ts'
import type { OwnId } from './publish.ts'

/** Every one resolves with whether there was something to change. */
export interface Amendments {
  renew(own: OwnId): Promise<boolean>
  /** Ends a listing, or takes the end back. Its contact leaves this device's slot, and comes back with "undo". */
  setState(own: OwnId, state: ListingState): Promise<boolean>
  /** Signs these words on top of the version that counts. */
  keepMine(own: OwnId, mine: OpenRecord): Promise<boolean>
  /** Gives this device's version up: its slot is emptied, and the version that counts stands in the other device's. */
  keepOther(own: OwnId): Promise<boolean>
  /** The same words with the corrected time, after the relay refused the old time. */
  signAgain(own: OwnId): Promise<boolean>
}

/** @param now the relay's time as far as it is known, ms */
export function createAmendments(desks: Desks, now: () => number): Amendments {
  const contacts = createContactKeeper()
  const amend = async ({ use, id }: OwnId, change: (body: ListingBody) => ListingBody, renew = false) => {
    const desk = await desks(use)
    const before = await newestAt(desk, id)
    if (!before) return false
    put(desk, await nextRevision(desk.signer, before, { body: change(bodyOf(before)), now: now(), renew }))
    return true
  }
  return {
    renew: (own) => amend(own, (body) => body, true),
    async setState(own, state) {
      const done = await amend(own, (body) => ({ ...body, state }))
      const desk = await desks(own.use)
      if (done) contacts.follow(contactsAt(desk), `${own.id}/${desk.device}`, state)
      return done
    },
    keepMine: (own, mine) => amend(own, () => bodyOf(mine)),
    async keepOther({ use, id }) {
      const { rooms, device } = await desks(use)
      rooms.shelf.doc.getMap('records').delete(`${id}/${device}`)
      return true
    },
    async signAgain({ use, id }) {
      const desk = await desks(use)
      const text = desk.rooms.shelf.doc.getMap<string>('records').get(`${id}/${desk.device}`)
      const mine = await openRecord(text, desk.portal)
      if (!mine.ok) return false
      put(desk, await withTime(desk.signer, mine.value, now()))
      return true
    },
  }
}

/** A contact goes when its listing ends. This page remembers it for as long as "undo" may be asked for. */
function createContactKeeper() {
  const gone = new Map<string, string>()
  return {
    follow(contacts: ReturnType<typeof contactsAt>, slot: string, state: ListingState): void {
      const held = contacts.get(slot)
      const remembered = gone.get(slot)
      if (state === 'live' && remembered && !held) contacts.set(slot, remembered)
      if (state === 'live' || !held) return
      gone.set(slot, held)
      contacts.delete(slot)
    },
  }
}

/** A revision on top of the refused one, though its times lie before it: the relay may remember the refused one as this slot's newest. */
const withTime = (signer: Signer, { envelope, hash }: OpenRecord, now: number): Promise<OpenRecord> =>
  seal(signer, {
    ...envelope,
    rev: envelope.rev + 1,
    prev: hash,
    createdAt: Math.min(envelope.createdAt, now),
    updatedAt: now,
    renewedAt: Math.min(envelope.renewedAt, now),
  })
