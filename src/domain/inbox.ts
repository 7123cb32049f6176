/**
 * What the relay sees of messages: `POST /inbox/<recipient's did>` with the sender's token and a `Posting`, and what then lies in
 * the recipient's room `inbox/<did>`: map `messages`, key `<sender's did>/<id>`, value an `InboxItem` as JSON. So it knows who writes to whom,
 * when, and how long to 256 bytes; of the text it knows nothing. Sixty days later an item goes, or when its recipient asks.
 */
import * as z from 'zod/mini'
import { fromBase64url, type Bytes } from './bytes.ts'
import { Did, isDid } from './identity.ts'
import { MessageId, mostSealedBytes } from './message.ts'
import { dayMs } from './time.ts'

export const messagesOf = 'messages'
export const keptMessagesMs = 60 * dayMs

/** Base64url of what `sealMessage` gave. */
const Sealed = z.string().check(
  z.regex(/^[A-Za-z0-9_-]+$/),
  z.maxLength(Math.ceil((mostSealedBytes * 4) / 3)),
  z.refine((text) => fromBase64url(text) !== undefined),
)

/** The answer to a key without anything published: it works, and comes again with the proof. */
export const Proof = z.strictObject({
  challenge: z.string().check(z.maxLength(40)),
  nonce: z.string().check(z.maxLength(20)),
})
export const Posting = z.strictObject({ id: MessageId, sealed: Sealed, proof: z.optional(Proof) })
export type Posting = z.infer<typeof Posting>
export const mostPostingBytes = Math.ceil((mostSealedBytes * 4) / 3) + 512

/** @property at the relay's receipt, ms */
export const InboxItem = z.strictObject({ from: Did, id: MessageId, at: z.int(), sealed: Sealed })
export type InboxItem = z.infer<typeof InboxItem>

export const itemKeyOf = (from: Did, id: string): string => `${from}/${id}`

export interface HeardItem extends Omit<InboxItem, 'sealed'> {
  readonly bytes: Bytes
}

/** An item of the room, if it is one and lies under its own name. */
export function itemIn(key: string, json: unknown): HeardItem | undefined {
  const item = InboxItem.safeParse(valueOf(json))
  if (!item.success || key !== itemKeyOf(item.data.from, item.data.id)) return undefined
  const { sealed, ...told } = item.data
  const bytes = fromBase64url(sealed)
  return bytes && { ...told, bytes }
}

/** `DELETE /inbox/<did>` with a token of that key: what its owner wants to lie there no more. The sender keeps what he wrote. */
export const mostCleared = 200
export const Clearing = z.strictObject({
  items: z.array(z.strictObject({ from: Did, id: MessageId })).check(z.minLength(1), z.maxLength(mostCleared)),
})
export type Clearing = z.infer<typeof Clearing>
export type ItemName = Clearing['items'][number]
export const mostClearingBytes = 64 * 1024

/** Whose message an unreadable item says it is. */
export const senderIn = (key: string): Did | undefined => {
  const did = key.slice(0, key.lastIndexOf('/'))
  return isDid(did) ? did : undefined
}

/** Why the relay does not take a message. `limit` is the setting's name, `value` what it allows. */
export const PostingProblem = z.object({
  kind: z.string(),
  limit: z.optional(z.string()),
  value: z.optional(z.number()),
  challenge: z.optional(z.string()),
  bits: z.optional(z.number()),
})
export type PostingProblem = z.infer<typeof PostingProblem>

function valueOf(json: unknown): unknown {
  try {
    return typeof json === 'string' ? JSON.parse(json) : undefined
  } catch {
    return undefined
  }
}
