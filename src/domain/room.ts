/**
 * Rooms. The name of a room decides who may read and write it, in the one table below; a kind that is not in the
 * table does not exist. The relay itself writes the rooms whose writer is `relay`, and reads those whose reader is.
 */
import { isDid, type Did } from './identity.ts'
import { err, ok, type Result } from './result.ts'

type Party = 'everyone' | 'owner' | 'members' | 'relay'
interface RoomRow {
  /** What follows the slash: nothing, an owner's did, a draft (an owner's did, a slash, the draft's name), or a topic. */
  readonly of: 'nothing' | 'owner' | 'draft' | 'topic'
  readonly read: Party
  readonly write: Party
}

// prettier-ignore
const table = {
  shelf:   { of: 'owner',   read: 'everyone', write: 'owner' }, // signed records, one slot per device
  contact: { of: 'owner',   read: 'relay',    write: 'owner' }, // phone and chat id; leaves only through POST /contact/<id>
  me:      { of: 'owner',   read: 'owner',    write: 'owner' }, // private workspace, sealed
  inbox:   { of: 'owner',   read: 'owner',    write: 'relay' }, // notices: published, refused and why
  draft:   { of: 'draft',   read: 'members',  write: 'members' }, // a guide while it is written: its owner, and whom he has delegated
  latest:  { of: 'topic',   read: 'everyone', write: 'relay' }, // the newest lines of a category, or of all
  wire:    { of: 'topic',   read: 'everyone', write: 'relay' }, // what changed since an edition was printed
  labels:  { of: 'nothing', read: 'everyone', write: 'relay' }, // moderation labels
} as const satisfies Record<string, RoomRow>

export type RoomKind = keyof typeof table
type OwnedKind = { [K in RoomKind]: (typeof table)[K]['of'] extends 'owner' ? K : never }[RoomKind]
type TopicKind = { [K in RoomKind]: (typeof table)[K]['of'] extends 'topic' ? K : never }[RoomKind]

export type Room =
  | { readonly kind: 'draft'; readonly name: string; readonly owner: Did; readonly draft: string }
  | { readonly kind: OwnedKind; readonly name: string; readonly owner: Did }
  | { readonly kind: TopicKind; readonly name: string; readonly topic: string }
  | { readonly kind: 'labels'; readonly name: string }

export interface Rights {
  readonly read: boolean
  readonly write: boolean
}

const topicPattern = /^[a-z0-9][a-z0-9_-]{0,63}$/
const draftPattern = /^[A-Za-z0-9_-]{22}$/

/** Everything after the first slash is the owner or the topic; a session id behind a NUL is refused with the rest. */
export function parseRoom(name: string): Result<Room, { readonly kind: 'unknown-room' }> {
  const slash = name.indexOf('/')
  const kind = slash < 0 ? name : name.slice(0, slash)
  const rest = slash < 0 ? undefined : name.slice(slash + 1)
  if (!isRoomKind(kind)) return err({ kind: 'unknown-room' })
  if (isTopicKind(kind))
    return rest && topicPattern.test(rest) ? ok({ kind, name, topic: rest }) : err({ kind: 'unknown-room' })
  if (kind === 'labels') return rest === undefined ? ok({ kind, name }) : err({ kind: 'unknown-room' })
  if (kind === 'draft') return parseDraft(name, rest ?? '')
  return rest && isDid(rest) ? ok({ kind, name, owner: rest }) : err({ kind: 'unknown-room' })
}

/** The name says whose it is, so that access can be decided before anything is loaded. */
function parseDraft(name: string, rest: string): ReturnType<typeof parseRoom> {
  const [owner = '', draft = '', ...more] = rest.split('/')
  const isOne = isDid(owner) && draftPattern.test(draft) && more.length === 0
  return isOne ? ok({ kind: 'draft', name, owner, draft }) : err({ kind: 'unknown-room' })
}

const isRoomKind = (text: string): text is RoomKind => Object.hasOwn(table, text)
const isTopicKind = (kind: RoomKind): kind is TopicKind => table[kind].of === 'topic'

/**
 * What a client with this key (undefined: no key) may do. The relay's own hand does not ask here.
 * @param isMember whether the owner's delegation to this key holds now; asked of drafts alone
 */
export function rightsOf(room: Room, did: string | undefined, isMember = false): Rights {
  const { read, write }: RoomRow = table[room.kind]
  const isOwner = 'owner' in room && room.owner === did
  const may = (party: Party): boolean =>
    party === 'everyone' || (isOwner && party !== 'relay') || (isMember && party === 'members')
  return { read: may(read), write: may(write) }
}

/** In whose drafts the rights may have changed, when something is told in this room: an owner hears of every delegation that was judged. */
export const ownerToldIn = (room: string): Did | undefined => {
  const parsed = room.startsWith('inbox/') ? parseRoom(room) : undefined
  return parsed?.ok && parsed.value.kind === 'inbox' ? parsed.value.owner : undefined
}

export const shelfOf = (did: Did): string => `shelf/${did}`
export const contactOf = (did: Did): string => `contact/${did}`
export const meOf = (did: Did): string => `me/${did}`
export const draftOf = (owner: Did, draft: string): string => `draft/${owner}/${draft}`
export const inboxOf = (did: Did): string => `inbox/${did}`
/** @param category a category's id, or `all` */
export const latestOf = (category: string): string => `latest/${category}`
export const wireOf = (edition: string): string => `wire/${edition}`
export const labelsRoom = 'labels'
