/**
 * What one's own side of messages is, in four maps of the private workspace, so that every device of the key has it and nobody else:
 *
 *   messages-sent     id → `Sent` as JSON: my words, which the relay cannot give back to me
 *   messages-read     thread → until when I have read it, the relay's receipt in ms
 *   messages-blocked  did → since when
 *   messages-drafts   thread → what stands in its box
 */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import * as z from 'zod/mini'
import { Did } from '#domain/identity.ts'
import { MessageId } from '#domain/message.ts'
import { RecordId } from '#domain/record.ts'
import type { OpenRoom } from '#src/sync/session.ts'
import { threadKeyOf, type ThreadName } from './thread-name.ts'

export const Sent = z.object({
  id: MessageId,
  use: z.enum(['person', 'friends']),
  to: Did,
  listing: RecordId,
  /** Of the listing, as I saw it. */
  title: z.string(),
  text: z.string(),
  at: z.number(),
  /** `kept`: here and on its way; `refused`: the portal said no, and `why`. */
  state: z.enum(['kept', 'sent', 'refused']),
  why: z.optional(z.object({ kind: z.string(), limit: z.optional(z.string()), value: z.optional(z.number()) })),
})
export type Sent = z.infer<typeof Sent>

export interface Book {
  /** Solid accessor, the oldest first. */
  readonly sent: Accessor<readonly Sent[]>
  put(sent: Sent): void
  drop(id: string): void
  /** Solid accessors, reactive in what they look at. */
  readUntil(thread: string): number
  isBlocked(did: string): boolean
  blocked(): readonly Did[]
  draftOf(name: ThreadName): string
  read(thread: string, until: number): void
  block(did: Did, now: number): void
  unblock(did: Did): void
  draft(name: ThreadName, text: string): void
}

/** Call it where Solid has an owner. */
export function createBook({ doc }: Pick<OpenRoom, 'doc'>): Book {
  const mapOf = (name: string) => {
    const map = doc.getMap<string>(`messages-${name}`)
    const [seen, setSeen] = createSignal(0)
    const changed = () => void setSeen((n) => n + 1)
    map.observe(changed)
    onCleanup(() => map.unobserve(changed))
    return { map, seen }
  }
  const [sent, marks, blocks, drafts] = [mapOf('sent'), mapOf('read'), mapOf('blocked'), mapOf('drafts')]
  return {
    sent() {
      sent.seen()
      return [...sent.map.values()].flatMap(sentIn).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    },
    put: (one) => void sent.map.set(one.id, JSON.stringify(one)),
    drop: (id) => sent.map.delete(id),
    readUntil(thread) {
      marks.seen()
      return Number(marks.map.get(thread) ?? 0) || 0
    },
    isBlocked(did) {
      blocks.seen()
      return blocks.map.has(did)
    },
    blocked() {
      blocks.seen()
      return [...blocks.map.keys()].flatMap((did) => Did.safeParse(did).data ?? [])
    },
    draftOf: (name) => drafts.map.get(threadKeyOf(name)) ?? '',
    read(thread, until) {
      if (until > (Number(marks.map.get(thread)) || 0)) marks.map.set(thread, String(until))
    },
    block: (did, now) => void blocks.map.set(did, String(now)),
    unblock: (did) => blocks.map.delete(did),
    draft(name, text) {
      const key = threadKeyOf(name)
      if (text === '') drafts.map.delete(key)
      else if (drafts.map.get(key) !== text) drafts.map.set(key, text)
    },
  }
}

/** What another version wrote and this one does not understand is left alone. */
function sentIn(json: string): readonly Sent[] {
  try {
    return [Sent.parse(JSON.parse(json))]
  } catch {
    return []
  }
}
