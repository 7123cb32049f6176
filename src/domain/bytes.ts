/** Bytes and their spellings: UTF-8, base64url (RFC 4648 section 5, no padding), base32 (lower case, no padding), hex, SHA-256. */
export type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()
export const utf8 = (text: string): Bytes => encoder.encode(text)

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Strict UTF-8; undefined when the bytes are not UTF-8. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return undefined
  }
}

/** What newer engines have of themselves. */
interface WithBase64 {
  toBase64?(options: { readonly alphabet: 'base64url'; readonly omitPadding: true }): string
}
interface FromBase64 {
  fromBase64?(text: string, options: { readonly alphabet: 'base64url' }): Bytes
}

export function toBase64url(bytes: Uint8Array): string {
  const text = (bytes as WithBase64).toBase64?.({ alphabet: 'base64url', omitPadding: true })
  return text ?? spellBase64url(bytes)
}

function spellBase64url(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** Undefined for anything that is not the one canonical spelling, so that two texts never mean the same bytes. */
export function fromBase64url(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined
  try {
    const native = (Uint8Array as FromBase64).fromBase64?.(text, { alphabet: 'base64url' })
    const bytes = native ?? bytesOfBinary(atob(text.replaceAll('-', '+').replaceAll('_', '/')))
    return toBase64url(bytes) === text ? bytes : undefined
  } catch {
    return undefined
  }
}

const bytesOfBinary = (binary: string): Bytes => {
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

const base32Letters = 'abcdefghijklmnopqrstuvwxyz234567'

export function toBase32(bytes: Uint8Array): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += base32Letters.charAt((held >> bits) & 31)
    }
    held &= 255
  }
  return bits > 0 ? text + base32Letters.charAt((held << (5 - bits)) & 31) : text
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
