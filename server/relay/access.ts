/** Who may do what in a room: the room table asked with the key a token proves. Nothing is made or loaded before. */
import type { Did } from '#domain/identity.ts'
import { isRefusalCode, type RefusalCode } from '#domain/protocol.ts'
import type { Result } from '#domain/result.ts'
import { rightsOf, type Rights, type Room } from '#domain/room.ts'

export type VerifyToken = (
  token: string,
  expected: { readonly audience: string; readonly now: number },
) => Promise<Result<{ readonly did: Did; readonly expiresAt: number }, { readonly kind: string }>>

export interface AccessDeps {
  readonly verifyToken: VerifyToken
  /** The portal's origin. */
  readonly audience: string
  now(): number
}

export type Access =
  | { readonly kind: 'granted'; readonly rights: Rights; readonly expiresAt: number | undefined }
  | { readonly kind: 'expired' }
  | { readonly kind: 'refused'; readonly code: RefusalCode }

export type AskAccess = (room: Room, token: string) => Promise<Access>

/** For one socket: a token is checked once, and stays good until it expires in all rooms it is shown for. */
export function createAccess({ verifyToken, audience, now }: AccessDeps): AskAccess {
  let last: { readonly token: string; readonly checked: ReturnType<VerifyToken> } | undefined

  const check = async (token: string) => {
    const known = last?.token === token ? await last.checked : undefined
    if (known?.ok && now() < known.value.expiresAt) return known
    const checked = verifyToken(token, { audience, now: now() })
    last = { token, checked }
    return checked
  }

  return async (room, token) => {
    if (token === '') return decide(room, undefined, undefined)
    const key = await check(token)
    if (key.ok) return decide(room, key.value.did, key.value.expiresAt)
    if (key.error.kind === 'token-expired') return { kind: 'expired' }
    return { kind: 'refused', code: isRefusalCode(key.error.kind) ? key.error.kind : 'token-form' }
  }
}

function decide(room: Room, did: Did | undefined, expiresAt: number | undefined): Access {
  const rights = rightsOf(room, did)
  if (rights.read || rights.write) return { kind: 'granted', rights, expiresAt }
  return { kind: 'refused', code: did === undefined ? 'token-missing' : 'forbidden' }
}
