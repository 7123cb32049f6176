/** Which messages lie in which inbox, without what they say: what quotas are counted by, and what is old is found by. On the writer's connection. */
import type { DatabaseSync } from 'node:sqlite'
import type { Did } from '#domain/identity.ts'
import type { MessageTable } from './store.ts'

export function createMessageTable(db: DatabaseSync): MessageTable {
  const has = db.prepare('SELECT 1 FROM messages WHERE recipient = ? AND sender = ? AND id = ?')
  const put = db.prepare('INSERT INTO messages (recipient, sender, id, at, bytes) VALUES (?, ?, ?, ?, ?)')
  const head = db.prepare('SELECT 1 FROM heads WHERE author = ? LIMIT 1')
  const wrote = db.prepare('SELECT 1 FROM messages WHERE recipient = ? AND sender = ? LIMIT 1')
  const sent = db.prepare('SELECT count(*) AS n FROM messages WHERE sender = ? AND at > ?')
  const sentTo = db.prepare('SELECT count(*) AS n FROM messages WHERE recipient = ? AND sender = ? AND at > ?')
  const held = db.prepare(
    'SELECT count(*) AS n, coalesce(sum(bytes), 0) AS bytes FROM messages WHERE recipient = ? AND gone = 0',
  )
  const clear = db.prepare(
    'UPDATE messages SET gone = 1, bytes = 0 WHERE recipient = ? AND sender = ? AND id = ? AND gone = 0',
  )
  const old = db.prepare('SELECT recipient, sender, id FROM messages WHERE at <= ? ORDER BY recipient, at LIMIT ?')
  const drop = db.prepare('DELETE FROM messages WHERE recipient = ? AND sender = ? AND id = ?')
  return {
    has: ({ to, from, id }) => has.get(to, from, id) !== undefined,
    put: ({ to, from, id }, at, bytes) => void put.run(to, from, id, at, bytes),
    drop: ({ to, from, id }) => void drop.run(to, from, id),
    clear: ({ to, from, id }) => clear.run(to, from, id).changes > 0,
    isKnown: (did) => head.get(did) !== undefined,
    hasWritten: (from, to) => wrote.get(to, from) !== undefined,
    sentSince: (from, since) => Number(sent.get(from, since)?.['n']),
    sentToSince: (from, to, since) => Number(sentTo.get(to, from, since)?.['n']),
    held(to) {
      const row = held.get(to)
      return { count: Number(row?.['n']), bytes: Number(row?.['bytes']) }
    },
    until: (at, most) =>
      old.all(at, most).map((row) => ({
        to: row['recipient'] as Did,
        from: row['sender'] as Did,
        id: String(row['id']),
      })),
  }
}
