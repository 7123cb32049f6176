/** Editions whose files are still given out, asked on a reader's connection; and their end, on the writer's. */
import type { DatabaseSync } from 'node:sqlite'
import { wireOf } from '#domain/room.ts'
import { createCurrent } from './editions.ts'

export function createKeptEditions(db: DatabaseSync) {
  const replaced = db.prepare(
    'SELECT edition FROM editions WHERE replaced_at < ? AND dropped_at IS NULL ORDER BY edition',
  )
  const kept = db.prepare('SELECT base, delta FROM editions WHERE dropped_at IS NULL')
  const dropped = db.prepare('SELECT 1 FROM editions WHERE dropped_at IS NOT NULL AND (base = ?1 OR delta = ?1)')
  return {
    current: createCurrent(db),
    replacedBefore: (at: number): readonly string[] => replaced.all(at).map(({ edition }) => String(edition)),
    segments: (): ReadonlySet<string> =>
      new Set(kept.all().flatMap(({ base, delta }) => [String(base), ...(delta === null ? [] : [String(delta)])])),
    /** Whether this segment was given out once and is no more. */
    isDropped: (segment: string): boolean => dropped.get(segment) !== undefined,
  }
}

/** Wires whose edition is not given out any more: the process ended between the end of the one and of the other. */
export function createWires(db: DatabaseSync) {
  const wires = db.prepare(`SELECT name FROM rooms WHERE name >= 'wire/' AND name < 'wire0' ORDER BY name`)
  const editions = db.prepare('SELECT edition FROM editions WHERE dropped_at IS NULL')
  return {
    /** @param isPrinted while nothing is, everything stands in the wire of edition 0 */
    orphaned(isPrinted: boolean): readonly string[] {
      const given = editions.all().map(({ edition }) => String(edition))
      const wanted = new Set([...given, ...(isPrinted ? [] : ['0'])].map(wireOf))
      return wires.all().flatMap(({ name }) => (wanted.has(String(name)) ? [] : [String(name)]))
    },
  }
}

const rememberedMs = 30 * 24 * 3_600_000

/** Their files and wires go; that they were is remembered for a month, so that who asks is told they are gone. */
export function dropEditions(
  db: DatabaseSync,
  { editions, at }: { readonly editions: readonly string[]; readonly at: number },
): void {
  const drop = db.prepare('UPDATE editions SET dropped_at = ? WHERE edition = ? AND replaced_at IS NOT NULL')
  for (const edition of editions) drop.run(at, edition)
  db.prepare('DELETE FROM editions WHERE dropped_at < ?').run(at - rememberedMs)
}
