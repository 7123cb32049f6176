/** Reports as they are kept: one for each key, or network without one, and subject. Not in the journal, and shown to moderators alone. */
import { createHmac, randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Did } from '#domain/identity.ts'
import type { ReportForm } from '#domain/report.ts'
import { dayMs } from '#domain/time.ts'

export interface Report extends ReportForm {
  readonly subject: string
  /** Of the key that signed it; undefined without one. */
  readonly did: string | undefined
  readonly network: string
  /** ms */
  readonly at: number
}
/** `again`: this key has reported it before, and one is enough. */
export type Reported = 'taken' | 'again' | 'not-found'

const keptDays = 180

/** On the writer's connection. A network is kept as a mark that tells no address. */
export function createReportTable(db: DatabaseSync) {
  const secret = secretOf(db)
  const author = db.prepare(`
    SELECT author FROM listings WHERE id = ?1 UNION ALL SELECT owner AS author FROM guides WHERE id = ?1`)
  const put = db.prepare(`
    INSERT INTO reports (subject, by, did, reason, text, at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (subject, by) DO NOTHING`)
  const object = db.prepare(`
    INSERT OR REPLACE INTO reports (subject, by, did, reason, text, at) VALUES (?, ?, ?, 'objection', ?, ?)`)
  const forget = db.prepare('DELETE FROM reports WHERE at < ?')
  return {
    put({ subject, did, network, reason, text, at }: Report): Reported {
      const row = author.get(subject)
      const isOwn = did !== undefined && (row?.['author'] === did || subject === did)
      if (!row && !isOwn) return 'not-found'
      forget.run(at - keptDays * dayMs)
      if (isOwn) object.run(subject, did, did, text, at) // what somebody says for himself counts as it stands now
      if (isOwn) return 'taken'
      const mark = createHmac('sha256', secret).update(network).digest('base64url').slice(0, 22)
      const { changes } = put.run(
        subject,
        did ?? mark,
        did ?? null,
        reason === 'objection' ? 'other' : reason,
        text,
        at,
      )
      return changes === 1 ? 'taken' : 'again'
    },
  }
}

/** Keys that have reported something, to be told what became of it. */
export function createReporters(db: DatabaseSync): (subject: string) => readonly Did[] {
  const all = db.prepare(`
    SELECT did FROM reports WHERE subject = ? AND did IS NOT NULL AND reason <> 'objection' ORDER BY at LIMIT ${mostAnswered}`)
  return (subject) => all.all(subject).map(({ did }) => did as Did)
}
const mostAnswered = 200

function secretOf(db: DatabaseSync): string {
  db.prepare(`INSERT OR IGNORE INTO meta (key, value) VALUES ('report_secret', ?)`).run(
    randomBytes(32).toString('base64url'),
  )
  return String(db.prepare(`SELECT value FROM meta WHERE key = 'report_secret'`).get()?.['value'])
}
