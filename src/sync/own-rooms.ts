/** The rooms of one of my keys, opened together: what I publish, how to reach me, and what the relay says about it. */
import type { Did, KeyUse } from '#domain/identity.ts'
import { Notice } from '#domain/notice.ts'
import { openRecord, winnerOf, type OpenRecord } from '#domain/record.ts'
import { contactOf, inboxOf, shelfOf } from '#domain/room.ts'
import type { OpenRoom, Session } from './session.ts'

export interface OwnRooms {
  readonly use: KeyUse
  readonly did: Did
  readonly shelf: OpenRoom
  readonly contact: OpenRoom
  readonly inbox: OpenRoom
}

export async function openOwnRooms(session: Session, use: KeyUse, did: Did): Promise<OwnRooms> {
  const [shelf, contact, inbox] = await Promise.all([
    session.room(shelfOf(did), use),
    session.room(contactOf(did), use),
    session.room(inboxOf(did), use),
  ])
  return { use, did, shelf, contact, inbox }
}

export const keyUses: readonly KeyUse[] = ['person', 'friends']

/** One device's slot on a shelf. */
export interface Slot {
  readonly device: string
  readonly record: OpenRecord
}

const opened = new Map<string, Promise<OpenRecord | undefined>>()

/** Verified once per text; a record that does not verify is none. */
const openOnce = (text: string, portal: string): Promise<OpenRecord | undefined> => {
  const known = opened.get(text)
  if (known) return known
  const opening = openRecord(text, portal).then((result) => (result.ok ? result.value : undefined))
  opened.set(text, opening)
  return opening
}

/** Everything verified that lies on a shelf, by record id. */
export async function slotsOf(
  { doc }: OpenRoom,
  did: Did,
  portal: string,
): Promise<ReadonlyMap<string, readonly Slot[]>> {
  const byId = new Map<string, Slot[]>()
  for (const [key, text] of doc.getMap<string>('records').entries()) {
    const [id = '', device = ''] = key.split('/')
    const record = await openOnce(text, portal)
    if (!record || record.envelope.id !== id || record.envelope.author !== did) continue
    byId.set(id, [...(byId.get(id) ?? []), { device, record }])
  }
  return byId
}

export const newestOf = (slots: readonly Slot[]): OpenRecord | undefined => winnerOf(slots.map(({ record }) => record))

/** The relay's notices, by the hash of the revision they speak of. */
export function noticesOf({ doc }: OpenRoom): ReadonlyMap<string, Notice> {
  const notices = new Map<string, Notice>()
  for (const [hash, json] of doc.getMap<string>('notices').entries()) {
    const notice = noticeIn(json)
    if (notice) notices.set(hash, notice)
  }
  return notices
}

function noticeIn(json: string): Notice | undefined {
  try {
    return Notice.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}
