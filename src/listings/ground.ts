/**
 * What the next revision stands on. When the newest one was refused, everybody still sees an older one: a change of state, a
 * renewal and `prev` go on from that, so that a listing with a refused edit can be ended, and no other device is called beaten.
 */
import { openRecord, winnerOf, type OpenRecord, type RecordId } from '#domain/record.ts'
import type { ListingBody } from '#domain/listing.ts'
import type { Notice } from '#domain/notice.ts'
import { bodyOf, type Desk } from './desk.ts'
import { createDrafts } from './drafts.ts'
import { valuesOfBody, type DraftValues } from './draft-values.ts'
import { noticesOf, slotsOf } from '#src/sync/own-rooms.ts'

export interface Ground {
  /** The newest revision by number and time, with `prev` and renewal of the one that is seen. */
  readonly base: OpenRecord
  /** What everybody sees, as far as this device knows. */
  readonly seen: OpenRecord
  readonly newest: OpenRecord
}

export async function groundAt(desk: Desk, id: RecordId): Promise<Ground | undefined> {
  const { rooms, portal } = desk
  const held = ((await slotsOf(rooms.shelf, rooms.did, portal)).get(id) ?? []).map(({ record }) => record)
  const newest = winnerOf(held)
  if (!newest) return undefined
  const verdictOf = verdicts(desk)
  const kept = await openRecord(desk.published().get(id), portal)
  const published = [...held.filter((record) => verdictOf(record) === 'published'), ...(kept.ok ? [kept.value] : [])]
  const seen = verdictOf(newest) === 'refused' ? winnerOf(published) : undefined
  if (!seen) return { base: newest, seen: newest, newest }
  const envelope = { ...newest.envelope, renewedAt: seen.envelope.renewedAt }
  return { base: { ...newest, hash: seen.hash, envelope }, seen, newest }
}

/** What everybody sees, with the newest contact: that is the one which lies in this device's slot of the contact room. */
export function seenBody({ seen, newest }: Ground): ListingBody {
  const { contact } = bodyOf(newest)
  return { ...bodyOf(seen), ...(contact && { contact }) }
}

/** Before this device's slot takes another revision: the published one in it is kept, until the next one is published. */
export async function keepPublished(desk: Desk, id: RecordId): Promise<void> {
  const { rooms, device, portal } = desk
  const mine = await openRecord(rooms.shelf.doc.getMap<string>('records').get(`${id}/${device}`), portal)
  if (mine.ok && verdicts(desk)(mine.value) === 'published') desk.published().set(id, mine.value.text)
}

/** The words of a refused edit that a change of state passes over become the draft of the next edit. */
export function keepWords(desk: Desk, { newest, seen }: Ground, now: number): void {
  if (newest === seen) return
  const [refused, current] = [valuesOfBody(bodyOf(newest)), valuesOfBody(bodyOf(seen))]
  const changed: DraftValues = Object.fromEntries(
    Object.entries(refused).filter(([field, value]) => value !== (current[field] ?? '')),
  )
  if (Object.keys(changed).length === 0) return
  const drafts = createDrafts(desk.me, now)
  drafts.begin(newest.envelope.id, current)
  drafts.write(newest.envelope.id, changed, now)
}

function verdicts({ rooms }: Desk): (record: OpenRecord) => Notice['verdict'] | undefined {
  const notices = noticesOf(rooms.inbox)
  return ({ hash }) => notices.get(hash)?.verdict
}
