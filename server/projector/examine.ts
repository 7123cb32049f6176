/** What one value of a shelf is by itself: signature, id, author, slot, time, schema, house rules. What stands beside it is verdict.ts. */
import { toBase64url } from '#domain/bytes.ts'
import { refusalsOfGuide, refusalsOfHouse, refusalsOfName, type HouseWords } from '#domain/house-rules.ts'
import { tellsContact } from '#domain/contact-in-text.ts'
import { maxAheadMs } from '#domain/life.ts'
import { DelegationBody, delegationNonceOf, longestDelegationDays } from '#domain/delegation.ts'
import type { Did } from '#domain/identity.ts'
import { LabelBody } from '#domain/label.ts'
import { parseListing, type ListingBody, type Town } from '#domain/listing.ts'
import { ProfileBody, profileNonceOf } from '#domain/profile.ts'
import { guideIdOf, memberNonceOf, parseGuide, type GuideBody } from '#domain/published-guide.ts'
import { openRecord, type Envelope, type OpenRecord } from '#domain/record.ts'
import { refusalsOf, type Refusal } from '#domain/refusal.ts'
import { endNonceOf, EndBody } from '#domain/key-end.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { civilDateOf, dayMs } from '#domain/time.ts'
import { refusalsOfDates, TownEntryBody } from '#domain/town-entry.ts'
import { idOfSlot, type Slot } from './slots.ts'

/** What a record says, read by the schema of its kind. */
export type Said =
  | { readonly kind: 'listing'; readonly body: ListingBody }
  | { readonly kind: 'guide'; readonly body: GuideBody }
  | { readonly kind: 'delegation'; readonly body: DelegationBody }
  | { readonly kind: 'profile'; readonly body: ProfileBody }
  | { readonly kind: 'label'; readonly body: LabelBody }
  | { readonly kind: 'end'; readonly body: EndBody }
  | { readonly kind: 'town-entry'; readonly body: TownEntryBody }

/** A value that was looked at. `record` is there when the bytes are genuine, `refusals` is empty when nothing is wrong with it. */
export interface Examined {
  readonly slot: Slot
  readonly record: OpenRecord | undefined
  readonly said: Said | undefined
  readonly refusals: readonly Refusal[]
}

export interface ShelfContext {
  readonly town: Town
  readonly house: HouseWords
  readonly moderators: ReadonlySet<string>
  readonly owner: Did
  readonly receivedAt: number
}

const mostRefusals = 20

export async function examine(slot: Slot, context: ShelfContext): Promise<Examined> {
  const opened = await openRecord(slot.value, context.town.portal.id)
  if (!opened.ok) return { slot, record: undefined, said: undefined, refusals: [opened.error] }
  const record = opened.value
  const misplaced = placeRefusal(record, slot, context)
  if (misplaced) return { slot, record, said: undefined, refusals: [misplaced] }
  const read = await readers[record.envelope.kind](record.envelope, context)
  return read.ok
    ? { slot, record, said: read.value, refusals: [] }
    : { slot, record, said: undefined, refusals: read.error.slice(0, mostRefusals) }
}

function placeRefusal({ envelope }: OpenRecord, slot: Slot, { owner, receivedAt }: ShelfContext): Refusal | undefined {
  const { author, id, updatedAt } = envelope
  if (author !== owner) return { rule: 'wrong-author' }
  if (idOfSlot(slot.name) !== id) return { rule: 'wrong-slot' }
  if (updatedAt > receivedAt + maxAheadMs)
    return { rule: 'clock', limit: String(maxAheadMs), got: String(updatedAt - receivedAt) }
  return undefined
}

type Read = Result<Said, readonly Refusal[]>
const none = (...refusals: readonly Refusal[]): Read => err(refusals)

/** Beside its schema, a record of which a key may have only one of a name bears the nonce that follows from that. */
const readers: Readonly<Record<Envelope['kind'], (envelope: Envelope, context: ShelfContext) => Read | Promise<Read>>> =
  {
    listing({ body }, { town, house }) {
      const parsed = parseListing(town, body)
      if (!parsed.ok) return parsed
      const refusals = refusalsOfHouse(house, parsed.value)
      return refusals.length > 0 ? err(refusals) : ok({ kind: 'listing', body: parsed.value })
    },
    async profile({ body, author, nonce }, { house }) {
      if (nonce !== toBase64url(await profileNonceOf(author))) return none({ rule: 'wrong-id' })
      const parsed = ProfileBody.safeParse(body)
      if (!parsed.success) return err(refusalsOf(parsed.error))
      const refusals = refusalsOfName(house, parsed.data)
      return refusals.length > 0 ? err(refusals) : ok({ kind: 'profile', body: parsed.data })
    },
    async delegation({ body, author, nonce, updatedAt }) {
      const parsed = DelegationBody.safeParse(body)
      if (!parsed.success) return err(refusalsOf(parsed.error))
      if (nonce !== toBase64url(await delegationNonceOf(parsed.data))) return none({ rule: 'wrong-id' })
      if (parsed.data.member === author) return none({ rule: 'not-delegated', field: 'member' })
      if (parsed.data.until > updatedAt + longestDelegationDays * dayMs)
        return none({ rule: 'delegation-time', field: 'until', limit: String(longestDelegationDays) })
      return ok({ kind: 'delegation', body: parsed.data })
    },
    /** Its reason stands in a public log. */
    label({ body, author }, { moderators }) {
      if (!moderators.has(author)) return none({ rule: 'not-moderator' })
      const parsed = LabelBody.safeParse(body)
      if (!parsed.success) return err(refusalsOf(parsed.error))
      return tellsContact(parsed.data.reason)
        ? none({ rule: 'HR-2', field: 'reason' })
        : ok({ kind: 'label', body: parsed.data })
    },
    'town-entry'({ body, author }, { moderators, town, receivedAt }) {
      if (!moderators.has(author)) return none({ rule: 'not-moderator' })
      const parsed = TownEntryBody.safeParse(body)
      if (!parsed.success) return err(refusalsOf(parsed.error))
      const refusals = refusalsOfDates(parsed.data, civilDateOf(receivedAt, town.portal.zone))
      return refusals.length > 0 ? err(refusals) : ok({ kind: 'town-entry', body: parsed.data })
    },
    async end({ body, author, nonce }) {
      const parsed = EndBody.safeParse(body)
      const isNamed = nonce === toBase64url(await endNonceOf(author))
      return parsed.success && isNamed && parsed.data.successor !== author
        ? ok({ kind: 'end', body: parsed.data })
        : none({ rule: 'bad-shape', field: 'body' })
    },
    async guide({ body, author, nonce }, { house }) {
      const parsed = parseGuide(body)
      if (!parsed.ok) return parsed
      const { owner, draft, guide } = parsed.value
      const own = author === owner ? draft : toBase64url(await memberNonceOf(owner, draft))
      const isNamed = guide === (await guideIdOf(owner, draft)) && nonce === own
      if (!isNamed) return none({ rule: 'wrong-id' })
      const refusals = refusalsOfGuide(house, parsed.value)
      return refusals.length > 0 ? err(refusals) : ok({ kind: 'guide', body: parsed.value })
    },
  }
