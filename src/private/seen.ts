/** What was seen last, in this device's storage. It may be missing or closed (private windows); then nothing is remembered. */
import { seenIn, seenKey, seenOffKey, withSeen, type Seen } from '#domain/seen.ts'

export const readSeen = (): readonly Seen[] => seenIn(tried(() => localStorage.getItem(seenKey)) ?? null)

export const isRemembering = (): boolean => tried(() => localStorage.getItem(seenOffKey)) === null

export function remember(one: Seen): void {
  if (isRemembering()) writeSeen(withSeen(readSeen(), one))
}

/** The author's time of the last renewal that was checked here, where this listing was among what was seen last. */
export const renewalSeen = (id: string): number | undefined => readSeen().find((one) => one.id === id)?.renewedAt

/** Only of a listing that is remembered already, and while something is. @param renewedAt of a record whose signature holds */
export function noteRenewal(id: string, renewedAt: number): void {
  if (isRemembering() && renewedAt > (renewalSeen(id) ?? -1))
    writeSeen(readSeen().map((one) => (one.id === id ? { ...one, renewedAt } : one)))
}

export function writeSeen(seen: readonly Seen[]): void {
  tried(() =>
    seen.length > 0 ? localStorage.setItem(seenKey, JSON.stringify(seen)) : localStorage.removeItem(seenKey),
  )
}

/** What was seen before stays until it is forgotten. */
export function switchRemembering(on: boolean): void {
  tried(() => (on ? localStorage.removeItem(seenOffKey) : localStorage.setItem(seenOffKey, '1')))
}

function tried<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}
