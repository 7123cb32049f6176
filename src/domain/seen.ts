/** The listings this device has shown last, as it keeps them: nowhere else. */
import type { Line } from './entry.ts'

export const seenKey = 'xxg-seen'
/** Present where its person wants none of it. */
export const seenOffKey = 'xxg-seen-off'
export const mostSeen = 30

/**
 * @property over whether it had ended when its page was opened last
 * @property renewedAt the author's time of the last renewal whose signature was checked here
 */
export type Seen = Line & { readonly seenAt: number; readonly over: boolean; readonly renewedAt?: number }

/** The last first. @param text what lies in storage */
export function seenIn(text: string | null): readonly Seen[] {
  try {
    const held: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(held) ? (held as readonly Seen[]).filter((one) => typeof one?.id === 'string') : []
  } catch {
    return []
  }
}

/** Each once, the newest in front; what was checked of it before stays known. */
export function withSeen(seen: readonly Seen[], one: Seen): readonly Seen[] {
  const renewedAt = seen.find(({ id }) => id === one.id)?.renewedAt
  return [{ ...(renewedAt !== undefined && { renewedAt }), ...one }, ...seen.filter(({ id }) => id !== one.id)].slice(
    0,
    mostSeen,
  )
}
