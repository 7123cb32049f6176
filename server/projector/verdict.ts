/**
 * What a value of a shelf is beside what was there before: which revision counts, how often a listing may be renewed,
 * how many a key may have, who may publish for whom. Pure: what the journal and the read model know comes in as `Standing`.
 */
import { isSameAgain, sketch } from '#domain/alike.ts'
import type { ListingBody } from '#domain/listing.ts'
import { isRenewedTooSoon, keepsRenewalGap, maxAheadMs, renewGapMs } from '#domain/life.ts'
import type { Did } from '#domain/identity.ts'
import type { Verdict } from '#domain/notice.ts'
import { compareRevisions, rankOf, type Envelope, type OpenRecord, type Ranked } from '#domain/record.ts'
import type { Refusal } from '#domain/refusal.ts'
import { liveLimitOf, mostLive, type KeyRecord } from '#domain/quota.ts'
import { hourMs } from '#domain/time.ts'
import type { GuideBody } from '#domain/published-guide.ts'
import type { GuideStanding, Head, SketchedListing } from '../stores/store.ts'
import type { Said } from './examine.ts'

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
  /** Live listings of this key beside this one. */
  sketchesBeside(): readonly SketchedListing[]
  /** What is known of a guide's owner, its author's standing with him, and the versions before. */
  guide(body: GuideBody): GuideStanding
  /** The rule for which the moderators have blocked this key, or the business that it publishes for. */
  blocked(body: { readonly owner?: Did }): string | undefined
  /** Whether this key has said its own end. */
  isEnded(): boolean
  /** What a new key may have live; 0: as much as any. */
  readonly newKeyListings: number
  keyRecord(): KeyRecord
  /** Delegations of this key beside this one. */
  delegationsBeside(): number
}
export interface Judgement {
  readonly verdict: Verdict
  readonly refusals: readonly Refusal[]
  readonly rival: string | null
}

export const mostDelegations = 100
/** Each may be as long as a guide may be, and is kept for ever. */
export const mostVersionsADay = 20

export function judge(record: OpenRecord, said: Said | undefined, standing: Standing): Judgement {
  const { head, slotBest } = standing
  const rank = rankOf(record)
  if (head && head.kind !== record.envelope.kind) return refused({ rule: 'bad-shape', field: 'kind' })
  if (head?.hash === record.hash) return published
  if (standing.isEnded()) return refused({ rule: 'key-ended' })
  if (slotBest && compareRevisions(slotBest, rank) > 0)
    return refused({ rule: 'older-revision', limit: String(slotBest.rev), got: String(rank.rev) })
  if (head && compareRevisions(head, rank) > 0)
    return buildsOn(head, record) ? published : { verdict: 'superseded', refusals: [], rival: head.hash }
  const refusal = said && ownRefusal(record, said, standing)
  return refusal ? refused(refusal) : published
}

function ownRefusal({ envelope }: OpenRecord, said: Said, standing: Standing): Refusal | undefined {
  switch (said.kind) {
    case 'listing':
      return (
        blockRefusal(said.body, standing) ??
        renewalRefusal(envelope, standing) ??
        quotaRefusal(said.body, standing) ??
        repeatRefusal(said.body, standing)
      )
    case 'guide':
      return blockRefusal(said.body, standing) ?? guideRefusal(envelope, said.body, standing.guide(said.body))
    case 'delegation':
      return !said.body.revoked && standing.delegationsBeside() >= mostDelegations
        ? { rule: 'too-many', limit: String(mostDelegations) }
        : undefined
    case 'label':
    case 'profile':
    case 'end':
    case 'town-entry':
      return undefined
  }
}

/** What ends something is never refused. */
function blockRefusal(body: ListingBody | GuideBody, { blocked }: Standing): Refusal | undefined {
  const rule = body.state === 'live' ? blocked('owner' in body ? { owner: body.owner } : {}) : undefined
  return rule === undefined ? undefined : { rule: 'blocked', limit: rule }
}

/** Of two who publish at once the second is told, and sees what the first has published, before he puts his own over it. */
function guideRefusal({ author }: Envelope, { owner, version }: GuideBody, guide: GuideStanding): Refusal | undefined {
  if (author !== owner && !guide.mayPublish) return { rule: 'not-delegated' }
  if (!guide.isBusiness) return { rule: 'no-business' }
  if (version <= guide.latest)
    return { rule: 'version-taken', field: 'version', limit: String(guide.latest), got: String(version) }
  return guide.lately >= mostVersionsADay ? { rule: 'too-many', limit: String(mostVersionsADay) } : undefined
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
function renewalRefusal(envelope: Envelope, { head, renewedBefore }: Standing): Refusal | undefined {
  const { renewedAt, updatedAt } = envelope
  if (renewedBefore !== undefined && renewedAt !== renewedBefore && renewedAt !== updatedAt)
    return { rule: 'bad-shape', field: 'renewedAt' }
  if (!keepsRenewalGap(envelope)) return { rule: 'renewed-too-soon', limit: String(renewGapMs / hourMs) }
  if (!head || renewedAt <= head.renewedAt) return undefined
  // the second half: a first revision dated years back would otherwise buy a renewal for every two days of those years
  const tooSoon = isRenewedTooSoon(renewedAt, head.renewedAt) || renewedAt < head.receivedAt - maxAheadMs
  return tooSoon ? { rule: 'renewed-too-soon', limit: String(renewGapMs / hourMs) } : undefined
}

function quotaRefusal({ state }: ListingBody, standing: Standing): Refusal | undefined {
  if (state !== 'live' || standing.isLive()) return undefined
  const live = standing.liveBeside()
  if (live >= mostLive) return { rule: 'too-many', limit: String(mostLive) }
  const { newKeyListings } = standing
  if (newKeyListings === 0 || live < newKeyListings) return undefined // most have fewer, and their record need not be asked
  const limit = liveLimitOf(standing.keyRecord(), newKeyListings)
  return live >= limit ? { rule: 'new-key', limit: String(limit), got: String(live + 1) } : undefined
}

/** What ended may be posted again; of two that live the first stays. The one it repeats is named by its title and its id. */
function repeatRefusal(body: ListingBody, { sketchesBeside }: Standing): Refusal | undefined {
  if (body.state !== 'live') return undefined
  const beside = sketchesBeside()
  const own = beside.length > 0 ? sketch(body) : undefined
  const first = own && beside.find((other) => isSameAgain(own, other.sketch))
  return first && { rule: 'HR-3', field: 'title', limit: first.id, got: first.title }
}
