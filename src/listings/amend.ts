/** What can be done with a listing that exists. Each is the next revision, signed here and put on my shelf. */
import { commitmentOf, HeldContact } from '#domain/contact.ts'
import type { ListingBody, ListingState } from '#domain/listing.ts'
import type { Notice } from '#domain/notice.ts'
import { nextRevision, openRecord, type OpenRecord } from '#domain/record.ts'
import { signedAt } from '#src/sync/sign-again.ts'
import { bodyOf, contactsAt, put, type Desk, type Desks } from './desk.ts'
import { groundAt, keepPublished, keepWords, seenBody } from './ground.ts'
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
  /** The same words with the relay's own time of receipt, after it refused the old time. Two tabs that do it sign the same bytes. */
  signAgain(own: OwnId, refused: Pick<Notice, 'hash' | 'at'>): Promise<boolean>
}

/** @param now the relay's time as far as it is known, ms */
export function createAmendments(desks: Desks, now: () => number): Amendments {
  const contacts = createContactKeeper()
  const amend = async ({ use, id }: OwnId, change: Change, renew = false) => {
    const desk = await desks(use)
    const ground = await groundAt(desk, id)
    if (!ground) return false
    await keepPublished(desk, id)
    keepWords(desk, ground, now())
    const body = await change(seenBody(ground), desk)
    put(desk, await nextRevision(desk.signer, ground.base, { body, now: now(), renew }))
    return true
  }
  return {
    renew: (own) => amend(own, (body) => body, true),
    setState: (own, state) =>
      amend(own, (body, desk) => {
        if (state === 'live') void photosAgain(own, body)
        return contacts.follow(contactsAt(desk), `${own.id}/${desk.device}`, { ...body, state })
      }),
    keepMine: (own, mine) => amend(own, () => bodyOf(mine)),
    async keepOther({ use, id }) {
      const { rooms, device } = await desks(use)
      rooms.shelf.doc.getMap('records').delete(`${id}/${device}`)
      return true
    },
    async signAgain({ use, id }, refused) {
      const desk = await desks(use)
      const text = desk.rooms.shelf.doc.getMap<string>('records').get(`${id}/${desk.device}`)
      const mine = await openRecord(text, desk.portal)
      if (!mine.ok || mine.value.hash !== refused.hash) return false // changed meanwhile
      put(desk, await signedAt(desk.signer, mine.value, refused.at))
      return true
    },
  }
}

/** The portal may have removed them when the listing ended. What this device has no more is not asked for. */
async function photosAgain({ use }: OwnId, { photos = [] }: ListingBody): Promise<void> {
  if (photos.length === 0) return
  const { wantAgain, sendPhotos } = await import('#src/sync/photo-sender.ts')
  await wantAgain(
    photos.map(({ hash }) => hash),
    use,
  )
  await sendPhotos()
}

type Change = (body: ListingBody, desk: Desk) => ListingBody | Promise<ListingBody>

/**
 * A contact goes when its listing ends, and with it the promise of it: a listing that is put back on another day says truly that it
 * has none. This page remembers it for as long as "undo" may be asked for.
 */
function createContactKeeper() {
  const gone = new Map<string, string>()
  return {
    /** Resolves with the body to sign. */
    async follow(contacts: ReturnType<typeof contactsAt>, slot: string, body: ListingBody): Promise<ListingBody> {
      const isLive = body.state === 'live'
      const held = contacts.get(slot)
      const text = isLive && !held ? gone.get(slot) : held
      if (!text || (isLive && held)) return body
      const { contact, ...rest } = body
      const promise = await commitmentOf(HeldContact.parse(JSON.parse(text)))
      if (!isLive) {
        gone.set(slot, text)
        contacts.delete(slot)
        return contact === promise ? rest : body
      }
      if (contact !== undefined && contact !== promise) return body // given anew on another device
      contacts.set(slot, text)
      return { ...rest, contact: promise }
    },
  }
}
