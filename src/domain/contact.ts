/**
 * Contact data never stands in a record. The record holds a commitment, HMAC-SHA-256(key, kind + "\n" + value) with a random
 * 128-bit key; contact and key lie in the author's contact room, and a reader who is given both checks them against the record.
 */
import * as z from 'zod/mini'
import { fromBase64url, toBase64url, utf8, type Bytes } from './bytes.ts'
import { plainText } from './plain-text.ts'

export const contactKinds = ['phone', 'wechat', 'qq', 'email'] as const
export const Contact = z.strictObject({ kind: z.enum(contactKinds), value: plainText(4, 60, 'contact-form') })
export type Contact = z.infer<typeof Contact>

/** What lies in `contact/<did>`, in the map `contacts` under `<listing id>/<device>`, as JSON. */
export const HeldContact = z.strictObject({ contact: Contact, key: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/)) })
export type HeldContact = z.infer<typeof HeldContact>

// prettier-ignore
const forms: Readonly<Record<Contact['kind'], RegExp>> = {
  phone:  /^\+?[0-9][0-9 -]{4,18}[0-9]$/,
  wechat: /^[A-Za-z][A-Za-z0-9_-]{3,30}$/,
  qq:     /^[1-9][0-9]{4,11}$/,
  email:  /^[^\s@]{1,40}@[^\s@]{1,40}\.[A-Za-z]{2,10}$/,
}
export const isContact = ({ kind, value }: Contact): boolean => forms[kind].test(value)

/** Equal numbers spelled differently are one number: digits only for phones. */
export const spellingOf = ({ kind, value }: Contact): string =>
  kind === 'phone'
    ? `phone\n${value.replace(/\D/g, '').replace(/^86(?=1\d{10}$)/, '')}`
    : `${kind}\n${value.toLowerCase()}`

/** @param key 16 random bytes, spelled in base64url */
export async function commitmentOf({ contact, key }: HeldContact): Promise<string> {
  const bytes = fromBase64url(key)
  if (!bytes) throw new Error('a contact key is base64url')
  return toBase64url(await hmac(bytes, utf8(`${contact.kind}\n${contact.value}`)))
}

export const matchesCommitment = async (held: HeldContact, commitment: string): Promise<boolean> =>
  (await commitmentOf(held)) === commitment

export async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message))
}
