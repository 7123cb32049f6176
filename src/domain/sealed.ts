/**
 * A sealed room is a Yjs document of which everybody may see that something was written, and nobody without the key what.
 * Its one map, `entries`, holds sealed entries by random keys; opened and merged they are the document that is worked with.
 *
 *   entry  := version:u8 · nonce:12 bytes · AES-256-GCM(key, nonce, aad, update) with its tag of 16 bytes
 *   update := a Yjs update (version 1) of the inner document
 *   aad    := UTF-8 of "<version>\n<room>\n<entry's key>": an entry moved to another room or another key does not open
 *   key    := `sealingSecretOf` the owner's entropy (identity.ts)
 *
 * A nonce is random and used once. An entry that does not open is left where it is: another version may know how.
 */
import { utf8, type Bytes } from './bytes.ts'
import { err, ok, type Result } from './result.ts'

export const sealedVersion = 1
export const entriesOf = 'entries'

/** Where an entry lies. */
export interface SealedPlace {
  readonly room: string
  readonly entry: string
}
export type SealedFault = { readonly kind: 'other-version' } | { readonly kind: 'damaged' }

export const sealingKeyOf = (secret: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt', 'decrypt'])

/** @param nonce 12 random bytes */
export async function sealEntry(key: CryptoKey, place: SealedPlace, update: Bytes, nonce: Bytes): Promise<Bytes> {
  if (nonce.length !== nonceBytes) throw new Error('a nonce is 12 bytes')
  const sealed = await crypto.subtle.encrypt(algorithmOf(place, nonce), key, update)
  const entry = new Uint8Array(1 + nonceBytes + sealed.byteLength)
  entry[0] = sealedVersion
  entry.set(nonce, 1)
  entry.set(new Uint8Array(sealed), 1 + nonceBytes)
  return entry
}

/** @param bytes whatever lies in the map */
export async function openEntry(
  key: CryptoKey,
  place: SealedPlace,
  bytes: unknown,
): Promise<Result<Bytes, SealedFault>> {
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) return err({ kind: 'damaged' })
  if (bytes[0] !== sealedVersion) return err({ kind: 'other-version' })
  try {
    const nonce = bytes.slice(1, 1 + nonceBytes)
    const opened = await crypto.subtle.decrypt(algorithmOf(place, nonce), key, bytes.slice(1 + nonceBytes))
    return ok(new Uint8Array(opened))
  } catch {
    return err({ kind: 'damaged' }) // cut short, changed, moved, or sealed with another key
  }
}

const nonceBytes = 12

const algorithmOf = ({ room, entry }: SealedPlace, iv: Bytes) => ({
  name: 'AES-GCM',
  iv,
  additionalData: utf8(`${sealedVersion}\n${room}\n${entry}`),
})
