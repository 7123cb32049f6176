/**
 * How the listing of a thread stands, as far as this device knows without asking the portal, which is not to learn what a thread is about:
 * one's own from the shelf; another's by the list of what is hidden, by the end that its page told, and by the saved copy of that page.
 */
import { endOf, lifeOf, type Life, type Span } from '#domain/life.ts'
import type { OwnOne } from './own-titles.ts'

export type Standing = Exclude<Life, 'live'> | 'hidden'

export interface Seen {
  readonly life: Life
  /** ms */
  readonly until: number
}

export interface StandingOf {
  readonly isHidden: boolean
  /** From the newest saved copy of its page. */
  readonly seen: Seen | undefined
  /** The end that the page told when the first word was written, ms. */
  readonly until: number | undefined
  readonly now: number
}

/** Undefined while nothing speaks against it being there. */
export function standingOf({ isHidden, seen, until, now }: StandingOf): Standing | undefined {
  if (isHidden) return 'hidden'
  if (seen && seen.life !== 'live') return seen.life
  const end = Math.max(seen?.until ?? 0, until ?? 0) // it may have been renewed after one of the two
  return end > 0 && now > end ? 'expired' : undefined
}

/** One's own, by its record; the relay's receipt counts where that revision started the time. */
export function seenOwn({ record: { envelope }, heardAt }: OwnOne, now: number): Seen {
  const { renewedAt, updatedAt, body } = envelope
  const receivedAt = updatedAt === renewedAt && heardAt !== undefined ? heardAt : renewedAt
  const span = { renewedAt, receivedAt, validDays: body['validDays'] } as Span
  return { life: lifeOf({ ...span, state: body['state'] as 'live' }, now), until: endOf(span) }
}

/** What the page says of itself (ListingBox.astro). */
export function seenIn(html: string): Seen | undefined {
  const [, life, until] = /data-life="(live|expired|sold|withdrawn)" data-until="(\d+)"/.exec(html) ?? []
  return life && until ? { life: life as Life, until: Number(until) } : undefined
}

/** @param path of the listing's page in any language */
export async function seenAt(paths: readonly string[]): Promise<Seen | undefined> {
  if (!('caches' in globalThis)) return undefined
  const copies = await Promise.all(
    paths.map(async (path) => {
      const copy = await caches.match(new URL(path, location.origin).href, { ignoreVary: true }).catch(() => undefined)
      const at = Number(copy?.headers.get('x-saved-at'))
      return copy ? { at, seen: seenIn(await copy.text()) } : undefined
    }),
  )
  return copies.flatMap((copy) => (copy?.seen ? [{ at: copy.at, ...copy.seen }] : [])).sort((a, b) => b.at - a.at)[0]
}
