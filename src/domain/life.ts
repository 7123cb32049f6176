/** Expiry is a state, not a deletion: derived from the record, the receipt time and a clock passed in. */
import type { ListingBody } from './listing.ts'
import { dayMs, hourMs } from './time.ts'

export const maxAheadMs = 10 * 60_000 // a record further ahead of the relay's clock than this is refused
export const renewGapMs = 48 * hourMs
export const goneAfterDays = 30 // days after its end for which a listing still has a page

export type Life = 'live' | 'expired' | 'sold' | 'withdrawn'

/** `renewedAt` is the author's time, `receivedAt` the relay's receipt of the revision that carried it (both ms). */
export interface Span {
  readonly renewedAt: number
  readonly receivedAt: number
  readonly validDays: ListingBody['validDays']
}

/** Validity runs from the later of the two clocks: a post written offline loses no days, a clock set ahead gains none. */
export const startOf = ({ renewedAt, receivedAt }: Span): number =>
  Math.max(Math.min(renewedAt, receivedAt + maxAheadMs), receivedAt)
export const endOf = (span: Span): number => startOf(span) + span.validDays * dayMs

/** @param now ms. The end itself still counts as live. */
export function lifeOf(span: Span & { readonly state: ListingBody['state'] }, now: number): Life {
  if (span.state === 'changed-mind') return 'withdrawn'
  if (span.state !== 'live') return 'sold'
  return now <= endOf(span) ? 'live' : 'expired'
}

/** When a listing may be renewed; a reader can check it from the record alone. */
export const renewableAt = (renewedAt: number): number => renewedAt + renewGapMs

/** Whether a renewal comes within 48 hours of `before`, an earlier one (both the author's times, ms). The same one does not. */
export const isRenewedTooSoon = (renewedAt: number, before: number): boolean =>
  renewedAt > before && renewedAt < renewableAt(before)

/**
 * Whether the times of a signed revision keep the rule: renewed when it was made, or later and then not within 48 hours. Every
 * reader can ask it of the record alone; how far apart two renewals are is known to the relay, and to readers who saw the one before.
 */
export const keepsRenewalGap = (times: {
  readonly createdAt: number
  readonly renewedAt: number
  readonly updatedAt: number
}): boolean =>
  times.createdAt <= times.renewedAt &&
  times.renewedAt <= times.updatedAt &&
  !isRenewedTooSoon(times.renewedAt, times.createdAt)

/** Whether its page has gone for good (HTTP 410). @param overAt the end, or when the author ended it */
export const isGone = (overAt: number, now: number): boolean => now > overAt + goneAfterDays * dayMs
