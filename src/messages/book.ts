/**
 * What one's own side of messages is, in four maps of the private workspace, so that every device of the key has it and nobody else:
 *
 *   messages-sent     id → `Sent` as JSON: my words, which the relay cannot give back to me
 *   messages-read     thread → until when I have read it, the relay's receipt in ms
 *   messages-blocked  did → since when (sync/blocked.ts)
 *   messages-drafts   thread → what stands in its box
 *   messages-gone     mark → from when on it may go for good (removal.ts); until then it is only out of sight
 */
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import * as z from 'zod/mini'
import { Did, type KeyUse } from '#domain/identity.ts'
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
  /** When it was to end, as its page said then, ms. */
  until: z.optional(z.number()),
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
  /** Solid accessor: what is out of sight, and from when on it may go. */
  gone(): ReadonlyMap<string, number>
  mark(marks: readonly string[], until: number): void
  unmark(marks: readonly string[]): void
  /** What of it is mine goes for good, and so do the marks. */
  carryOut(marks: readonly string[]): void
}

/** What is marked as gone: a message that was received, one that was sent, what stands in a box. */
export const receivedMark = (use: KeyUse, item: string): string => `in/${use}/${item}`
export const sentMark = (id: string): string => `out/${id}`
export const draftMark = (name: ThreadName): string => `box/${threadKeyOf(name)}`

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
  const gone = mapOf('gone')
  const drop = (mark: string): void => {
    if (mark.startsWith('out/')) sent.map.delete(mark.slice(4))
    if (mark.startsWith('box/')) drafts.map.delete(mark.slice(4))
    gone.map.delete(mark)
  }
  return {
    sent() {
      sent.seen()
      gone.seen()
      return [...sent.map.values()]
        .flatMap(sentIn)
        .filter(({ id }) => !gone.map.has(sentMark(id)))
        .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
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
      gone.map.delete(draftMark(name)) // what is typed anew is not what was to go
      if (text === '') drafts.map.delete(key)
      else if (drafts.map.get(key) !== text) drafts.map.set(key, text)
    },
    gone() {
      gone.seen()
      return new Map([...gone.map].map(([mark, until]) => [mark, Number(until) || 0]))
    },
    mark: (all, until) => doc.transact(() => all.forEach((mark) => gone.map.set(mark, String(until)))),
    unmark: (all) => doc.transact(() => all.forEach((mark) => gone.map.delete(mark))),
    carryOut: (all) => doc.transact(() => all.forEach(drop)),
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
