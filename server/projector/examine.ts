/** What one value of a shelf is by itself: signature, id, author, slot, time, schema, house rules. What stands beside it is verdict.ts. */
import { toBase64url } from '#domain/bytes.ts'
import { refusalsOfHouse, refusalsOfName, type HouseWords } from '#domain/house-rules.ts'
import { maxAheadMs } from '#domain/life.ts'
import { parseListing, type ListingBody, type Town } from '#domain/listing.ts'
import { ProfileBody, profileNonceOf } from '#domain/profile.ts'
import { openRecord, type OpenRecord } from '#domain/record.ts'
import { refusalsOf, type Refusal } from '#domain/refusal.ts'
import type { Did } from '#domain/identity.ts'
import { idOfSlot, type Slot } from './slots.ts'

/** A value that was looked at. `record` is there when the bytes are genuine, `refusals` is empty when nothing is wrong with it. */
export interface Examined {
  readonly slot: Slot
  readonly record: OpenRecord | undefined
  readonly listing: ListingBody | undefined
  readonly refusals: readonly Refusal[]
}

export interface ShelfContext {
  readonly town: Town
  readonly house: HouseWords
  readonly owner: Did
  readonly receivedAt: number
}

const mostRefusals = 20

export async function examine(slot: Slot, context: ShelfContext): Promise<Examined> {
  const opened = await openRecord(slot.value, context.town.portal.id)
  if (!opened.ok) return { slot, record: undefined, listing: undefined, refusals: [opened.error] }
  const record = opened.value
  const misplaced = await placeRefusal(record, slot, context)
  if (misplaced) return { slot, record, listing: undefined, refusals: [misplaced] }
  if (record.envelope.kind === 'profile') {
    const parsed = ProfileBody.safeParse(record.envelope.body)
    const refusals = parsed.success ? refusalsOfName(parsed.data) : few(refusalsOf(parsed.error))
    return { slot, record, listing: undefined, refusals }
  }
  const parsed = parseListing(context.town, record.envelope.body)
  return parsed.ok
    ? { slot, record, listing: parsed.value, refusals: few(refusalsOfHouse(context.house, parsed.value)) }
    : { slot, record, listing: undefined, refusals: few(parsed.error) }
}

const few = (refusals: readonly Refusal[]): readonly Refusal[] => refusals.slice(0, mostRefusals)

async function placeRefusal(
  { envelope }: OpenRecord,
  slot: Slot,
  { owner, receivedAt }: ShelfContext,
): Promise<Refusal | undefined> {
  const { kind, author, id, nonce, updatedAt } = envelope
  if (author !== owner) return { rule: 'wrong-author' }
  if (idOfSlot(slot.name) !== id) return { rule: 'wrong-slot' }
  if (updatedAt > receivedAt + maxAheadMs)
    return { rule: 'clock', limit: String(maxAheadMs), got: String(updatedAt - receivedAt) }
  if (kind === 'profile' && nonce !== toBase64url(await profileNonceOf(owner))) return { rule: 'wrong-id' }
  return undefined
}
