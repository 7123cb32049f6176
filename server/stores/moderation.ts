/** What moderators have decided, as pages, copies and they themselves read it, over a read-only connection. */
import type { DatabaseSync } from 'node:sqlite'
import type { Decision } from '#domain/label.ts'
import { decisionsPerPage, type DecisionPage } from '#domain/read-model.ts'
import { createTownEntries } from './town-table.ts'
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

/** Ids of all that is hidden or taken off the town's own pages, for what was printed. */
export function createHiddenIds(db: DatabaseSync): () => readonly string[] {
  const all = db.prepare('SELECT id FROM held WHERE label IS NOT NULL ORDER BY id')
  const written = createTownEntries(db)
  return () => [...all.all().map(({ id }) => String(id)), ...written.off()]
}
