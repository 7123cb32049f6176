/** What waits for a moderator: reports newer than the last decision, objections to it, and hidden listings that were changed since. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { textOf } from '#domain/bytes.ts'
import type { QueueItem, QueuePage } from '#domain/queue.ts'
import type { Envelope } from '#domain/record.ts'
import { weightOf, type ReportForm } from '#domain/report.ts'
import { createKeyRecord } from './key-record.ts'
import { decisionOf, latestLabel } from './label-table.ts'

const mostSubjects = 100
const mostTold = 20

export function createQueue(db: DatabaseSync): (now: number) => QueuePage {
  const latestAt = (subject: string) =>
    `coalesce((SELECT l.at FROM labels AS l WHERE l.subject = ${subject} ORDER BY l.at DESC, l.seq DESC LIMIT 1), 0)`
  const reported = db.prepare(`
    SELECT subject, count(*) AS n FROM reports AS r
    WHERE r.at > ${latestAt('r.subject')} AND (r.reason <> 'objection' OR ${latestAt('r.subject')} > 0)
    GROUP BY subject ORDER BY n DESC, subject`)
  const changed = db.prepare(`
    SELECT h.id AS subject FROM held AS x JOIN heads AS h ON h.id = x.id JOIN labels AS l ON l.seq = x.label
    WHERE l.action = 'hide' AND h.seq > l.seq AND h.seq > x.seq`)
  const reports = db.prepare(`
    SELECT did, reason, text, at FROM reports WHERE subject = ? AND at > ? ORDER BY reason <> 'objection', at`)
  const label = db.prepare(latestLabel('?', ''))
  const shown = createShown(db)
  const since = db.prepare('SELECT min(first_at) AS since FROM heads WHERE author = ?')
  const recordOf = createKeyRecord(db)

  const weigh = (did: string | null, now: number): number => {
    if (did === null) return 1
    const first = since.get(did)?.['since']
    return weightOf({ since: typeof first === 'number' ? first : undefined, ...recordOf(did, now) }, now)
  }
  const itemOf = (subject: string, now: number): readonly QueueItem[] => {
    const decided = label.get(subject)
    const what = shown(subject)
    if (!what) return []
    const told = reports.all(subject, Number(decided?.['at'] ?? 0)).map((row) => ({
      reason: row['reason'] as ReportForm['reason'],
      text: String(row['text']),
      at: Number(row['at']),
      weight: row['reason'] === 'objection' ? 0 : weigh(row['did'] as string | null, now),
    }))
    const weight = told.reduce((sum, one) => sum + one.weight, 0)
    const decision = decided && decisionOf(decided)
    return [{ ...what, weight, reports: told.slice(0, mostTold), count: told.length, decision, isChanged: false }]
  }
  return (now) => {
    const mended = new Set(changed.all().map((row) => String(row['subject'])))
    const subjects = [...new Set([...reported.all().map((row) => String(row['subject'])), ...mended])]
    const items = subjects
      .flatMap((subject) => itemOf(subject, now))
      .map((item) => ({ ...item, isChanged: mended.has(item.subject.id) }))
      .sort((a, b) => b.weight - a.weight || (a.subject.id < b.subject.id ? -1 : 1))
    return { at: now, items: items.slice(0, mostSubjects), more: Math.max(0, items.length - mostSubjects) }
  }
}

type Shown = Pick<QueueItem, 'subject' | 'author' | 'title' | 'text' | 'category' | 'isHidden'>

/** As it stands now, hidden or not. */
function createShown(db: DatabaseSync): (id: string) => Shown | undefined {
  const isHeld = (id: string) =>
    `EXISTS (SELECT 1 FROM held WHERE held.id = ${id} AND held.label IS NOT NULL) AS hidden`
  const listing = db.prepare(
    `SELECT author, category, title, body, ${isHeld('listings.id')} FROM listings WHERE id = ?`,
  )
  const guide = db.prepare(`
    SELECT g.owner AS author, g.title, g.summary, j.body, ${isHeld('g.id')}
    FROM guides AS g JOIN journal AS j ON j.seq = g.seq WHERE g.id = ?`)
  const profile = db.prepare('SELECT name FROM profiles WHERE did = ?')
  const said = (row: Record<string, SQLOutputValue>) => ({
    author: String(row['author']),
    title: String(row['title']),
    isHidden: row['hidden'] === 1,
  })
  return (id) => {
    if (id.startsWith('did:')) {
      const title = String(profile.get(id)?.['name'] ?? '')
      return { subject: { kind: 'key', id }, author: id, title, text: '', category: undefined, isHidden: true }
    }
    const found = listing.get(id)
    if (found) {
      const { text } = JSON.parse(String(found['body'])) as { readonly text: string }
      return { subject: { kind: 'listing', id }, ...said(found), text, category: String(found['category']) }
    }
    const row = guide.get(id)
    if (!row) return undefined
    const record = textOf(row['body'] as Uint8Array) ?? ''
    const { body } = JSON.parse(record.slice(record.indexOf('.') + 1)) as Envelope
    const text = `${String(row['summary'])}\n\n${wordsIn(body['text'])}`.slice(0, 4000)
    return { subject: { kind: 'guide', id }, ...said(row), text, category: undefined }
  }
}

/** All text of a rich text, in its order. */
function wordsIn(node: unknown): string {
  if (typeof node !== 'object' || node === null) return ''
  const { text, content } = node as { readonly text?: unknown; readonly content?: unknown }
  if (typeof text === 'string') return text
  return Array.isArray(content) ? content.map(wordsIn).filter(Boolean).join('\n') : ''
}
