/** When the author of a listing is told that it ends: seven days before, one day before, and on the day. */
import { endOf, isGone, type Span } from './life.ts'
import type { ListingState } from './listing.ts'
import { civilDateOf, dayMs } from './time.ts'

export const endingSteps = ['week', 'day', 'end'] as const
export type EndingStep = (typeof endingSteps)[number]

export type Ending = Span & { readonly state: ListingState }

/**
 * The step a listing has come to, or none. Who was away on the day is told later, for as long as the listing still has a page;
 * a listing of seven days is not told of its last week when that begins.
 * @param now ms, the relay's time as far as it is known @param zone of the town
 */
export function endingStepOf(listing: Ending, now: number, zone: string): EndingStep | undefined {
  const end = endOf(listing)
  if (listing.state !== 'live' || isGone(end, now)) return undefined
  if (now > end || civilDateOf(now, zone) === civilDateOf(end, zone)) return 'end'
  if (end - now <= dayMs) return 'day'
  return end - now <= 7 * dayMs && listing.validDays > 7 ? 'week' : undefined
}

/** Before this there is nothing new to tell; from a day before the end on it is worth a look at any time. */
export function nextLookAt(listing: Ending, now: number): number | undefined {
  const end = endOf(listing)
  if (listing.state !== 'live' || isGone(end, now)) return undefined
  return [end - 7 * dayMs, end - dayMs].find((at) => at > now) ?? (now > end ? undefined : now)
}

/** Whether `told` is this step or a later one. */
export const isPast = (told: EndingStep, step: EndingStep): boolean =>
  endingSteps.indexOf(told) >= endingSteps.indexOf(step)
