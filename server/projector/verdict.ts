/**
 * What a value of a shelf is beside what was there before: which revision counts, how often a listing may be renewed,
 * how many a key may have. Pure: what the journal and the read model know comes in as `Standing`.
 */
import type { ListingBody } from '#domain/listing.ts'
import { maxAheadMs, renewGapMs } from '#domain/life.ts'
import type { Verdict } from '#domain/notice.ts'
import { compareRevisions, rankOf, type Envelope, type OpenRecord, type Ranked } from '#domain/record.ts'
import type { Refusal } from '#domain/refusal.ts'
import { hourMs } from '#domain/time.ts'
import type { Head } from '../stores/store.ts'

export interface Standing {
  /** The revision that counts so far. */
  readonly head: Head | undefined
  /** The greatest revision this slot ever had. */
  readonly slotBest: Ranked | undefined
  /** `renewedAt` of the revision that `prev` names, where it is known. */
  readonly renewedBefore: number | undefined
  /** Live listings of this key beside this one; asked only when it would become one more. */
  liveBeside(): number
  isLive(): boolean
}
export interface Judgement {
  readonly verdict: Verdict
  readonly refusals: readonly Refusal[]
  readonly rival: string | null
}

export const mostLive = 200 // listings of one key at a time

export function judge(record: OpenRecord, listing: ListingBody | undefined, standing: Standing): Judgement {
  const { head, slotBest } = standing
  const rank = rankOf(record)
  if (head && head.kind !== record.envelope.kind) return refused({ rule: 'bad-shape', field: 'kind' })
  if (head?.hash === record.hash) return published
  if (slotBest && compareRevisions(slotBest, rank) > 0)
    return refused({ rule: 'older-revision', limit: String(slotBest.rev), got: String(rank.rev) })
  if (head && compareRevisions(head, rank) > 0)
    return buildsOn(head, record) ? published : { verdict: 'superseded', refusals: [], rival: head.hash }
  if (!listing) return published
  const refusal = renewalRefusal(record.envelope, standing) ?? quotaRefusal(listing, standing)
  return refusal ? refused(refusal) : published
}

const published: Judgement = { verdict: 'published', refusals: [], rival: null }
const refused = (refusal: Refusal): Judgement => ({ verdict: 'refused', refusals: [refusal], rival: null })

/** A listing has one first revision (its nonce is random), so whatever counts was built on it; a profile may have two. */
const buildsOn = (later: Pick<Head, 'prev' | 'kind'>, { hash, envelope }: OpenRecord): boolean =>
  later.prev === hash || (envelope.rev === 1 && later.kind === 'listing')

/** Whether `record`, which counts from now on, was made without having seen what counted: then that device is told. */
export const leavesBehind = ({ envelope, hash }: OpenRecord, slot: string, head: Head): boolean =>
  head.hash !== hash &&
  head.slot !== slot &&
  envelope.prev !== head.hash &&
  !(head.rev === 1 && head.kind === 'listing')

/**
 * `renewedAt` starts a listing's time again and brings it to the top, so it may move only 48 hours after the last one.
 * That a listing was sold or withdrawn in between changes nothing: else "sold" and back would be a free way to the top.
 * Undoing such a mistake needs no renewal, an edit that keeps `renewedAt` goes on with the time that is left.
 */
function renewalRefusal({ renewedAt, updatedAt }: Envelope, { head, renewedBefore }: Standing): Refusal | undefined {
  if (renewedBefore !== undefined && renewedAt !== renewedBefore && renewedAt !== updatedAt)
    return { rule: 'bad-shape', field: 'renewedAt' }
  if (!head || renewedAt <= head.renewedAt) return undefined
  // the second half: a first revision dated years back would otherwise buy a renewal for every two days of those years
  const tooSoon = renewedAt < head.renewedAt + renewGapMs || renewedAt < head.receivedAt - maxAheadMs
  return tooSoon ? { rule: 'renewed-too-soon', limit: String(renewGapMs / hourMs) } : undefined
}

const quotaRefusal = ({ state }: ListingBody, { isLive, liveBeside }: Standing): Refusal | undefined =>
  state === 'live' && !isLive() && liveBeside() >= mostLive ? { rule: 'too-many', limit: String(mostLive) } : undefined
