/**
 * The end of a key, said by the key itself: when its phone is lost, whoever has the words signs it on another device; or it was
 * signed beforehand and kept on paper. It is a record like any other, the only one of its nonce, and the last: of an ended key
 * nothing is accepted any more, its listings are over and their contacts gone. It may name the key with which its owner goes on.
 * Nobody can tell the owner from a thief who has the key, so a successor is a hint and is shown as one.
 */
import * as z from 'zod/mini'
import { sha256, toBase64url, utf8, type Bytes } from './bytes.ts'
import { Did, type Signer } from './identity.ts'
import { firstRevision, openRecord, type OpenRecord } from './record.ts'

export const EndBody = z.strictObject({ successor: z.optional(Did) })
export type EndBody = z.infer<typeof EndBody>

export const endNonceOf = async (did: Did): Promise<Bytes> => (await sha256(utf8(`end\n${did}`))).slice(0, 16)

/** @param now ms; it may be published at any time after it */
export async function signEnd(
  signer: Signer,
  { portal, successor, now }: { readonly portal: string; readonly successor: Did | undefined; readonly now: number },
): Promise<OpenRecord> {
  const body: EndBody = successor === undefined ? {} : { successor }
  return firstRevision(signer, { portal, kind: 'end', body, nonce: await endNonceOf(signer.did), now })
}

export interface KeyEnd {
  readonly did: Did
  readonly successor: Did | undefined
  /** When it was signed, ms. */
  readonly signedAt: number
  readonly record: OpenRecord
}

/** Undefined for what is not the end of a key in this portal, signed by that key. White space that paper and mail put in is passed over. */
export async function openEnd(text: string, portal: string): Promise<KeyEnd | undefined> {
  const opened = await openRecord(text.replace(/\s+/g, ''), portal)
  if (!opened.ok || opened.value.envelope.kind !== 'end') return undefined
  const { author, nonce, body, updatedAt } = opened.value.envelope
  const said = EndBody.safeParse(body)
  if (!said.success || said.data.successor === author || nonce !== toBase64url(await endNonceOf(author)))
    return undefined
  return { did: author, successor: said.data.successor, signedAt: updatedAt, record: opened.value }
}

export const mostEndBytes = 2048
