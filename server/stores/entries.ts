/** Live listings whole, on whatever connection asks: what an edition is printed from. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { entryOf, type Entry } from '#domain/entry.ts'
import type { ListingBody } from '#domain/listing.ts'
import { lineColumns, lineOfRow } from './listing-line.ts'

export function createEntries(db: DatabaseSync) {
  const live = 'live = 1 AND until >= ?'
  const all = db.prepare(`SELECT ${lineColumns}, body FROM listings WHERE ${live} ORDER BY at DESC, id`)
  const one = db.prepare(`SELECT ${lineColumns}, body FROM listings WHERE id = ? AND ${live}`)
  return {
    /** Newest first, then by id; read as they are taken. */
    *all(now: number): Generator<Entry> {
      for (const row of all.iterate(now)) yield entryOfRow(row)
    },
    one(id: string, now: number): Entry | undefined {
      const row = one.get(id, now)
      return row && entryOfRow(row)
    },
  }
}

const entryOfRow = (row: Record<string, SQLOutputValue>): Entry =>
  entryOf(lineOfRow(row), JSON.parse(String(row['body'])) as ListingBody)
