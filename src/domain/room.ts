/**
 * Rooms. The name of a room decides who may read and write it, in the one table below; a kind that is not in the
 * table does not exist. The relay itself writes the rooms whose writer is `relay`, and reads those whose reader is.
 */
import { isDid, type Did } from './identity.ts'
import { err, ok, type Result } from './result.ts'

type Party = 'everyone' | 'owner' | 'relay'
interface RoomRow {
  /** What follows the slash: nothing, an owner's did, or a topic. */
  readonly of: 'nothing' | 'owner' | 'topic'
  readonly read: Party
  readonly write: Party
}

// prettier-ignore
const table = {
  shelf:   { of: 'owner',   read: 'everyone', write: 'owner' }, // signed records, one slot per device
  contact: { of: 'owner',   read: 'relay',    write: 'owner' }, // phone and chat id; leaves only through POST /contact/<id>
  me:      { of: 'owner',   read: 'owner',    write: 'owner' }, // private workspace, sealed
  inbox:   { of: 'owner',   read: 'owner',    write: 'relay' }, // notices: published, refused and why
  latest:  { of: 'topic',   read: 'everyone', write: 'relay' }, // the newest lines of a category, or of all
  wire:    { of: 'topic',   read: 'everyone', write: 'relay' }, // what changed since an edition was printed
  labels:  { of: 'nothing', read: 'everyone', write: 'relay' }, // moderation labels
} as const satisfies Record<string, RoomRow>

export type RoomKind = keyof typeof table
type OwnedKind = { [K in RoomKind]: (typeof table)[K]['of'] extends 'owner' ? K : never }[RoomKind]
type TopicKind = { [K in RoomKind]: (typeof table)[K]['of'] extends 'topic' ? K : never }[RoomKind]

export type Room =
  | { readonly kind: OwnedKind; readonly name: string; readonly owner: Did }
  | { readonly kind: TopicKind; readonly name: string; readonly topic: string }
  | { readonly kind: 'labels'; readonly name: string }

export interface Rights {
  readonly read: boolean
  readonly write: boolean
}

const topicPattern = /^[a-z0-9][a-z0-9_-]{0,63}$/

/** Everything after the first slash is the owner or the topic; a session id behind a NUL is refused with the rest. */
export function parseRoom(name: string): Result<Room, { readonly kind: 'unknown-room' }> {
  const slash = name.indexOf('/')
  const kind = slash < 0 ? name : name.slice(0, slash)
  const rest = slash < 0 ? undefined : name.slice(slash + 1)
  if (!isRoomKind(kind)) return err({ kind: 'unknown-room' })
  if (isTopicKind(kind))
    return rest && topicPattern.test(rest) ? ok({ kind, name, topic: rest }) : err({ kind: 'unknown-room' })
  if (kind === 'labels') return rest === undefined ? ok({ kind, name }) : err({ kind: 'unknown-room' })
  return rest && isDid(rest) ? ok({ kind, name, owner: rest }) : err({ kind: 'unknown-room' })
}

const isRoomKind = (text: string): text is RoomKind => Object.hasOwn(table, text)
const isTopicKind = (kind: RoomKind): kind is TopicKind => table[kind].of === 'topic'

/** What a client with this key (undefined: no key) may do. The relay's own hand does not ask here. */
export function rightsOf(room: Room, did: string | undefined): Rights {
  const { read, write }: RoomRow = table[room.kind]
  const isOwner = 'owner' in room && room.owner === did
  return { read: mayAct(read, isOwner), write: mayAct(write, isOwner) }
}

const mayAct = (party: Party, isOwner: boolean): boolean => party === 'everyone' || (party === 'owner' && isOwner)

export const shelfOf = (did: Did): string => `shelf/${did}`
export const contactOf = (did: Did): string => `contact/${did}`
export const meOf = (did: Did): string => `me/${did}`
export const inboxOf = (did: Did): string => `inbox/${did}`
/** @param category a category's id, or `all` */
export const latestOf = (category: string): string => `latest/${category}`
export const wireOf = (edition: string): string => `wire/${edition}`
export const labelsRoom = 'labels'
