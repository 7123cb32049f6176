/** Where I sign: a key, this device's slots, and the rooms of that key. */
import type * as Y from 'yjs'
import type { KeyUse, Signer } from '#domain/identity.ts'
import type { ListingBody, Town } from '#domain/listing.ts'
import type { OpenRecord, RecordId } from '#domain/record.ts'
import type { OpenRoom, Session } from '#src/sync/session.ts'
import { newestOf, openOwnRooms, slotsOf, type OwnRooms } from '#src/sync/own-rooms.ts'

export interface Desk {
  readonly signer: Signer
  readonly device: string
  readonly rooms: OwnRooms
  readonly portal: string
  /** The person's own document, on all devices. */
  readonly me: OpenRoom
  /** In it: the last published version of listings that were changed here, by id. */
  published(): Y.Map<string>
}
export type Desks = (use: KeyUse) => Promise<Desk>

/** Each desk is set up at the first act of its key, and stays for as long as the page. */
export function createDesks(session: Session, town: Town): Desks {
  const known = new Map<KeyUse, Promise<Desk>>()
  const setUp = async (use: KeyUse): Promise<Desk> => {
    const [signer, device] = await Promise.all([session.signer(use), session.device(use)])
    const [rooms, me] = await Promise.all([openOwnRooms(session, use, signer.did), session.me()])
    return { signer, device, rooms, portal: town.portal.id, me, published: () => me.doc.getMap('published') }
  }
  return (use) => {
    const desk = known.get(use) ?? setUp(use)
    known.set(use, desk)
    desk.catch(() => known.delete(use)) // asked again, it may work
    return desk
  }
}

export async function newestAt({ rooms, portal }: Desk, id: RecordId): Promise<OpenRecord | undefined> {
  return newestOf((await slotsOf(rooms.shelf, rooms.did, portal)).get(id) ?? [])
}

/** Each device writes only its own slot; which slot counts is decided by the records in them. */
export const put = ({ rooms, device }: Desk, { envelope, text }: OpenRecord): void => {
  rooms.shelf.doc.getMap<string>('records').set(`${envelope.id}/${device}`, text)
}

export const contactsAt = ({ rooms }: Desk) => rooms.contact.doc.getMap<string>('contacts')

/** What my own shelf holds was checked with the schema before it was signed. */
export const bodyOf = ({ envelope }: OpenRecord): ListingBody => envelope.body as unknown as ListingBody
