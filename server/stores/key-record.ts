/** What a key has here: how many of its listings have stood for a day, and how many of its things are hidden. */
import type { DatabaseSync } from 'node:sqlite'
import type { KeyRecord } from '#domain/quota.ts'
import { dayMs } from '#domain/time.ts'

export function createKeyRecord(db: DatabaseSync): (did: string, now: number) => KeyRecord {
  const count = db.prepare(`
    SELECT count(*) FILTER (WHERE x.label IS NULL AND h.first_at <= ?2) AS clean,
      count(*) FILTER (WHERE x.label IS NOT NULL) AS hidden
    FROM heads AS h LEFT JOIN held AS x ON x.id = h.id WHERE h.author = ?1 AND h.kind = 'listing'`)
  return (did, now) => {
    const row = count.get(did, now - dayMs)
    return { clean: Number(row?.['clean']), hidden: Number(row?.['hidden']) }
  }
}
