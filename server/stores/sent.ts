/** How much somebody has sent within a day: what quotas of photos are counted by, over a restart too. On the writer's connection. */
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { dayMs } from '#domain/time.ts'

export interface Sent {
  /** Whose bytes they are, and how many each may send in a day. */
  readonly counted: readonly { readonly name: string; readonly most: number }[]
  readonly bytes: number
  readonly now: number
}

export interface SentBytes {
  /** Counts them for every name or, where one has no room for them, for none. Names are kept as hashes. */
  take(sent: Sent): boolean
  /** Drops what is a day old. */
  sweep(now: number): void
}

export function createSentBytes(db: DatabaseSync): SentBytes {
  const forget = db.prepare('DELETE FROM sent WHERE until <= ?')
  const get = db.prepare('SELECT bytes FROM sent WHERE name = ?')
  const add = db.prepare(`
    INSERT INTO sent (name, bytes, until) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET bytes = bytes + excluded.bytes`)
  const sweep = (now: number) => void forget.run(now)
  return {
    take({ counted, bytes, now }) {
      sweep(now)
      const names = counted.map(({ name, most }) => ({ hash: sentNameOf(name), most }))
      const fits = names.every(({ hash, most }) => Number(get.get(hash)?.['bytes'] ?? 0) + bytes <= most)
      if (fits) for (const { hash } of names) add.run(hash, bytes, now + dayMs)
      return fits
    },
    sweep,
  }
}

/** What stands in the place of a name. */
export const sentNameOf = (name: string): string => createHash('sha256').update(`sent\n${name}`).digest('hex')
