/** What can be found, as it is written: a row with the tokens, cut once, and the words that plain search asks. */
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Town } from '#domain/listing.ts'
import { isPrinted, tokensOf, type PrintedEntry } from '#domain/search-entry.ts'
import { textTokens, titleTokens } from '#domain/text.ts'
import type { FindTable } from './store.ts'

export function createFindTable(db: DatabaseSync, town: Town): FindTable {
  const words = createWords(db)
  const find = db.prepare('SELECT n, at, title, text, labels FROM finds WHERE id = ?')
  const insert = db.prepare('INSERT INTO finds (n, id, at, printed, title, text, labels) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const least = db.prepare('SELECT min(n) AS n FROM finds')
  const update = db.prepare('UPDATE finds SET printed = ?, title = ?, text = ?, labels = ? WHERE n = ?')
  const remove = db.prepare('DELETE FROM finds WHERE n = ?')
  const allPrinted = db.prepare('SELECT printed FROM finds WHERE printed IS NOT NULL ORDER BY id')
  const recall = db.prepare('SELECT value FROM meta WHERE key = ?')
  const remember = db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)')
  const cut = cutOf(town)

  return {
    put(id, entry) {
      const before = find.get(id) as unknown as Row | undefined
      if (before) words.remove(before)
      if (!entry) return void (before && remove.run(before.n))
      const tokens = tokensOf(entry, town)
      const row = [tokens.title.join(' '), tokens.text.join(' '), tokens.labels.join(' ')] as const
      const printed = isPrinted(entry) ? JSON.stringify(entry) : null
      if (before?.at === entry.at) {
        update.run(printed, ...row, before.n)
        return words.add(before.n, row)
      }
      if (before) remove.run(before.n) // a new number: plain search looks from the newest back
      const n = printed === null ? null : Math.min(Number(least.get()?.['n'] ?? 0), 0) - 1 // below all listings, see plain-find.ts
      words.add(Number(insert.run(n, id, entry.at, printed, ...row).lastInsertRowid), row)
    },
    printed: () => allPrinted.all().map((row) => JSON.parse(String(row['printed'])) as PrintedEntry),
    sweptTo() {
      if (recall.get('finds-cut')?.['value'] !== cut) return undefined
      const at = recall.get('finds-swept')?.['value']
      return at === undefined ? undefined : Number(at)
    },
    swept(at) {
      remember.run('finds-cut', cut)
      remember.run('finds-swept', String(at))
    },
    clear: () => clearFinds(db),
  }
}

/** The next start fills them anew. */
export function clearFinds(db: DatabaseSync): void {
  db.exec(`INSERT INTO find_words (find_words) VALUES ('delete-all')`)
  db.exec(`DELETE FROM finds; DELETE FROM meta WHERE key = 'finds-swept'`)
}

interface Row {
  readonly n: number
  readonly at: number
  readonly title: string
  readonly text: string
  readonly labels: string
}

function createWords(db: DatabaseSync) {
  const add = db.prepare('INSERT INTO find_words (rowid, title, text, labels) VALUES (?, ?, ?, ?)')
  const remove = db.prepare(`
    INSERT INTO find_words (find_words, rowid, title, text, labels) VALUES ('delete', ?, ?, ?, ?)`)
  return {
    add: (n: number, row: readonly [string, string, string]): void => void add.run(n, ...row),
    remove: ({ n, title, text, labels }: Row): void => void remove.run(n, title, text, labels),
  }
}

const formatVersion = 2

/** Names how tokens are cut and what labels say: a program that cuts the town's own words otherwise cuts everything otherwise. */
function cutOf(town: Town): string {
  const words = JSON.stringify(town)
  const cut = JSON.stringify([formatVersion, words, titleTokens(words), textTokens(words)])
  return createHash('sha256').update(cut).digest('hex')
}
