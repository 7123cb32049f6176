/** A number that grows whenever anything was published or erased: whoever keeps what follows from the read model asks it first. */
import type { DatabaseSync } from 'node:sqlite'

export function createJournalVersion(db: DatabaseSync): () => number {
  const newest = db.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'journal'`) // rows that were erased count
  return () => Number(newest.get()?.['seq'] ?? 0)
}
