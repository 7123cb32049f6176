/**
 * Messages on their way into the rooms `inbox/<did>`, sealed: who may write to whom and how much, and when what is old goes. Each is one
 * transaction of the writer, with the row that counts it, so that whoever is told yes has it on the disk.
 */
import { itemKeyOf, keptMessagesMs, messagesOf, type InboxItem, type ItemName } from '#domain/inbox.ts'
import type { Did } from '#domain/identity.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { inboxOf } from '#domain/room.ts'
import { dayMs } from '#domain/time.ts'
import type { MessageName, MessageTable } from '../stores/store.ts'
import { createRelayRooms, type RoomLog } from './relay-rooms.ts'

/** 0 means no limit. */
export interface MessageLimits {
  /** Of one key, and of one that never had anything published, in 24 hours. */
  readonly messagesPerDay: number
  readonly newKeyMessagesPerDay: number
  /** Of one key to one other, in 24 hours. */
  readonly messagesToOnePerDay: number
  /** What one inbox holds. */
  readonly inboxMessages: number
  readonly inboxBytes: number
}
export interface Posted extends MessageName {
  readonly sealed: string
  /** The relay's receipt, ms. */
  readonly at: number
  readonly limits: MessageLimits
}
export interface Cleared {
  readonly to: Did
  readonly items: readonly ItemName[]
  readonly at: number
}
export interface PostedFault {
  readonly kind: 'to-oneself' | 'no-recipient' | 'too-many-messages' | 'inbox-full'
  /** The setting that says no, and its value. */
  readonly limit?: string
  readonly value?: number
}

export interface Inboxes {
  /** The same message again is a yes and nothing more. */
  post(posted: Posted): Result<undefined, PostedFault>
  /** Takes out what its recipient wants to have there no more; of others' items and of what is not there nothing is done. */
  clear(cleared: Cleared): void
  /** Takes out what has lain for 60 days; a bounded number at once. */
  sweep(now: number): void
}
export interface InboxDeps {
  readonly log: RoomLog & { transact<T>(work: () => T): T }
  readonly table: MessageTable
}

const sweptAtOnce = 500

export function createInboxes({ log, table }: InboxDeps): Inboxes {
  const rooms = createRelayRooms(log) // of inboxes it keeps nothing in memory

  return {
    post: (posted) =>
      log.transact(() => {
        if (table.has(posted)) return ok(undefined)
        const fault = faultOf(table, posted)
        if (fault) return err(fault)
        const { to, from, id, at, sealed } = posted
        const json = JSON.stringify({ from, id, at, sealed } satisfies InboxItem)
        table.put(posted, at, sealed.length)
        rooms.change(inboxOf(to), at, (map) => map(messagesOf).set(itemKeyOf(from, id), json))
        return ok(undefined)
      }),
    clear: ({ to, items, at }) =>
      log.transact(() => {
        const lay = items.filter(({ from, id }) => table.clear({ to, from, id }))
        if (lay.length === 0) return
        rooms.changeWhole(inboxOf(to), at, (map) => {
          for (const { from, id } of lay) map(messagesOf).delete(itemKeyOf(from, id))
        })
      }),
    sweep: (now) =>
      log.transact(() => {
        const old = Map.groupBy(table.until(now - keptMessagesMs, sweptAtOnce), ({ to }) => to)
        for (const [to, names] of old) {
          rooms.change(inboxOf(to), now, (map) => {
            for (const { from, id } of names) map(messagesOf).delete(itemKeyOf(from, id))
          })
          names.forEach(table.drop)
        }
      }),
  }
}

/** A key without anything published is written to only by whom it wrote to before. */
function faultOf(table: MessageTable, { to, from, at, sealed, limits }: Posted): PostedFault | undefined {
  if (to === from) return { kind: 'to-oneself' }
  if (!table.isKnown(to) && !table.hasWritten(to, from)) return { kind: 'no-recipient' }
  const perDay = table.isKnown(from)
    ? ({ limit: 'MESSAGES_PER_DAY', value: limits.messagesPerDay } as const)
    : ({ limit: 'NEW_KEY_MESSAGES_PER_DAY', value: limits.newKeyMessagesPerDay } as const)
  const yesterday = at - dayMs
  const kind = 'too-many-messages'
  if (isFull(perDay.value, table.sentSince(from, yesterday))) return { kind, ...perDay }
  const { messagesToOnePerDay, inboxMessages, inboxBytes } = limits
  if (isFull(messagesToOnePerDay, table.sentToSince(from, to, yesterday)))
    return { kind, limit: 'MESSAGES_TO_ONE_PER_DAY', value: messagesToOnePerDay }
  const held = table.held(to)
  if (isFull(inboxMessages, held.count)) return { kind: 'inbox-full', limit: 'INBOX_MESSAGES', value: inboxMessages }
  if (isFull(inboxBytes, held.bytes + sealed.length))
    return { kind: 'inbox-full', limit: 'INBOX_BYTES', value: inboxBytes }
  return undefined
}

const isFull = (limit: number, value: number): boolean => limit > 0 && value >= limit
