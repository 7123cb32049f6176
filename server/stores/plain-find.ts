/** Plain search over the words of all entries: what meets every need of a query. Of the operators of FTS5 a person can reach none: only tokens go in, each in quotes. */
import type { DatabaseSync } from 'node:sqlite'
import { groups } from '#domain/group.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import type { PlainFound } from '#domain/read-model.ts'
import { queryNeeds } from '#domain/text.ts'
import { lineColumns, lineOfRow } from './listing-line.ts'

export type PlainFind = (query: string, limit: number, now: number) => PlainFound

/**
 * Listings have numbers above nothing, what is printed has those below. Each question then reads one end of the list of a
 * word, from the newest back or up to nothing, however long it has grown.
 */
const spare = 4 // rows are numbered as they came, which is nearly the order of their dates

export function createPlainFind(db: DatabaseSync): PlainFind {
  const listings = db.prepare(`
    SELECT ${lineColumns} FROM listings WHERE live = 1 AND until >= ?2 AND id IN (
      SELECT f.id FROM find_words AS w JOIN finds AS f ON f.n = w.rowid
      WHERE w.find_words MATCH ?1 AND w.rowid > 0 ORDER BY w.rowid DESC LIMIT ?3)
    ORDER BY at DESC, id`)
  const printed = db.prepare(`
    SELECT f.printed FROM find_words AS w JOIN finds AS f ON f.n = w.rowid
    WHERE w.find_words MATCH ? AND w.rowid < 0`)
  return (query, limit, now) => {
    const match = matchOf(query)
    if (match === '') return { lines: [], printed: [], busy: false }
    const lines = listings
      .all(match, now, limit * spare)
      .slice(0, limit)
      .map(lineOfRow)
    const entries = printed.all(match).map((row) => JSON.parse(String(row['printed'])) as PrintedEntry)
    return { lines, printed: entries.sort(inGroups).slice(0, limit), busy: false }
  }
}

const matchOf = (query: string): string =>
  queryNeeds(query)
    .map(({ ways }) => `(${ways.map((tokens) => `(${tokens.map(quoted).join(' AND ')})`).join(' OR ')})`)
    .join(' AND ')

const quoted = (token: string): string => `"${token.replaceAll('"', '""')}"`

const inGroups = (a: PrintedEntry, b: PrintedEntry): number =>
  groups.indexOf(a.group) - groups.indexOf(b.group) || b.at - a.at || (a.id < b.id ? -1 : 1)
