/** Everything the form works with once the browser's session is there: drafts, the pen that writes them, my listings, the publisher. */
import { getOwner, runWithOwner } from 'solid-js'
import { toHex, type Bytes } from '#domain/bytes.ts'
import type { Town } from '#domain/listing.ts'
import type { Session } from '#src/sync/session.ts'
import { createDraftPen, type DraftPen, type DraftPenDeps } from './draft-pen.ts'
import { createDrafts, type Drafts } from './drafts.ts'
import { createOwnListings, type OwnListings } from './own-listings.ts'
import { createPublisher, type Publisher } from './publish.ts'

export interface FormDesk {
  readonly session: Session
  readonly drafts: Drafts
  readonly pen: DraftPen
  readonly publisher: Publisher
  readonly listings: OwnListings
}

export interface FormDeskDeps extends Pick<DraftPenDeps, 'heard' | 'becameRecord'> {
  readonly town: Town
  /** 16 random bytes. */
  readonly random: () => Bytes
}

/** Call it where Solid has an owner; what is opened later is closed with that owner. */
export function createDeskOpener({ town, random, heard, becameRecord }: FormDeskDeps) {
  const owner = getOwner()
  return async (session: Session): Promise<FormDesk> => {
    const room = await session.me()
    const drafts = createDrafts(room, session.now())
    const publisher = createPublisher(session, town, random)
    const deps = { room, drafts, now: () => session.now(), heard, becameRecord }
    const made = runWithOwner(owner, () => ({
      pen: createDraftPen(deps, draftId(random())),
      listings: createOwnListings(session, town, publisher),
    }))
    if (!made) throw new Error('a form is made where Solid has an owner')
    return { session, drafts, publisher, ...made }
  }
}

/** Shorter than a record's id, so that the two are never taken for each other. */
export const draftId = (random: Bytes): string => toHex(random).slice(0, 16)
