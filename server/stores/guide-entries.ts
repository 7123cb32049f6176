/** Guides of businesses as search shows them, on whatever connection asks. The name is the one the business goes by now. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { PrintedEntry } from '#domain/search-entry.ts'

export function createGuideEntries(db: DatabaseSync) {
  const columns =
    'g.id, g.at, g.title, g.summary, g.words, p.name FROM guides AS g LEFT JOIN profiles AS p ON p.did = g.owner'
  const one = db.prepare(`SELECT ${columns} WHERE g.id = ? AND g.live = 1`)
  const all = db.prepare(`SELECT ${columns} WHERE g.live = 1 ORDER BY g.at DESC, g.id`)
  const ids = db.prepare('SELECT id FROM guides WHERE live = 1 ORDER BY at, id')
  const since = db.prepare(
    'SELECT id FROM guides WHERE seq > ?1 OR id IN (SELECT id FROM held WHERE seq > ?1) ORDER BY id',
  )
  return {
    one(id: string): PrintedEntry | undefined {
      const row = one.get(id)
      return row && entryOf(row)
    },
    all: (): readonly PrintedEntry[] => all.all().map(entryOf),
    ids: (): readonly string[] => ids.all().map((row) => String(row['id'])),
    /** With a version, or a label, after this row of the journal. */
    since: (seq: number): readonly string[] => since.all(seq).map((row) => String(row['id'])),
  }
}

function entryOf(row: Record<string, SQLOutputValue>): PrintedEntry {
  const [title, summary, words] = [String(row['title']), String(row['summary']), String(row['words'])]
  return {
    id: String(row['id']),
    group: 'guide',
    words: { 'zh-Hans': { title, text: `${summary} ${words}` } },
    href: `/guides/u/${String(row['id'])}`,
    by: String(row['name'] ?? ''),
    at: Number(row['at']),
  }
}
