/** Rooms that failed rest, each time twice as long: a poisoned room costs one line and no loop, a passing fault heals. */
import { hourMs, minuteMs } from '#domain/time.ts'

export interface Resting {
  add(room: string, reason: unknown, now: number): void
  has(room: string, now: number): boolean
  /** It went well: the next fault starts over. */
  drop(room: string): void
  count(): number
}

export function createResting(report: (room: string, reason: unknown) => void): Resting {
  const rooms = new Map<string, { readonly until: number; readonly times: number }>()
  return {
    add(room, reason, now) {
      const times = (rooms.get(room)?.times ?? 0) + 1
      rooms.set(room, { times, until: now + Math.min(hourMs, minuteMs * 2 ** (times - 1)) })
      report(room, reason)
    },
    has: (room, now) => (rooms.get(room)?.until ?? 0) > now,
    drop: (room) => void rooms.delete(room),
    count: () => rooms.size,
  }
}
