/** "Post one like it": a new draft of what a listing that is over had said. Its contact went when it ended, and is asked for again. */
import type { ListingBody } from '#domain/listing.ts'
import { openPhotoStore } from '#src/sync/photo-store.ts'
import type { Session } from '#src/sync/session.ts'
import { valuesOfBody } from './draft-values.ts'
import { createDrafts } from './drafts.ts'
import { draftId } from './form-desk.ts'
import { photosText } from './photo-values.ts'

/** Photos come along as far as this device still has them: the portal's are gone with the listing. @returns the draft's id, or undefined when it could not be kept */
export async function draftAgain(session: Session, body: ListingBody): Promise<string | undefined> {
  const room = await session.me()
  const store = await openPhotoStore()
  const kept = new Set((await store.all()).map(({ hash }) => hash))
  const photos = (body.photos ?? []).filter(({ hash }) => kept.has(hash))
  const id = draftId(crypto.getRandomValues(new Uint8Array(16)))
  const drafts = createDrafts(room, session.now())
  drafts.write(id, { ...valuesOfBody(body), photos: photosText(photos) }, session.now())
  return (await room.saved()).ok ? id : undefined
}
