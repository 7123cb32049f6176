/** What moderators have decided, as pages, copies and they themselves read it, over a read-only connection. */
import type { DatabaseSync } from 'node:sqlite'
import { isKeptLabel, labelDays, type Decision } from '#domain/label.ts'
import { decisionsPerPage, type DecisionPage } from '#domain/read-model.ts'
import { dayMs } from '#domain/time.ts'
import { decisionColumns, decisionOf, latestLabel } from './label-table.ts'

export function createDecisions(db: DatabaseSync) {
  const held = db.prepare(`SELECT ${decisionColumns} FROM held AS h JOIN labels AS l ON l.seq = h.label WHERE h.id = ?`)
  const ofKey = db.prepare(latestLabel('?'))
  const count = db.prepare('SELECT count(*) AS n FROM labels')
  const some = db.prepare(`SELECT ${decisionColumns} FROM labels AS l ORDER BY l.seq DESC LIMIT ? OFFSET ?`)
  return {
    removed(id: string): Decision | undefined {
      const row = id.startsWith('did:') ? ofKey.get(id) : held.get(id)
      return row && row['action'] !== 'restore' ? decisionOf(row) : undefined
    },
    page(asked: number): DecisionPage {
      const total = Number(count.get()?.['n'])
      const pages = Math.max(1, Math.ceil(total / decisionsPerPage))
      const page = Math.min(pages, Math.max(1, Math.floor(asked) || 1))
      const decisions = some.all(decisionsPerPage, (page - 1) * decisionsPerPage).map(decisionOf)
      return { decisions, total, page, pages }
    },
  }
}

/** Ids of what is hidden: all, for what was printed; those of 90 days, for whoever keeps copies. */
export function createHidden(db: DatabaseSync) {
  const all = db.prepare('SELECT h.id, l.at FROM held AS h JOIN labels AS l ON l.seq = h.label ORDER BY h.id')
  const version = db.prepare('SELECT max(seq) AS seq, count(label) AS n FROM held')
  return {
    all: (): readonly string[] => all.all().map(({ id }) => String(id)),
    kept: (now: number): readonly string[] =>
      all.all().flatMap(({ id, at }) => (isKeptLabel(Number(at), now) ? [String(id)] : [])),
    /** Changes whenever the short list may have. */
    tag(now: number): string {
      const row = version.get()
      return [row?.['seq'] ?? 0, row?.['n'], Math.floor(now / dayMs) % labelDays].join('-')
    },
  }
}
