/** The profile record: who posts. One per key, with a nonce that follows from the key, so that two devices sign the same one. */
import { toBase64url } from '#domain/bytes.ts'
import type { Did, KeyUse } from '#domain/identity.ts'
import { ProfileBody, profileNonceOf } from '#domain/profile.ts'
import { firstRevision, idOf, nextRevision, type RecordId } from '#domain/record.ts'
import { shelfOf } from '#domain/room.ts'
import type { Session } from '#src/sync/session.ts'
import { newestAt, put, type Desk } from './desk.ts'
import { newestOf, slotsOf } from '#src/sync/own-rooms.ts'

/** Signs the profile when it is new or says something else now; without a name there is nothing to sign. */
export async function signProfile(
  desk: Desk & { readonly now: number },
  { name, poster }: { readonly name: string | undefined; readonly poster: ProfileBody['poster'] },
): Promise<void> {
  const { signer, portal, now } = desk
  const before = await newestAt(desk, await profileIdOf(signer.did))
  const known = before && ProfileBody.safeParse(before.envelope.body).data
  const said = name ?? known?.name
  const kind = known?.business ? known.poster : poster // what a business is, its own page says
  if (said === undefined || (known?.name === said && known.poster === kind)) return
  const body: ProfileBody = { ...known, name: said, poster: kind }
  const record = before
    ? await nextRevision(signer, before, { body, now, renew: false })
    : await firstRevision(signer, { portal, kind: 'profile', body, nonce: await profileNonceOf(signer.did), now })
  put(desk, record)
}

/** The name and kind that one of my keys already goes by; undefined when the key or its profile does not exist. */
export async function knownProfile(session: Session, use: KeyUse, portal: string): Promise<ProfileBody | undefined> {
  const did = await session.knownDid(use)
  if (!did) return undefined
  const shelf = await session.room(shelfOf(did), use)
  const slots = (await slotsOf(shelf, did, portal)).get(await profileIdOf(did))
  shelf.release()
  const newest = slots && newestOf(slots)
  return newest && ProfileBody.safeParse(newest.envelope.body).data
}

const profileIdOf = async (did: Did): Promise<RecordId> => idOf(did, toBase64url(await profileNonceOf(did)))
