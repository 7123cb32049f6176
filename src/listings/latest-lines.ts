/** Which lines a live list shows: pure, so that the rule can be read and tested. */
import { latestSize, newestFirst, type Line } from '#domain/entry.ts'

export interface LatestView {
  /** What the server put into the page. */
  readonly served: readonly Line[]
  /** What the room holds; undefined until it agreed with the relay in this page, since this browser's copy may be old. */
  readonly heard: readonly Line[] | undefined
  readonly limit: number
  readonly now: number
}

/**
 * The room has the newest ones only. When it is full, the served lines older than its oldest go on below; when it is not,
 * it has everything there is. Expired lines are never shown as live.
 */
export function latestLines({ served, heard, limit, now }: LatestView): readonly Line[] {
  const isLive = ({ until }: Line) => until >= now
  if (!heard) return served.filter(isLive).slice(0, limit)
  const oldest = heard.length < latestSize ? undefined : [...heard].sort(newestFirst).at(-1)
  const known = new Set(heard.map(({ id }) => id))
  const below = oldest ? served.filter((line) => !known.has(line.id) && newestFirst(oldest, line) < 0) : []
  return [...heard, ...below].filter(isLive).sort(newestFirst).slice(0, limit)
}
