/** What lies in an inbox of mine, opened and believed only if its signature is its sender's; each item is opened once. */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import type { Did, KeyUse } from '#domain/identity.ts'
import { itemIn, itemKeyOf, messagesOf, senderIn, type HeardItem } from '#domain/inbox.ts'
import type { RecordId } from '#domain/record.ts'
import { openMessage, type MessageKey } from '#domain/message.ts'
import type { OpenRoom } from '#src/sync/session.ts'

export interface Received {
  /** Under which it lies in the inbox. */
  readonly key: string
  readonly use: KeyUse
  readonly from: Did
  readonly id: string
  readonly listing: RecordId
  readonly text: string
  /** The relay's receipt, ms. */
  readonly at: number
}
/** Something lies there, and it is nobody's words. */
export interface Unopened {
  readonly use: KeyUse
  readonly key: string
  readonly from: Did | undefined
  readonly at: number
}
export interface InboxContent {
  readonly received: readonly Received[]
  readonly unopened: readonly Unopened[]
}

interface InboxDeps {
  readonly use: KeyUse
  readonly inbox: Pick<OpenRoom, 'doc'>
  readonly mine: MessageKey
  /** Whose messages are not even opened. */
  readonly isBlocked: (did: Did) => boolean
}

/** `read` looks again; `loaded` resolves when what is here was opened. Call it where Solid has an owner. */
export function createReceived({ use, inbox, mine, isBlocked }: InboxDeps) {
  const [content, setContent] = createSignal<InboxContent>({ received: [], unopened: [] })
  const opened = new Map<string, { readonly json: string; readonly value: Received | Unopened }>()
  const map = inbox.doc.getMap<string>(messagesOf)
  let turn = 0

  const open = async (key: string, json: string): Promise<Received | Unopened> => {
    const known = opened.get(key)
    if (known?.json === json) return known.value
    const item = itemIn(key, json)
    const value = (item && (await openItem(use, mine, item))) ?? { use, key, from: senderIn(key), at: item?.at ?? 0 }
    opened.set(key, { json, value })
    return value
  }
  const read = async (): Promise<void> => {
    const mineTurn = ++turn
    const items = [...map.entries()].filter(([key]) => {
      const from = senderIn(key)
      return !from || !isBlocked(from)
    })
    const found = await Promise.all(items.map(([key, json]) => open(key, json)))
    if (mineTurn !== turn) return
    setContent({
      received: found.filter((one) => 'text' in one),
      unopened: found.filter((one): one is Unopened => !('text' in one)),
    })
  }
  const changed = () => void read()
  map.observe(changed)
  onCleanup(() => map.unobserve(changed))
  return { content: content as Accessor<InboxContent>, keys: () => [...map.keys()], read, loaded: read() }
}

/** Whose token it was and who signed it must be one, and so must the two names of the message, or one could be shown twice. */
async function openItem(
  use: KeyUse,
  mine: MessageKey,
  { from, id, at, bytes }: HeardItem,
): Promise<Received | undefined> {
  const message = await openMessage(mine, bytes)
  if (!message.ok || message.value.from !== from || message.value.id !== id) return undefined
  return { use, key: itemKeyOf(from, id), from, id, listing: message.value.listing, text: message.value.text, at }
}
