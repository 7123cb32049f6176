/**
 * A shelf's changes: what is new in its slots is looked at outside the transaction, and gets its verdict, its place in
 * the journal and its effect inside. A value that was judged is not judged again while it stands in its slot.
 */
import { toBase64url } from '#domain/bytes.ts'
import type { Did } from '#domain/identity.ts'
import type { HouseWords } from '#domain/house-rules.ts'
import type { Town } from '#domain/listing.ts'
import type { Notice } from '#domain/notice.ts'
import { profileNonceOf } from '#domain/profile.ts'
import { compareRevisions, idOf, isRecordId, rankOf } from '#domain/record.ts'
import type { Head, Journal, Judged, ReadModelWriter } from '../stores/store.ts'
import type { Effects } from './effects.ts'
import { examine, type Examined } from './examine.ts'
import { idOfSlot, type Slot } from './slots.ts'
import { judge, leavesBehind, type Judgement, type Standing } from './verdict.ts'

/** Which edition of the rules stands in a journal row. */
export const rulesEdition = 4

export interface ShelfDeps {
  readonly journal: Journal
  readonly model: ReadModelWriter
  readonly town: Town
  readonly house: HouseWords
  readonly moderators: ReadonlySet<string>
  readonly newKeyListings: () => number
  readonly step: (name: 'journal' | 'read-model') => void
}
export interface ShelfPlace {
  readonly room: string
  readonly owner: Did
  readonly receivedAt: number
}

/** @param limit how many values at most; `whole` tells whether that was all there is */
export async function examineShelf(
  { journal, town, house, moderators }: ShelfDeps,
  { room, owner, receivedAt }: ShelfPlace,
  { slots, limit }: { readonly slots: readonly Slot[]; readonly limit: number },
): Promise<{ readonly examined: readonly Examined[]; readonly whole: boolean }> {
  const fresh = slots.filter((slot) => journal.lastSeen(room, slot.name) !== slot.seen)
  const profile = await idOf(owner, toBase64url(await profileNonceOf(owner)))
  const some = fresh.sort(profileFirst(profile)).slice(0, limit)
  const examined = await Promise.all(some.map((slot) => examine(slot, { town, house, moderators, owner, receivedAt })))
  return { examined: examined.sort(greatestFirst(profile)), whole: some.length === fresh.length }
}

/** Who publishes says first who he is: a guide that comes together with its author's first profile is judged after it. */
const profileFirst = (profile: string) => {
  const place = (slot: Slot) => [listNameOf(slot) === profile ? '' : listNameOf(slot), slot.name].join('/')
  return (a: Slot, b: Slot): number => (place(a) < place(b) ? -1 : 1)
}

/** Of two revisions that come at once, the one that counts is judged first: the other is then told its rival. */
const greatestFirst =
  (profile: string) =>
  (a: Examined, b: Examined): number => {
    if (listNameOf(a.slot) !== listNameOf(b.slot)) return profileFirst(profile)(a.slot, b.slot)
    if (!a.record || !b.record) return Number(!a.record) - Number(!b.record)
    return compareRevisions(rankOf(b.record), rankOf(a.record))
  }
const listNameOf = ({ name }: Slot): string => idOfSlot(name) ?? name

/** Inside the transaction. */
export function settle(deps: ShelfDeps, place: ShelfPlace, examined: Examined, effects: Effects): void {
  const { journal, model, step } = deps
  const head = examined.record && model.headOf(examined.record.envelope.id)
  const { verdict, refusals, rival } = judgementOf(deps, place, examined, head)
  const row = journal.append(judgedOf(place, examined, { verdict, refusals, rival }))
  step('journal')
  if (!isDamagedCopy(model, row)) effects.tell(place.owner, noticeOf(row))
  if (verdict !== 'published' || !row.id) return
  const changed = model.apply(row)
  step('read-model')
  effects.show(changed)
  const counts = model.headOf(row.id)?.hash === row.hash
  if (head && counts && examined.record && leavesBehind(examined.record, row.slot, head))
    effects.tell(place.owner, { ...noticeOf(row), hash: head.hash, verdict: 'superseded', rival: row.hash })
}

/** The revision that counts, once more and misplaced or with a broken signature: its own notice, under the same hash, stays. */
const isDamagedCopy = (model: ReadModelWriter, { verdict, id, hash }: Judged): boolean =>
  verdict === 'refused' && id !== null && model.headOf(id)?.hash === hash

function judgementOf(
  { journal, model, newKeyListings }: ShelfDeps,
  { room, owner, receivedAt }: ShelfPlace,
  { slot, record, said, refusals }: Examined,
  head: Head | undefined,
): Judgement {
  if (!record || refusals.length > 0) return { verdict: 'refused', refusals, rival: null }
  const { id, prev, author } = record.envelope
  const standing: Standing = {
    head,
    slotBest: journal.bestOf(room, slot.name),
    renewedBefore: prev === null ? undefined : journal.renewedAtOf(id, prev),
    liveBeside: () => model.liveOf(owner, receivedAt),
    isLive: () => model.isLive(id, receivedAt),
    sketchesBeside: () => model.sketchesOf(owner, id, receivedAt),
    guide: (body) => model.guideStanding(body, author, receivedAt),
    blocked: ({ owner: business = owner }) => (model.blockOf(owner) ?? model.blockOf(business))?.rule,
    // nobody publishes for a business that has ended; what it has can still be taken off
    isEnded: () =>
      model.isEnded(owner) || (said?.kind === 'guide' && said.body.state === 'live' && model.isEnded(said.body.owner)),
    newKeyListings: newKeyListings(),
    keyRecord: () => model.keyRecord(owner, receivedAt),
    delegationsBeside: () => model.delegationsOf(owner, id),
  }
  return judge(record, said, standing)
}

function judgedOf({ room, owner, receivedAt }: ShelfPlace, examined: Examined, judgement: Judgement): Judged {
  const { slot, record } = examined
  const envelope = record?.envelope
  const named = idOfSlot(slot.name)
  return {
    room,
    slot: slot.name,
    seen: slot.seen,
    hash: slot.hash,
    did: owner,
    kind: envelope?.kind ?? null,
    id: envelope?.id ?? (named !== undefined && isRecordId(named) ? named : null),
    rev: envelope?.rev ?? null,
    updatedAt: envelope?.updatedAt ?? null,
    renewedAt: envelope?.renewedAt ?? null,
    receivedAt,
    rules: rulesEdition,
    text: judgement.verdict === 'refused' ? slot.text.slice(0, mostRefusedText) : slot.text,
    ...judgement,
  }
}

/** What was refused is kept to be looked at, never read again by a program. */
const mostRefusedText = 32_768

const noticeOf = ({ id, kind, hash, verdict, refusals, rival, receivedAt }: Judged): Notice => ({
  id,
  kind,
  hash,
  verdict,
  refusals: [...refusals],
  ...(rival !== null && { rival }),
  at: receivedAt,
})
