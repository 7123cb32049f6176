/** Who may do what in a room: the room table asked with the key a token proves. Nothing is made or loaded before. */
import type { Did } from '#domain/identity.ts'
import { isRefusalCode, type RefusalCode } from '#domain/protocol.ts'
import type { Result } from '#domain/result.ts'
import { rightsOf, type Rights, type Room } from '#domain/room.ts'

export type VerifyToken = (
  token: string,
  expected: { readonly audience: string; readonly now: number },
) => Promise<Result<{ readonly did: Did; readonly expiresAt: number }, { readonly kind: string }>>

/** Until when the owner lets this key write the draft; undefined when he does not. */
export type MemberUntil = (owner: Did, draft: string, member: Did, now: number) => number | undefined

export interface AccessDeps {
  readonly verifyToken: VerifyToken
  /** Without it drafts are their owners' alone. */
  readonly memberUntil?: MemberUntil | undefined
  /** Keys that are gone for good: nobody is let into their rooms, nor they into rooms of others. */
  readonly isErased?: ((did: Did) => boolean) | undefined
  /** Keys that have said their own end: nothing of theirs is written any more, by nobody, nor they in rooms of others. */
  readonly isEnded?: ((did: Did) => boolean) | undefined
  /** The portal's origin. */
  readonly audience: string
  now(): number
}

export type Access =
  | {
      readonly kind: 'granted'
      readonly rights: Rights
      readonly did: Did | undefined
      readonly expiresAt: number | undefined
      /** Why it may not be written, where the room table would allow it. */
      readonly closed?: RefusalCode
    }
  | { readonly kind: 'expired' }
  | { readonly kind: 'refused'; readonly code: RefusalCode }

export type AskAccess = (room: Room, token: string) => Promise<Access>

/** For one socket: a token is checked once, and stays good until it expires in all rooms it is shown for. */
export function createAccess({ verifyToken, memberUntil, isErased, isEnded, audience, now }: AccessDeps): AskAccess {
  let last: { readonly token: string; readonly checked: ReturnType<VerifyToken> } | undefined

  const check = async (token: string) => {
    const known = last?.token === token ? await last.checked : undefined
    if (known?.ok && now() < known.value.expiresAt) return known
    const checked = verifyToken(token, { audience, now: now() })
    last = { token, checked }
    return checked
  }

  const isGone = (room: Room, did?: Did): boolean =>
    'owner' in room && [room.owner, did].some((one) => one !== undefined && isErased?.(one))

  return async (room, token) => {
    if (token === '') return isGone(room) ? { kind: 'refused', code: 'erased-key' } : decide(room, undefined)
    const key = await check(token)
    if (key.ok && isGone(room, key.value.did)) return { kind: 'refused', code: 'erased-key' }
    if (key.ok) {
      const { did, expiresAt } = key.value
      const access = decide(room, did, expiresAt, untilIn(room, did, memberUntil, now()))
      return isClosed(room, did, isEnded) ? closedTo(access) : access
    }
    if (key.error.kind === 'token-expired') return { kind: 'expired' }
    return { kind: 'refused', code: isRefusalCode(key.error.kind) ? key.error.kind : 'token-form' }
  }
}

/** Whether nobody writes there any more, or this key nowhere. */
export const isClosed = (room: Room, did: Did | undefined, isEnded: AccessDeps['isEnded']): boolean =>
  'owner' in room && [room.owner, did].some((one) => one !== undefined && isEnded?.(one))

/** An ended key may still be read by its owner: what is his stays his. */
const closedTo = (access: Access): Access =>
  access.kind === 'granted' && access.rights.write
    ? { ...access, rights: { ...access.rights, write: false }, closed: 'ended-key' }
    : access

/** Until when the key is a member of a draft. */
export const untilIn = (
  room: Room,
  did: Did | undefined,
  memberUntil: MemberUntil | undefined,
  now: number,
): number | undefined =>
  room.kind === 'draft' && did !== undefined && did !== room.owner
    ? memberUntil?.(room.owner, room.draft, did, now)
    : undefined

/** Who is a member is asked again when his time is over, as somebody whose token is. */
function decide(room: Room, did: Did | undefined, tokenUntil?: number, memberUntil?: number): Access {
  const rights = rightsOf(room, did, memberUntil !== undefined)
  const expiresAt = memberUntil === undefined ? tokenUntil : Math.min(tokenUntil ?? memberUntil, memberUntil)
  if (rights.read || rights.write) return { kind: 'granted', rights, did, expiresAt }
  return { kind: 'refused', code: did === undefined ? 'token-missing' : 'forbidden' }
}
