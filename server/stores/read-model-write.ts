/**
 * The writing side of the read model: one journal row after the other, each with its verdict. The projector and the
 * replay both come through `apply`, and nothing in it reads a clock, so the same rows give the same read model.
 */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { entryOf, lineOf } from '#domain/entry.ts'
import type { DelegationBody } from '#domain/delegation.ts'
import type { Did } from '#domain/identity.ts'
import type { EndBody } from '#domain/key-end.ts'
import type { LabelBody } from '#domain/label.ts'
import type { ListingBody } from '#domain/listing.ts'
import type { ProfileBody } from '#domain/profile.ts'
import type { GuideBody } from '#domain/published-guide.ts'
import { isTownId, type TownEntryBody } from '#domain/town-entry.ts'
import { compareRevisions, type Envelope, type RecordId, type RecordKind } from '#domain/record.ts'
import { lineColumns, lineOfRow, longestLifeMs } from './listing-line.ts'
import { createListingTable } from './listing-table.ts'
import { createEndTable, endTables } from './ends.ts'
import { createGuideEntries } from './guide-entries.ts'
import { createGuideTable, guideTables } from './guide-table.ts'
import { createKeyRecord } from './key-record.ts'
import { createLabelTable, labelTables, notOrphaned } from './label-table.ts'
import { createSketchTable } from './sketch-table.ts'
import { createTownEntries, createTownTable, notOrphanedAct, townTables } from './town-table.ts'
import type { Changed, Head, JournalRow, ReadModelWriter } from './store.ts'

/** What replay makes again, in an order that can be emptied. */
export const readModelTables = [
  'heads',
  'listings',
  'profiles',
  'prices',
  'tallies',
  'photos',
  'sketches',
  ...guideTables,
  ...labelTables,
  ...endTables,
  ...townTables,
] as const

/** Rows that follow from no journal any more, and stay. */
const notFollowing: Readonly<Partial<Record<(typeof readModelTables)[number], string>>> = {
  labels: notOrphaned,
  town_entries: notOrphanedAct,
}

export function createReadModelWriter(db: DatabaseSync): ReadModelWriter {
  const heads = createHeadTable(db)
  const labels = createLabelTable(db)
  const listings = createListingTable(db, labels)
  const guides = createGuideTable(db, labels)
  const ends = createEndTable(db)
  const townTable = createTownTable(db)
  const putProfile = db.prepare(`
    INSERT INTO profiles (did, name, poster, sample, business) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (did) DO UPDATE SET name = excluded.name, poster = excluded.poster, sample = excluded.sample,
      business = excluded.business`)

  /** All that a label hides or shows again; told when it is the label that counts. */
  const applyLabel = (envelope: Envelope, row: JournalRow): Changed => {
    const decision = labels.put(envelope, envelope.body as unknown as LabelBody, row)
    if (!decision) return nothing
    const { id, kind } = decision.subject
    const all = labels.heldBy(id, kind)
    const categories = all.flatMap((one) => {
      const isHidden = labels.isHidden(one.id, one.author, row.seq)
      const isGone = isHidden || ends.isEnded(one.author)
      guides.shown(one.id, isGone)
      return listings.shown(one.id, isGone)
    })
    const tells = kind === 'key' ? (id as Did) : all[0]?.author
    return { found: all.map((one) => one.id), categories, labelled: { decision, tells, text: row.text } }
  }

  /** All that the key has published is over. */
  const applyEnd = (envelope: Envelope, row: JournalRow): Changed => {
    const found = ends.put(envelope, envelope.body as unknown as EndBody, row)
    for (const id of found) guides.shown(id, true)
    return { found, categories: found.flatMap((id) => listings.shown(id, true)) }
  }

  return {
    headOf: heads.of,
    apply(row) {
      const envelope = envelopeOf(row)
      const before = heads.of(envelope.id)
      const next = headAfter(before, envelope, row)
      if (before && compareRevisions(before, next) >= 0) return nothing
      heads.put(next, row)
      switch (envelope.kind) {
        case 'listing': {
          const body = envelope.body as unknown as ListingBody
          const line = lineOf({ envelope, hash: row.hash, text: row.text }, body, next.receivedAt)
          const { seq, receivedAt } = row
          return {
            found: [row.id ?? ''],
            categories: listings.put(line, body, { seq, receivedAt, updatedAt: envelope.updatedAt }),
          }
        }
        case 'guide': {
          const body = envelope.body as unknown as GuideBody
          guides.putGuide(envelope, body, row)
          return { found: [body.guide], categories: [] }
        }
        case 'label':
          return applyLabel(envelope, row)
        case 'end':
          return applyEnd(envelope, row)
        case 'town-entry':
          return { found: townTable.put(envelope, envelope.body as unknown as TownEntryBody, row), categories: [] }
        case 'delegation':
          guides.putDelegation(envelope, envelope.body as unknown as DelegationBody)
          return nothing
        case 'profile': {
          const { name, poster, sample, business } = envelope.body as unknown as ProfileBody
          putProfile.run(envelope.author, name, poster, sample ? 1 : 0, business ? JSON.stringify(business) : null)
          return nothing
        }
      }
    },
    guideStanding: guides.standing,
    delegationsOf: guides.given,
    blockOf: labels.blockOf,
    isEnded: ends.isEnded,
    keyRecord: createKeyRecord(db),
    sketchesOf: createSketchTable(db).of,
    clear: () => readModelTables.forEach((table) => db.exec(`DELETE FROM ${table} ${notFollowing[table] ?? ''}`)),
    ...createLiveQueries(db),
  }
}

const nothing: Changed = { found: [], categories: [] }

/** The verdict stands, so the bytes are those of a record that was opened and read by its schema once. */
const envelopeOf = ({ text }: JournalRow): Envelope => JSON.parse(text.slice(text.indexOf('.') + 1)) as Envelope

/**
 * Validity runs from the relay's receipt of the revision that moved `renewedAt`. An edit keeps that receipt, and so
 * does a revision from a device that had not yet seen the newest renewal.
 */
function headAfter(before: Head | undefined, envelope: Envelope, { slot, hash, receivedAt }: JournalRow): Head {
  const { id, kind, author, rev, prev, updatedAt, renewedAt } = envelope
  const renewal = before && renewedAt <= before.renewedAt ? before : { renewedAt, receivedAt }
  const span = { renewedAt: renewal.renewedAt, receivedAt: renewal.receivedAt }
  return { id, kind, author, slot, rev, prev, updatedAt, hash, ...span }
}

function createHeadTable(db: DatabaseSync) {
  const get = db.prepare('SELECT * FROM heads WHERE id = ?')
  const put = db.prepare(`
    INSERT INTO heads (id, kind, author, slot, seq, rev, updated_at, hash, prev, renewed_at, received_at, first_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET slot = excluded.slot, seq = excluded.seq, rev = excluded.rev,
      updated_at = excluded.updated_at, hash = excluded.hash, prev = excluded.prev,
      renewed_at = excluded.renewed_at, received_at = excluded.received_at`)
  return {
    of(id: RecordId): Head | undefined {
      const row = get.get(id)
      return row && headOfRow(row)
    },
    put({ id, kind, author, slot, rev, updatedAt, hash, prev, renewedAt, receivedAt }: Head, row: JournalRow): void {
      const names = [id, kind, author, slot, row.seq] as const
      put.run(...names, rev, updatedAt, hash, prev, renewedAt, receivedAt, row.receivedAt)
    },
  }
}

const headOfRow = (row: Record<string, SQLOutputValue>): Head => ({
  id: row['id'] as RecordId,
  kind: row['kind'] as RecordKind,
  author: row['author'] as Did,
  slot: String(row['slot']),
  rev: Number(row['rev']),
  updatedAt: Number(row['updated_at']),
  hash: String(row['hash']),
  prev: row['prev'] as string | null,
  renewedAt: Number(row['renewed_at']),
  receivedAt: Number(row['received_at']),
})

/** What the rooms written by the relay are made from. */
function createLiveQueries(
  db: DatabaseSync,
): Pick<ReadModelWriter, 'isLive' | 'liveOf' | 'liveEntry' | 'liveIds' | 'townIds' | 'newest' | 'ranOut'> {
  const guides = createGuideEntries(db)
  const written = createTownEntries(db)
  const live = 'live = 1 AND until >= ?'
  const one = db.prepare(`SELECT ${lineColumns}, body FROM listings WHERE id = ? AND ${live}`)
  const ofAuthor = db.prepare(`SELECT count(*) AS n FROM listings WHERE author = ? AND ${live}`)
  const ids = db.prepare(`SELECT id FROM listings WHERE ${live} ORDER BY at, id`)
  const order = 'at >= ? ORDER BY at DESC, id LIMIT ?'
  const all = db.prepare(`SELECT ${lineColumns} FROM listings WHERE ${live} AND ${order}`)
  const some = db.prepare(`SELECT ${lineColumns} FROM listings WHERE category = ? AND ${live} AND ${order}`)
  const ended = db.prepare(`
    SELECT id, category FROM listings WHERE live = 1 AND until >= ? AND until < ?`)
  return {
    isLive: (id, now) => one.get(id, now) !== undefined,
    liveOf: (author, now) => Number(ofAuthor.get(author, now)?.['n']),
    liveEntry(id, now) {
      const row = one.get(id, now)
      if (!row) return isTownId(id) ? written.one(id) : guides.one(id)
      return entryOf(lineOfRow(row), JSON.parse(String(row['body'])) as ListingBody)
    },
    liveIds: (now) => [...ids.all(now).map((row) => String(row['id'])), ...guides.ids(), ...written.ids()],
    townIds: () => new Set(written.ids()),
    newest(category, limit, now) {
      const bounds = [now, now - longestLifeMs, limit] as const
      return (category === undefined ? all.all(...bounds) : some.all(category, ...bounds)).map(lineOfRow)
    },
    ranOut: (from, to) =>
      ended.all(from, to).map(({ id, category }) => ({ id: String(id), category: String(category) })),
  }
}
