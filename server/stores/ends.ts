/** Keys that have ended themselves: as the read model is written, and as others ask. */
import type { DatabaseSync } from 'node:sqlite'
import { textOf } from '#domain/bytes.ts'
import type { Did } from '#domain/identity.ts'
import type { EndBody } from '#domain/key-end.ts'
import type { Envelope } from '#domain/record.ts'
import type { KeyEnding } from '#domain/read-model.ts'
import type { JournalRow } from './store.ts'

export const endTables = ['ends'] as const

/** Also for a read-only connection. */
export function createIsEnded(db: DatabaseSync): (did: string) => boolean {
  const get = db.prepare('SELECT 1 FROM ends WHERE did = ?')
  return (did) => get.get(did) !== undefined
}

export function createEndTable(db: DatabaseSync) {
  const put = db.prepare('INSERT OR IGNORE INTO ends (did, seq, successor, at) VALUES (?, ?, ?, ?)')
  const dropContacts = db.prepare('DELETE FROM contacts WHERE did = ?')
  const own = db.prepare(`
    SELECT id FROM listings WHERE author = ?1 UNION ALL SELECT id FROM guides WHERE owner = ?1`)
  const over = db.prepare(`
    UPDATE listings SET ended_at = ?2 WHERE author = ?1 AND ended_at IS NULL AND until >= ?2`)
  return {
    isEnded: createIsEnded(db),
    /** From when the relay had it. @returns everything the key stands for */
    put({ author }: Envelope, { successor }: EndBody, { seq, receivedAt }: JournalRow): readonly string[] {
      put.run(author, seq, successor ?? null, receivedAt)
      over.run(author, receivedAt)
      dropContacts.run(author)
      return own.all(author).map(({ id }) => String(id))
    },
  }
}

export function createKeyEnding(db: DatabaseSync): (did: string) => KeyEnding | undefined {
  const get = db.prepare(`
    SELECT e.at, e.successor, j.body FROM ends AS e JOIN journal AS j ON j.seq = e.seq WHERE e.did = ?`)
  return (did) => {
    const row = get.get(did)
    if (!row) return undefined
    const successor = (row['successor'] ?? undefined) as Did | undefined
    return { at: Number(row['at']), successor, record: textOf(row['body'] as Uint8Array) ?? '' }
  }
}
