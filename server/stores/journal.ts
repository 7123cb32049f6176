/** The journal in SQLite, on the writer's connection. Rows are only ever added. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { textOf, utf8 } from '#domain/bytes.ts'
import type { Did } from '#domain/identity.ts'
import type { Verdict } from '#domain/notice.ts'
import type { Ranked, RecordId, RecordKind } from '#domain/record.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Journal, JournalRow } from './store.ts'

const page = 500

export function createJournal(db: DatabaseSync): Journal {
  const insert = db.prepare(`
    INSERT INTO journal (room, slot, seen, hash, did, kind, id, rev, updated_at, renewed_at, received_at,
                         verdict, refusals, rival, rules, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const last = db.prepare('SELECT seen FROM journal WHERE room = ? AND slot = ? ORDER BY seq DESC LIMIT 1')
  const best = db.prepare(`
    SELECT rev, updated_at AS updatedAt, hash FROM journal WHERE room = ? AND slot = ? AND verdict <> 'refused'
    ORDER BY rev DESC, updated_at DESC, hash DESC LIMIT 1`)
  const renewed = db.prepare(
    `SELECT renewed_at FROM journal WHERE id = ? AND hash = ? AND verdict <> 'refused' LIMIT 1`,
  )
  const accepted = db.prepare(
    `SELECT * FROM journal WHERE verdict = 'published' AND seq > ? ORDER BY seq LIMIT ${page}`,
  )

  return {
    append(judged) {
      const { room, slot, seen, hash, did, kind, id, rev, updatedAt, renewedAt, receivedAt } = judged
      const { verdict, rival, rules } = judged
      const names = [room, slot, seen, hash, did, kind, id] as const
      const outcome = [verdict, JSON.stringify(judged.refusals), rival, rules, utf8(judged.text)] as const
      const { lastInsertRowid } = insert.run(...names, rev, updatedAt, renewedAt, receivedAt, ...outcome)
      return { ...judged, seq: Number(lastInsertRowid) }
    },
    lastSeen: (room, slot) => last.get(room, slot)?.['seen'] as string | undefined,
    bestOf: (room, slot) => best.get(room, slot) as unknown as Ranked | undefined,
    renewedAtOf: (id, hash) => renewed.get(id, hash)?.['renewed_at'] as number | undefined,
    *published() {
      let rows: readonly JournalRow[]
      let seq = 0
      do {
        rows = accepted.all(seq).map(rowOf)
        yield* rows
        seq = rows.at(-1)?.seq ?? seq
      } while (rows.length === page)
    },
  }
}

/** What this program wrote itself needs no second check. */
export const rowOf = (row: Record<string, SQLOutputValue>): JournalRow => ({
  seq: Number(row['seq']),
  room: String(row['room']),
  slot: String(row['slot']),
  seen: String(row['seen']),
  hash: String(row['hash']),
  did: row['did'] as Did,
  kind: row['kind'] as RecordKind | null,
  id: row['id'] as RecordId | null,
  rev: row['rev'] as number | null,
  updatedAt: row['updated_at'] as number | null,
  renewedAt: row['renewed_at'] as number | null,
  receivedAt: Number(row['received_at']),
  verdict: row['verdict'] as Verdict,
  refusals: JSON.parse(String(row['refusals'])) as Refusal[],
  rival: row['rival'] as string | null,
  rules: Number(row['rules']),
  text: textOf(row['body'] as Uint8Array) ?? '',
})
