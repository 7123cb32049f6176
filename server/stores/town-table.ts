/**
 * What moderators have written into the town's own pages. All acts are kept, in the order they came, so that when those of an erased
 * key go, what another wrote before counts again; of a name the act with the latest time counts.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Did } from '#domain/identity.ts'
import type { Envelope } from '#domain/record.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import { townIdOf, type TownEntryBody, type TownKind } from '#domain/town-entry.ts'
import { itemOf, printedItem, type TownEdit } from '#domain/town-pages.ts'
import type { TownAct } from '#domain/read-model.ts'
import type { JournalRow } from './store.ts'

export const townTables = ['town_entries'] as const
/** What an erased moderator took off stays off, and is in no journal any more. */
export const notOrphanedAct = "WHERE by <> ''"

const latest = 'ORDER BY at DESC, seq DESC LIMIT 1'
const counts = `seq = (SELECT o.seq FROM town_entries AS o WHERE o.id = t.id ${latest})`

export function createTownTable(db: DatabaseSync) {
  const put = db.prepare('INSERT INTO town_entries (seq, id, entry, by, at) VALUES (?, ?, ?, ?, ?)')
  const newest = db.prepare(`SELECT seq FROM town_entries WHERE id = ? ${latest}`)
  const ofKey = db.prepare('SELECT DISTINCT id FROM town_entries WHERE by = ?')
  const leave = db.prepare(`UPDATE town_entries SET by = '' WHERE by = ? AND entry IS NULL`)
  const drop = db.prepare('DELETE FROM town_entries WHERE by = ?')
  return {
    /** @returns the id, if this act counts now */
    put(envelope: Envelope, body: TownEntryBody, { seq, receivedAt }: JournalRow): readonly string[] {
      const id = townIdOf(body)
      const at = Math.min(envelope.updatedAt, receivedAt) // a clock ahead has the last word for no longer
      put.run(seq, id, body.entry && JSON.stringify(body.entry), envelope.author, at)
      return newest.get(id)?.['seq'] === seq ? [id] : []
    },
    /** His words go; what he took off is off without his name. @returns what he had written about */
    forget(did: Did): readonly string[] {
      const ids = ofKey.all(did).map(({ id }) => String(id))
      leave.run(did)
      drop.run(did)
      return ids
    },
  }
}

/** As search shows them, on whatever connection asks. */
export function createTownEntries(db: DatabaseSync) {
  const one = db.prepare(`SELECT id, entry FROM town_entries WHERE id = ? ${latest}`)
  const all = db.prepare(`SELECT id, entry FROM town_entries AS t WHERE ${counts} ORDER BY id`)
  const since = db.prepare('SELECT DISTINCT id FROM town_entries WHERE seq > ? ORDER BY id')
  return {
    one(id: string): PrintedEntry | undefined {
      const row = one.get(id)
      return row && printedOf(row)
    },
    all: (): readonly PrintedEntry[] => all.all().flatMap((row) => printedOf(row) ?? []),
    /** Also of what was taken off: what the site prints under these does not count. */
    ids: (): readonly string[] => all.all().map(({ id }) => String(id)),
    since: (seq: number): readonly string[] => since.all(seq).map(({ id }) => String(id)),
    /** What was taken off. */
    off: (): readonly string[] => all.all().flatMap(({ id, entry }) => (entry === null ? [String(id)] : [])),
  }
}

const bodyOf = ({ id, entry }: Record<string, SQLOutputValue>): TownEntryBody => {
  const [kind = '', name = ''] = String(id).split('/')
  return { kind: kind as TownKind, name, entry: entry === null ? null : JSON.parse(String(entry)) } as TownEntryBody
}

function printedOf(row: Record<string, SQLOutputValue>): PrintedEntry | undefined {
  const item = itemOf(bodyOf(row), undefined)
  return item && printedItem(item)
}

const mostActs = 400

/** As pages and moderators read it. */
export function createTownActs(db: DatabaseSync) {
  const all = db.prepare(`SELECT id, entry, at FROM town_entries AS t WHERE ${counts} ORDER BY seq`)
  const acts = db.prepare(`SELECT id, entry, at, by FROM town_entries ORDER BY seq DESC LIMIT ?`)
  const editOf = (row: Record<string, SQLOutputValue>): TownEdit => ({ body: bodyOf(row), at: Number(row['at']) })
  return {
    edits: (): readonly TownEdit[] => all.all().map(editOf),
    /** The last to come first. */
    acts: (limit = mostActs): readonly TownAct[] =>
      acts.all(limit).map((row) => ({ ...editOf(row), by: String(row['by']) })),
  }
}
