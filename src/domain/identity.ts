/**
 * A key pair is the account. 128 bits of entropy -> HKDF-SHA-256 with a fixed info string (RFC 5869, empty salt)
 * -> 32-byte seed -> Ed25519 (RFC 8032). The id is the public key as did:key (multicodec 0xed01, base58btc).
 * The same entropy gives the same keys on every device and in every language of recovery words.
 */
import * as z from 'zod/mini'
import { sha256, toHex, utf8, type Bytes } from './bytes.ts'

const didPattern = /^did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/

export const Did = z.string().check(z.regex(didPattern)).brand('Did')
export type Did = z.infer<typeof Did>
export const isDid = (text: string): text is Did => didPattern.test(text)

/** `person` is the one identity of a person; `friends` is derived from the same entropy but cannot be linked to it. */
export type KeyUse = 'person' | 'friends'
// prettier-ignore
const infoOf: Readonly<Record<KeyUse, string>> = {
  person:  'xinxigang/ed25519/person/1',
  friends: 'xinxigang/ed25519/friends/1',
}

export interface Signer {
  readonly did: Did
  sign(bytes: Bytes): Promise<Bytes>
}

/** 16 bytes of entropy to a signer, which never gives the seed away. */
export async function signerOf(entropy: Bytes, use: KeyUse): Promise<Signer> {
  if (entropy.length !== 16) throw new Error('an identity is 16 bytes of entropy')
  const seed = await seedOf(entropy, use)
  return (await nativeSigner(seed)) ?? (await portableSigner(seed))
}

/** The seed of a key: for its signer, and for its secret of messages (`message.ts`). */
export const seedOf = (entropy: Bytes, use: KeyUse): Promise<Bytes> => hkdf(entropy, infoOf[use])

/** Whether `signature` (64 bytes) over `bytes` was made by the key of `did`. Anything malformed is a plain false. */
export async function verifies(did: Did, signature: Bytes, bytes: Bytes): Promise<boolean> {
  const publicKey = publicKeyOf(did)
  if (!publicKey || signature.length !== 64) return false
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', key, signature, bytes)
  } catch {
    return portableVerify(signature, bytes, publicKey) // a browser without Ed25519, or a point WebCrypto refuses
  }
}

/** The 32 bytes of the public key, or undefined when the text is no Ed25519 did:key. */
export function publicKeyOf(did: string): Bytes | undefined {
  if (!isDid(did)) return undefined
  const bytes = fromBase58(did.slice('did:key:z'.length))
  return bytes?.length === 34 && bytes[0] === 0xed && bytes[1] === 0x01 ? bytes.slice(2) : undefined
}

export const didOf = (publicKey: Uint8Array): Did =>
  Did.parse(`did:key:z${toBase58(Uint8Array.of(0xed, 0x01, ...publicKey))}`)

/** A short mark of a did for people: enough to tell two apart, never enough to be taken for the id. */
export const shortDid = (did: string): string => did.slice(-6)

/**
 * The device's part of a slot name: stable for a device and a key, says nothing about either. Shelves are read by everyone, so one
 * device must not have the same name on the shelves of two keys: that would tell that both belong to one person.
 */
export const deviceOf = async (secret: Bytes, did: Did): Promise<string> =>
  toHex((await sha256(utf8(`device\n${did}\n${toHex(secret)}`))).slice(0, 6))

/** What a private workspace is sealed with (`sealed.ts`): 32 bytes that tell nothing of the signing keys. */
export const sealingSecretOf = (entropy: Bytes): Promise<Bytes> => hkdf(entropy, 'xinxigang/aes-256-gcm/me/1')

async function hkdf(entropy: Bytes, info: string): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', entropy, 'HKDF', false, ['deriveBits'])
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(info) }
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256))
}

/** WebCrypto takes an Ed25519 seed only inside PKCS#8 (RFC 8410): a fixed header of 16 bytes before it. */
const pkcs8Header = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]

async function nativeSigner(seed: Bytes): Promise<Signer | undefined> {
  try {
    const pkcs8 = Uint8Array.of(...pkcs8Header, ...seed)
    const open = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign'])
    const { x } = await crypto.subtle.exportKey('jwk', open)
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign'])
    if (!x) return undefined
    const publicKey = Uint8Array.from(atob(x.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
    const sign = async (bytes: Bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, bytes))
    return { did: didOf(publicKey), sign }
  } catch {
    return undefined // no Ed25519 in this WebCrypto
  }
}

async function portableSigner(seed: Bytes): Promise<Signer> {
  const { ed25519 } = await import('@noble/curves/ed25519.js')
  return { did: didOf(ed25519.getPublicKey(seed)), sign: async (bytes) => new Uint8Array(ed25519.sign(bytes, seed)) }
}

async function portableVerify(signature: Bytes, bytes: Bytes, publicKey: Bytes): Promise<boolean> {
  try {
    const { ed25519 } = await import('@noble/curves/ed25519.js')
    return ed25519.verify(signature, bytes, publicKey, { zip215: false })
  } catch {
    return false // noble throws on points that are not on the curve
  }
}

const base58Letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

function toBase58(bytes: Uint8Array): string {
  let value = 0n
  for (const byte of bytes) value = value * 256n + BigInt(byte)
  let text = ''
  for (; value > 0n; value /= 58n) text = base58Letters.charAt(Number(value % 58n)) + text
  return text // a did:key never starts with a zero byte, so leading zeros need no care
}

const lettersAtOnce = 9 // as many as a number holds exactly

function fromBase58(text: string): Bytes | undefined {
  let value = 0n
  for (let from = 0; from < text.length; from += lettersAtOnce) {
    const letters = text.slice(from, from + lettersAtOnce)
    let part = 0
    for (const letter of letters) {
      const digit = base58Letters.indexOf(letter)
      if (digit < 0) return undefined
      part = part * 58 + digit
    }
    value = value * 58n ** BigInt(letters.length) + BigInt(part)
  }
  const hex = value.toString(16)
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  return Uint8Array.from({ length: even.length / 2 }, (_, at) => Number.parseInt(even.slice(2 * at, 2 * at + 2), 16))
}
