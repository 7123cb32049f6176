/** A number that grows whenever anything was published: whoever keeps what follows from the read model asks it first. */
import type { DatabaseSync } from 'node:sqlite'

export function createJournalVersion(db: DatabaseSync): () => number {
  const newest = db.prepare('SELECT max(seq) AS seq FROM journal')
  return () => Number(newest.get()?.['seq'] ?? 0)
}
