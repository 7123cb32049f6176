/**
 * A message from one key to another, sealed so that only the recipient reads it and only he is told who wrote it.
 *
 *   sealed  := version:u8 · ephemeral:32 · nonce:12 · AES-256-GCM(key, nonce, aad, padded) with its tag of 16 bytes
 *   padded  := signature:64 · length:u16 · json · zeros up to the next 256 bytes
 *   json    := UTF-8 of a `Message`; the Ed25519 signature of `from` covers "xinxigang/message/1\n" and exactly these bytes
 *   aad     := UTF-8 of "<version>\n<recipient's did>"
 *   key     := HKDF-SHA-256(X25519(ephemeral, recipient), salt = ephemeral · recipient's X25519 key, info as below)
 *
 * The recipient's X25519 key is his Ed25519 did:key on the other form of the same curve (RFC 7748, section 4.1), so nothing new is
 * published. The ephemeral key is used once and forgotten: the sender cannot open what he sent. `to` stands inside what is signed,
 * so a message cannot be passed on to a third as written to him. The curve is loaded when a message is sealed or opened.
 */
import * as z from 'zod/mini'
import { textOf, utf8, type Bytes } from './bytes.ts'
import { Did, publicKeyOf, seedOf, verifies, type KeyUse, type Signer } from './identity.ts'
import { plainText } from './plain-text.ts'
import { RecordId } from './record.ts'
import { err, ok, type Result } from './result.ts'
import { lastInstant } from './time.ts'

export const messageVersion = 1
export const mostMessageLength = 2_000

/** 16 random bytes, base64url. */
export const MessageId = z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/))

export const MessageText = plainText(1, mostMessageLength, 'text-length', 'many')

export const Message = z.strictObject({
  type: z.literal('message/1'),
  from: Did,
  to: Did,
  /** What it is about. */
  listing: RecordId,
  /** ms, the sender's time as far as he knew it. */
  at: z.int().check(z.nonnegative(), z.maximum(lastInstant)),
  id: MessageId,
  text: MessageText,
})
export type Message = z.infer<typeof Message>

/** `forged`: it opens, and whom it names did not write it, or not to this recipient. */
export type MessageFault = { readonly kind: 'other-version' | 'damaged' | 'forged' }

/** Used for one message and then forgotten. */
export interface SealingChance {
  /** 32 random bytes */
  readonly ephemeral: Bytes
  /** 12 random bytes */
  readonly nonce: Bytes
}

/** The recipient's own X25519 secret, of the key that is `did`. */
export interface MessageKey {
  readonly did: Did
  readonly secret: Bytes
}

/**
 * The X25519 secret that belongs to the same key, by the same map as its did's public side (RFC 7748, section 4.1): with it messages
 * sealed to the did are opened.
 */
export async function agreementSecretOf(entropy: Bytes, use: KeyUse): Promise<Bytes> {
  const { ed25519 } = await import('@noble/curves/ed25519.js')
  return new Uint8Array(ed25519.utils.toMontgomerySecret(await seedOf(entropy, use)))
}

const parts = { version: 1, ephemeral: 32, nonce: 12, tag: 16 } as const
const headBytes = parts.version + parts.ephemeral + parts.nonce
const signatureBytes = 64
const lengthBytes = 2
const paddingStep = 256
const mostJson = 4 * mostMessageLength + 512
export const mostSealedBytes =
  headBytes + Math.ceil((signatureBytes + lengthBytes + mostJson) / paddingStep) * paddingStep + parts.tag

/** Undefined when the recipient's did is no key one can seal to. The caller has parsed the message. */
export async function sealMessage(
  signer: Signer,
  message: Message,
  { ephemeral, nonce }: SealingChance,
): Promise<Bytes | undefined> {
  if (signer.did !== message.from) throw new Error('a message is signed by its sender')
  if (ephemeral.length !== parts.ephemeral || nonce.length !== parts.nonce) throw new Error('32 and 12 random bytes')
  const { ed25519, x25519 } = await import('@noble/curves/ed25519.js')
  const theirs = montgomeryOf(ed25519, message.to)
  const shared = theirs && agreed(() => x25519.getSharedSecret(ephemeral, theirs))
  if (!theirs || !shared) return undefined
  const json = utf8(JSON.stringify(message))
  const padded = pad(json, await signer.sign(signedBytes(json)))
  const own = new Uint8Array(x25519.getPublicKey(ephemeral))
  const key = await keyOf(shared, own, theirs, 'encrypt')
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithmOf(message.to, nonce), key, padded))
  return join(Uint8Array.of(messageVersion), own, nonce, sealed)
}

/** Opens what was sealed to this key, and believes nothing of it before its signature. @param bytes from anywhere */
export async function openMessage(mine: MessageKey, bytes: Uint8Array): Promise<Result<Message, MessageFault>> {
  if (bytes.length === 0 || bytes.length > mostSealedBytes) return err({ kind: 'damaged' })
  if (bytes[0] !== messageVersion) return err({ kind: 'other-version' })
  const padded = await decrypt(mine, bytes)
  const json = padded && jsonIn(padded)
  if (!json) return err({ kind: 'damaged' })
  const message = Message.safeParse(parsed(json))
  if (!message.success || message.data.to !== mine.did) return err({ kind: 'forged' })
  const isGenuine = await verifies(message.data.from, padded.slice(0, signatureBytes), signedBytes(json))
  return isGenuine ? ok(message.data) : err({ kind: 'forged' })
}

async function decrypt({ did, secret }: MessageKey, bytes: Uint8Array): Promise<Bytes | undefined> {
  const { ed25519, x25519 } = await import('@noble/curves/ed25519.js')
  const theirs = bytes.slice(parts.version, parts.version + parts.ephemeral)
  const own = montgomeryOf(ed25519, did)
  const shared = agreed(() => x25519.getSharedSecret(secret, theirs))
  if (!own || !shared) return undefined
  try {
    const key = await keyOf(shared, theirs, own, 'decrypt')
    const nonce = bytes.slice(parts.version + parts.ephemeral, headBytes)
    return new Uint8Array(await crypto.subtle.decrypt(algorithmOf(did, nonce), key, bytes.slice(headBytes)))
  } catch {
    return undefined // cut short, changed, or sealed to another key
  }
}

/** The point may lie outside the curve: a did of the right form can hold any 32 bytes. */
function montgomeryOf(
  { utils }: { readonly utils: { readonly toMontgomery: (publicKey: Uint8Array) => Uint8Array } },
  did: Did,
): Bytes | undefined {
  const publicKey = publicKeyOf(did)
  try {
    return publicKey && new Uint8Array(utils.toMontgomery(publicKey))
  } catch {
    return undefined
  }
}

/** Undefined for a point of small order, with which anybody could know the secret. */
function agreed(agree: () => Uint8Array): Bytes | undefined {
  try {
    return new Uint8Array(agree())
  } catch {
    return undefined
  }
}

const info = utf8('xinxigang/x25519/aes-256-gcm/message/1')

async function keyOf(shared: Bytes, ephemeral: Bytes, theirs: Bytes, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits'])
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: join(ephemeral, theirs), info }
  const bits = new Uint8Array(await crypto.subtle.deriveBits(derivation, secret, 256))
  return crypto.subtle.importKey('raw', bits, 'AES-GCM', false, [use])
}

const algorithmOf = (to: Did, iv: Bytes) => ({
  name: 'AES-GCM',
  iv,
  additionalData: utf8(`${messageVersion}\n${to}`),
})

/** A signature of the portal's other texts is none of a message, nor the other way. */
const signedBytes = (json: Bytes): Bytes => join(utf8('xinxigang/message/1\n'), json)

function pad(json: Bytes, signature: Bytes): Bytes {
  const used = signatureBytes + lengthBytes + json.length
  const padded = new Uint8Array(Math.ceil(used / paddingStep) * paddingStep)
  padded.set(signature, 0)
  padded.set([json.length >> 8, json.length & 255], signatureBytes)
  padded.set(json, signatureBytes + lengthBytes)
  return padded
}

function jsonIn(padded: Bytes): Bytes | undefined {
  const from = signatureBytes + lengthBytes
  const length = ((padded[signatureBytes] ?? 0) << 8) | (padded[signatureBytes + 1] ?? 0)
  return from + length <= padded.length ? padded.slice(from, from + length) : undefined
}

function parsed(json: Bytes): unknown {
  try {
    return JSON.parse(textOf(json) ?? '')
  } catch {
    return undefined
  }
}

function join(...all: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const one of all) {
    joined.set(one, at)
    at += one.length
  }
  return joined
}
