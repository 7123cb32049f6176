/** A room that waits, read and verified outside any transaction: what of it is new, and what to do with it inside one. */
import { createHash } from 'node:crypto'
import type { Did } from '#domain/identity.ts'
import type { Notice } from '#domain/notice.ts'
import { parseRoom } from '#domain/room.ts'
import { readContacts } from './contact-room.ts'
import type { Effects } from './effects.ts'
import type { ProjectorDeps } from './projector.ts'
import { examineShelf, settle } from './shelf.ts'
import { mostSlots, slotsOf, type Slot } from './slots.ts'

export interface Prepared {
  readonly room: string
  readonly seq: number
  /** Whether this is all that waits in the room up to `seq`. */
  readonly whole: boolean
  readonly values: number
  put(effects: Effects): void
}

interface Place {
  readonly room: string
  readonly owner: Did
  readonly receivedAt: number
}

/** @param limit how many values at most @throws when the bytes cannot be read */
export async function prepare(deps: ProjectorDeps, room: string, limit: number): Promise<Prepared | undefined> {
  const parsed = parseRoom(room)
  const state = deps.cursor.stateOf(room)
  const bytes = deps.log.readNow(room)
  if (!state || !bytes || !parsed.ok || !('owner' in parsed.value)) return undefined
  const { owner, kind } = parsed.value
  const updates = bytes.snapshot ? [bytes.snapshot, ...bytes.updates] : bytes.updates
  const { slots, left } = slotsOf(updates, kind === 'contact' ? 'contacts' : 'records')
  deps.step?.('read')
  const place = { room, owner, receivedAt: state.at }
  const read = kind === 'contact' ? readContactRoom(deps, place, slots) : readShelf(deps, place, slots, limit)
  const { put, ...rest } = await read
  return {
    room,
    seq: state.seq,
    ...rest,
    put(effects) {
      if (deps.erasures.isErased(owner)) return // between the look into the room and now
      put(effects)
      if (left > 0) effects.tell(owner, overfull(place))
    },
  }
}

type Read = Promise<Omit<Prepared, 'room' | 'seq'>>

async function readContactRoom(deps: ProjectorDeps, { owner, receivedAt }: Place, slots: readonly Slot[]): Read {
  const { rows, refused } = await readContacts(slots, receivedAt)
  const put = (effects: Effects) => {
    deps.contacts.replace(owner, rows)
    for (const notice of refused) effects.tell(owner, notice)
  }
  return { whole: true, values: rows.length + refused.length, put }
}

async function readShelf(deps: ProjectorDeps, place: Place, slots: readonly Slot[], limit: number): Read {
  const { journal, model, town, house, moderators, newKeyListings, step = () => undefined } = deps
  const shelf = { journal, model, town, house, moderators, newKeyListings, step }
  const { examined, whole } = await examineShelf(shelf, place, { slots, limit })
  step('verified')
  const put = (effects: Effects) => examined.forEach((one) => settle(shelf, place, one, effects))
  return { whole, values: examined.length, put }
}

/** Told once for a room, under a name of its own, and after the rest, so that 4000 other refusals do not crowd it out. */
const overfull = ({ room, receivedAt }: Place): Notice => ({
  id: null,
  kind: null,
  hash: createHash('sha256').update(`overfull\n${room}`).digest('hex'),
  verdict: 'refused',
  refusals: [{ rule: 'too-many', limit: String(mostSlots) }],
  at: receivedAt + 1,
})
