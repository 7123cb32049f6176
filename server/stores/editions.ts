/** Printed editions in SQLite, on the writer's connection: which is in force, what its entries were printed as, what changed since. */
import { join } from 'node:path'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { createGuideEntries } from './guide-entries.ts'
import { readPrinted, segmentPath } from './segment-file.ts'
import type { EditionInForce, EditionRow, Editions, PrintedAs } from './store.ts'
import { createTownEntries } from './town-table.ts'

/** @param folder of the segments; without one nothing is ever in force */
export function createEditions(db: DatabaseSync, folder?: string): Editions {
  const changes = createChanges(db)
  const guides = createGuideEntries(db)
  const written = createTownEntries(db)
  const liveIds = db.prepare('SELECT id FROM listings WHERE live = 1 AND until >= ? ORDER BY id')
  const retire = db.prepare('UPDATE editions SET replaced_at = ? WHERE replaced_at IS NULL')
  const put = createPut(db)
  const current = createCurrent(db)
  const unprinted: EditionInForce = {
    name: '0',
    printedAs: () => undefined,
    changed: (now) => [...liveIds.all(now).map(({ id }) => String(id)), ...guides.ids(), ...written.ids()],
  }
  let known: EditionInForce | undefined

  const open = (): EditionInForce => {
    const row = folder === undefined ? undefined : current()
    if (!folder || !row) return unprinted
    const printed = printedIn(folder, row)
    if (!printed) return unprinted // its files are gone: everything stands in the wire until the next print
    const { seq, printedAt } = row
    return {
      name: row.edition,
      printedAs: (id) => printed.get(id),
      changed: (now) => [...changes(seq, printedAt, now), ...guides.since(seq), ...written.since(seq)],
    }
  }
  return {
    inForce: () => (known ??= open()),
    replace(row, now) {
      retire.run(now)
      put(row)
      known = undefined
    },
    forget: () => void (known = undefined),
  }
}

/** Entries of base and delta by id, without those of the base that the delta calls dead. */
function printedIn(folder: string, { base, delta }: EditionRow): ReadonlyMap<string, PrintedAs> | undefined {
  try {
    const all = new Map(readPrinted(join(folder, segmentPath(base))).printed)
    if (delta === null) return all
    const { printed, dead } = readPrinted(join(folder, segmentPath(delta)))
    for (const [id, { ordinal }] of all) if (dead.has(ordinal)) all.delete(id)
    for (const [id, as] of printed) all.set(id, as)
    return all
  } catch {
    return undefined
  }
}

/** Listings with a revision after `seq` or a label that hid or showed them since, or whose end lies between the two times. */
export function createChanges(db: DatabaseSync): (seq: number, from: number, to: number) => readonly string[] {
  const revised = db.prepare(
    `SELECT DISTINCT id FROM journal WHERE seq > ? AND verdict <> 'refused' AND kind = 'listing'`,
  )
  const moderated = db.prepare('SELECT id FROM held JOIN listings USING (id) WHERE held.seq > ?')
  const ended = db.prepare('SELECT id FROM listings WHERE live = 1 AND until >= ? AND until < ?')
  return (seq, from, to) =>
    [
      ...new Set([...revised.all(seq), ...moderated.all(seq), ...ended.all(from, to)].map(({ id }) => String(id))),
    ].sort()
}

const columns =
  'edition, base, delta, seq, printed_at, base_seq, base_at, entries, base_entries, bytes, site_hash' as const

function createPut(db: DatabaseSync) {
  const put = db.prepare(`INSERT OR REPLACE INTO editions (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  return ({
    edition,
    base,
    delta,
    seq,
    printedAt,
    baseSeq,
    baseAt,
    entries,
    baseEntries,
    bytes,
    siteHash,
  }: EditionRow) =>
    void put.run(edition, base, delta, seq, printedAt, baseSeq, baseAt, entries, baseEntries, bytes, siteHash)
}

export function createCurrent(db: DatabaseSync): () => EditionRow | undefined {
  const get = db.prepare(`SELECT ${columns} FROM editions WHERE replaced_at IS NULL AND dropped_at IS NULL`)
  return () => {
    const row = get.get()
    return row && rowOf(row)
  }
}

export const rowOf = (row: Record<string, SQLOutputValue>): EditionRow => ({
  edition: String(row['edition']),
  base: String(row['base']),
  delta: row['delta'] as string | null,
  seq: Number(row['seq']),
  printedAt: Number(row['printed_at']),
  baseSeq: Number(row['base_seq']),
  baseAt: Number(row['base_at']),
  entries: Number(row['entries']),
  baseEntries: Number(row['base_entries']),
  bytes: Number(row['bytes']),
  siteHash: String(row['site_hash']),
})
export const editionColumns = columns
