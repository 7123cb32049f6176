/** Moderators' labels as they are written, and what follows from them: which listings and guides are hidden, and by which label. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Did } from '#domain/identity.ts'
import type { Decision, HouseRuleId, LabelAction, LabelBody, SubjectKind } from '#domain/label.ts'
import type { Envelope } from '#domain/record.ts'
import type { JournalRow } from './store.ts'

export const labelTables = ['labels', 'held'] as const
/** What a moderator decided who had himself erased is in no journal any more, and stands. */
export const notOrphaned = "WHERE by <> ''"

export const decisionColumns = 'l.seq, l.subject, l.kind, l.action, l.rule, l.reason, l.at'
/** The latest label of a subject, whenever each of them came; a warning leaves what was decided as it is. */
export const latestLabel = (subject: string, but = "AND l.action <> 'warn'"): string => `
  SELECT ${decisionColumns} FROM labels AS l WHERE l.subject = ${subject} ${but} ORDER BY l.at DESC, l.seq DESC LIMIT 1`

export const notHeld = (id: string): string =>
  `NOT EXISTS (SELECT 1 FROM held WHERE held.id = ${id} AND held.label IS NOT NULL)`

export function createLabelTable(db: DatabaseSync) {
  const put = db.prepare(`
    INSERT INTO labels (seq, subject, kind, action, rule, reason, by, at, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const newest = db.prepare('SELECT seq FROM labels WHERE subject = ? ORDER BY at DESC, seq DESC LIMIT 1')
  const deciding = db.prepare(latestLabel('?'))
  const labelOf = db.prepare('SELECT label FROM held WHERE id = ?')
  const hold = db.prepare('INSERT OR REPLACE INTO held (id, label, seq) VALUES (?, ?, ?)')
  const ofKey = db.prepare(`
    SELECT id, author FROM listings WHERE author = ?1 UNION ALL SELECT id, owner AS author FROM guides WHERE owner = ?1`)
  const one = db.prepare(`
    SELECT id, author FROM listings WHERE id = ?1 UNION ALL SELECT id, owner AS author FROM guides WHERE id = ?1`)
  const labelIf = (subject: string, action: LabelAction): number | null => {
    const row = deciding.get(subject)
    return row?.['action'] === action ? Number(row['seq']) : null
  }
  return {
    /** @returns the decision, if it counts now */
    put(envelope: Envelope, body: LabelBody, { seq, receivedAt, hash }: JournalRow): Decision | undefined {
      const { subject, action, rule, reason } = body
      const at = Math.min(envelope.updatedAt, receivedAt) // a clock ahead decides nothing for longer
      put.run(seq, subject.id, subject.kind, action, rule, reason, envelope.author, at, hash)
      return newest.get(subject.id)?.['seq'] === seq ? { subject, action, rule, reason, at } : undefined
    },
    /** Everything a subject stands for: itself, or all that a key has published. */
    heldBy: (subject: string, kind: SubjectKind): readonly { readonly id: string; readonly author: Did }[] =>
      (kind === 'key' ? ofKey : one).all(subject) as unknown as { id: string; author: Did }[],
    /** Whether it is hidden, by its own label or its author's; written down, so that others need not ask the labels. */
    isHidden(id: string, author: string, seq: number): boolean {
      const label = labelIf(id, 'hide') ?? labelIf(author, 'block')
      const before = (labelOf.get(id)?.['label'] ?? null) as number | null
      if (label !== before) hold.run(id, label, seq)
      return label !== null
    },
    blockOf(did: Did): Decision | undefined {
      const row = deciding.get(did)
      return row?.['action'] === 'block' ? decisionOf(row) : undefined
    },
  }
}

export const decisionOf = (row: Record<string, SQLOutputValue>): Decision => ({
  subject: { kind: row['kind'] as SubjectKind, id: String(row['subject']) },
  action: row['action'] as LabelAction,
  rule: row['rule'] as HouseRuleId,
  reason: String(row['reason']),
  at: Number(row['at']),
})
