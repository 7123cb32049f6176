/**
 * Contacts as the relay alone knows them. A contact counts only when its commitment is the one in the record that
 * counts, of the same author: so a row that was never published, or one of yesterday's, is never served.
 */
import { createHmac, randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { HeldContact, spellingOf } from '#domain/contact.ts'
import { err, ok, type Result } from '#domain/result.ts'
import type { ContactWriter } from './store.ts'

export function createContactWriter(db: DatabaseSync): ContactWriter {
  const secret = contactSecretOf(db)
  const macOf = (held: HeldContact) => createHmac('sha256', secret).update(spellingOf(held.contact)).digest()
  const slots = db.prepare('SELECT slot, held FROM contacts WHERE did = ?')
  const drop = db.prepare('DELETE FROM contacts WHERE did = ? AND slot = ?')
  const put = db.prepare(`
    INSERT OR REPLACE INTO contacts (did, slot, id, held, commitment, number_mac) VALUES (?, ?, ?, ?, ?, ?)`)
  return {
    replace(did, rows) {
      const known = new Map(slots.all(did).map((row) => [String(row['slot']), String(row['held'])]))
      const kept = new Set(rows.map(({ slot }) => slot))
      for (const slot of known.keys()) if (!kept.has(slot)) drop.run(did, slot)
      for (const { slot, id, held, commitment } of rows) {
        const json = JSON.stringify(held)
        if (known.get(slot) !== json) put.run(did, slot, id, json, commitment, macOf(held))
      }
    },
  }
}

/** Links equal numbers for the relay and for nobody else: without this key the marks in the file tell no number. */
function contactSecretOf(db: DatabaseSync): Buffer {
  db.prepare(`INSERT OR IGNORE INTO meta (key, value) VALUES ('contact_secret', ?)`).run(
    randomBytes(32).toString('base64url'),
  )
  const row = db.prepare(`SELECT value FROM meta WHERE key = 'contact_secret'`).get()
  return Buffer.from(String(row?.['value']), 'base64url')
}

export interface ContactFault {
  readonly kind: 'not-found' | 'over' | 'no-contact'
}
export type ContactOf = (id: string, now: number) => Promise<Result<HeldContact, ContactFault>>

/** For the route: contact and key of a live listing, so that the reader can check them against the record. */
export function createContactOf(db: DatabaseSync): ContactOf {
  const listing = db.prepare('SELECT author, contact, live, until FROM listings WHERE id = ?')
  const held = db.prepare('SELECT held FROM contacts WHERE id = ? AND commitment = ? AND did = ? LIMIT 1')
  return async (id, now) => {
    const row = listing.get(id)
    if (!row) return err({ kind: 'not-found' })
    if (row['live'] !== 1 || Number(row['until']) < now) return err({ kind: 'over' })
    const found = row['contact'] === null ? undefined : held.get(id, row['contact'] ?? null, row['author'] ?? null)
    return found ? ok(HeldContact.parse(JSON.parse(String(found['held'])))) : err({ kind: 'no-contact' })
  }
}

/** How many other live listings give the same number. */
export function createSameNumber(db: DatabaseSync): (id: string, now: number) => number {
  const count = db.prepare(`
    SELECT count(DISTINCT l.id) AS n FROM listings AS own
    JOIN contacts AS mine  ON mine.id = own.id AND mine.commitment = own.contact AND mine.did = own.author
    JOIN contacts AS other ON other.number_mac = mine.number_mac AND other.id <> own.id
    JOIN listings AS l     ON l.id = other.id AND l.contact = other.commitment AND l.author = other.did
    WHERE own.id = ? AND l.live = 1 AND l.until >= ?`)
  return (id, now) => Number(count.get(id, now)?.['n'])
}
