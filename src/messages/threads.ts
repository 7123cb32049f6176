/** Threads out of what was sent and what was received: the last spoken in first, each from its oldest line. */
import type { Sent } from './book.ts'
import type { Received } from './received.ts'
import { threadKeyOf, type ThreadName } from './thread-name.ts'

export type Line =
  | { readonly is: 'mine'; readonly sent: Sent; readonly id: string; readonly at: number; readonly text: string }
  | { readonly is: 'theirs'; readonly key: string; readonly id: string; readonly at: number; readonly text: string }

export interface Thread extends ThreadName {
  readonly key: string
  readonly title: string | undefined
  /** When its page last said that the listing ends, ms. */
  readonly until: number | undefined
  readonly lines: readonly Line[]
  readonly unread: number
  readonly last: Line
}

export interface ThreadsOf {
  readonly sent: readonly Sent[]
  readonly received: readonly Received[]
  readonly readUntil: (thread: string) => number
  readonly isBlocked: (did: string) => boolean
  /** Of a listing of mine. */
  readonly titleOf: (listing: string) => string | undefined
}

export function threadsOf({ sent, received, readUntil, isBlocked, titleOf }: ThreadsOf): readonly Thread[] {
  const names = new Map<string, ThreadName>()
  const lines = new Map<string, Line[]>()
  const about = new Map<string, Sent>()
  const add = (name: ThreadName, line: Line): string => {
    const key = threadKeyOf(name)
    names.set(key, name)
    lines.set(key, [...(lines.get(key) ?? []), line])
    return key
  }
  for (const one of sent) {
    const name = { use: one.use, listing: one.listing, with: one.to }
    const key = add(name, { is: 'mine', sent: one, id: one.id, at: one.at, text: one.text })
    about.set(key, one)
  }
  for (const { use, from, listing, key, id, at, text } of received)
    add({ use, listing, with: from }, { is: 'theirs', key, id, at, text })

  return [...names]
    .flatMap(([key, name]) => {
      if (isBlocked(name.with)) return []
      const ordered = (lines.get(key) ?? []).toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
      const last = ordered.at(-1)
      if (!last) return []
      const until = readUntil(key)
      const unread = ordered.filter(({ is, at }) => is === 'theirs' && at > until).length
      const written = about.get(key)
      const title = titleOf(name.listing) ?? written?.title
      return [{ ...name, key, title, until: written?.until, lines: ordered, unread, last }]
    })
    .sort((a, b) => b.last.at - a.last.at)
}
