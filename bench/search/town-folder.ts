/**
 * A data folder with a whole town in it. Journal and read model are written by the writers that the projector uses, row
 * by row, with what it would have judged; only signatures and shelves are left out. Kept for the rest of the run.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { shelfOf } from '#domain/room.ts'
import { rulesEdition } from '../../server/projector/shelf.ts'
import { databaseFile, openDatabase } from '../../server/stores/database.ts'
import { createJournal } from '../../server/stores/journal.ts'
import { createReadModelWriter } from '../../server/stores/read-model-write.ts'
import type { CorpusListing } from '../corpus.ts'
import { portalId } from './material.ts'
import { bulkRecordOf, type Authors } from './records.ts'

export const slotOf = (id: string): string => `${id}/5f0c2a91be44`

export async function fillFolder(path: string, listings: readonly CorpusListing[], authors: Authors): Promise<void> {
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'portal.txt'), `${portalId}\n`)
  const opened = openDatabase(join(path, databaseFile))
  if (!opened.ok) throw new Error(opened.error.detail)
  const db = opened.value
  db.exec('PRAGMA synchronous = OFF')
  const journal = createJournal(db)
  const model = createReadModelWriter(db)
  const oldestFirst = listings.map((listing, at) => ({ listing, at })).reverse()
  const batch = 2_000
  for (let from = 0; from < oldestFirst.length; from += batch) {
    const some = oldestFirst.slice(from, from + batch)
    const records = await Promise.all(some.map(({ listing, at }) => bulkRecordOf(authors, listing, at)))
    db.exec('BEGIN')
    for (const { envelope, hash, text } of records) {
      const { id, kind, rev, author, updatedAt, renewedAt } = envelope
      const place = { room: shelfOf(author), slot: slotOf(id), seen: hash, hash, did: author, kind, id, rev }
      const times = { updatedAt, renewedAt, receivedAt: updatedAt }
      const verdict = { verdict: 'published', refusals: [], rival: null, rules: rulesEdition } as const
      model.apply(journal.append({ ...place, ...times, ...verdict, text }))
    }
    db.exec('COMMIT')
  }
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  db.close()
}
