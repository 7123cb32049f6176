/**
 * The end of a key, on the writer's connection. A row says what is under way, so that an end that was cut off goes on at the
 * next start; of what is done it keeps a hash of the key, by which the same key is known when it writes again, and for 90 days the ids of
 * what is gone, which are hashes: readers are told, to drop their copies.
 */
import { createHash } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { ErasureStep } from '#domain/erasure.ts'
import type { Did } from '#domain/identity.ts'
import { labelDays } from '#domain/label.ts'
import { dayMs } from '#domain/time.ts'
import { forgetModerator, labelledBy, reasonsOf } from './hidden-file.ts'
import { rowOf } from './journal.ts'
import { createLabelTable } from './label-table.ts'
import { createListingTable } from './listing-table.ts'
import { sentNameOf } from './sent.ts'
import { ofRoom, type SqliteCore } from './sqlite.ts'
import type { Changed, Erasures, JournalRow, ReadModelWriter } from './store.ts'
import { createTownTable } from './town-table.ts'

/** As `erasureMarkOf`, but at once. */
const markOf = (did: Did): string => createHash('sha256').update(`erased\n${did}`).digest('hex')

/** Also for a read-only connection. */
export function createIsErased(db: DatabaseSync): (did: Did) => boolean {
  const get = db.prepare('SELECT 1 FROM erasures WHERE mark = ?')
  return (did) => get.get(markOf(did)) !== undefined
}

export function createStepOf(db: DatabaseSync): (mark: string) => ErasureStep | undefined {
  const get = db.prepare('SELECT step FROM erasures WHERE mark = ?')
  return (mark) => get.get(mark)?.['step'] as ErasureStep | undefined
}

export interface UnderWay {
  readonly n: number
  /** Gone from the row when only the log is left. */
  readonly did: Did | undefined
  readonly ids: readonly string[]
  readonly step: ErasureStep
}

export function createUnderWay(db: DatabaseSync): () => readonly UnderWay[] {
  const all = db.prepare(`SELECT n, did, ids, step FROM erasures WHERE step <> 'done' ORDER BY n`)
  return () =>
    all.all().map((row) => ({
      n: Number(row['n']),
      did: (row['did'] ?? undefined) as Did | undefined,
      ids: JSON.parse(String(row['ids'] ?? '[]')) as string[],
      step: row['step'] as ErasureStep,
    }))
}

type Apply = Pick<ReadModelWriter, 'apply'>

export function createErasures(core: SqliteCore, model: Apply): Erasures {
  const { db } = core
  const listings = createListingTable(db, createLabelTable(db))
  const guides = createGuideErasure(db, model)
  const townTable = createTownTable(db)
  const ofAuthor = db.prepare('SELECT id FROM listings WHERE author = ?')
  /** What stands beside the key's entries, while they are still there. What it wrote to others is theirs. */
  const beside = [
    `DELETE FROM photos WHERE id IN (SELECT id FROM listings WHERE author = ?1)`,
    `DELETE FROM held WHERE id IN (SELECT id FROM listings WHERE author = ?1 UNION SELECT id FROM guides WHERE owner = ?1)`,
    `DELETE FROM reports WHERE did = ?1 OR subject = ?1
       OR subject IN (SELECT id FROM listings WHERE author = ?1 UNION SELECT id FROM guides WHERE owner = ?1)`,
    'DELETE FROM messages WHERE recipient = ?1',
  ].map((sql) => db.prepare(sql))
  const rest = [
    'DELETE FROM profiles WHERE did = ?',
    'DELETE FROM ends WHERE did = ?',
    'DELETE FROM delegations WHERE owner = ?',
    'DELETE FROM contacts WHERE did = ?',
    'DELETE FROM heads WHERE author = ?',
  ].map((sql) => db.prepare(sql))
  const forgetSent = db.prepare('DELETE FROM sent WHERE name = ?')
  const turnPage = db.prepare(`UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'journal'`)
  return {
    isErased: createIsErased(db),
    toldBy(did) {
      const subjects = labelledBy(db, did)
      const reasons = reasonsOf(db, did)
      const marks = reasons.map(({ reason }) => JSON.stringify(reason).slice(1, -1)) // as it stands in JSON
      const inboxes = marks.length > 0 ? roomsWith(core, ['inbox'], marks) : []
      return subjects && { subjects, told: new Set(reasons.map(({ told }) => told)), inboxes }
    },
    takeFromModel(did): Changed {
      const ids = ofAuthor.all(did).map(({ id }) => String(id))
      for (const statement of beside) statement.run(did)
      const categories = ids.flatMap(listings.drop)
      const found = [...ids, ...guides(did), ...townTable.forget(did)]
      for (const statement of rest) statement.run(did)
      forgetModerator(db, did)
      forgetSent.run(sentNameOf(did))
      turnPage.run() // pages that are kept are rendered anew (journal-version.ts)
      return { found, categories }
    },
  }
}

/**
 * Guides of the key go whole, also where a member signed a version; of guides that it published for others its versions go,
 * and what is left is applied again.
 */
function createGuideErasure(db: DatabaseSync, model: Apply): (did: Did) => readonly string[] {
  const touched = db.prepare(guidesOfKey)
  const owner = db.prepare('SELECT owner FROM guides WHERE id = ?')
  const rows = db.prepare(
    'SELECT * FROM journal WHERE seq IN (SELECT seq FROM guide_versions WHERE id = ?) ORDER BY seq',
  )
  const dropHead = db.prepare('DELETE FROM heads WHERE id = ?')
  const drops = ['DELETE FROM guides WHERE id = ?', 'DELETE FROM guide_versions WHERE id = ?'].map((sql) =>
    db.prepare(sql),
  )
  const forget = db.prepare('DELETE FROM journal WHERE seq = ?')
  const takeOne = (guide: string, did: Did) => {
    const isOwn = owner.get(guide)?.['owner'] === did
    const versions: readonly JournalRow[] = rows.all(guide).map(rowOf)
    for (const { id } of versions) dropHead.run(id)
    for (const statement of drops) statement.run(guide)
    for (const version of versions)
      if (isOwn) forget.run(version.seq)
      else if (version.did !== did) model.apply(version)
  }
  return (did) => {
    const ids = touched.all(did).map(({ id }) => String(id))
    for (const id of ids) takeOne(id, did)
    return ids
  }
}
const guidesOfKey = `SELECT id FROM guides WHERE owner = ?1 UNION SELECT id FROM guide_versions WHERE author = ?1`

/** After 90 days not even the ids of what is gone are kept. */
export function createErasedSweep(db: DatabaseSync): (now: number) => void {
  const forget = db.prepare(`UPDATE erasures SET ids = NULL WHERE ids IS NOT NULL AND step = 'done' AND at < ?`)
  return (now) => void forget.run(now - labelDays * dayMs)
}

interface Purging {
  erase(did: Did): readonly string[]
  purge(room: string, ids: readonly string[]): void
}

/** What the main thread asks, step by step (server/erasing.ts). Each is one transaction and may be asked again. */
export function createErasureAnswers(
  core: SqliteCore,
  projector: Purging,
): (name: string, payload: unknown) => unknown {
  const { db } = core
  const begin = db.prepare(`
    INSERT INTO erasures (mark, at, step, did, ids) VALUES (?1, ?2, 'begun', ?3, (SELECT json_group_array(id) FROM (
      SELECT id FROM listings WHERE author = ?3 UNION ${guidesOfKey.replaceAll('?1', '?3')}
      UNION SELECT id FROM town_entries WHERE by = ?3 AND entry IS NOT NULL)))
    ON CONFLICT (mark) DO NOTHING`)
  const put = db.prepare('UPDATE erasures SET step = ? WHERE n = ?')
  const close = db.prepare(`UPDATE erasures SET step = 'log', did = NULL WHERE n = ?`)
  const answers: Readonly<Record<string, (payload: never) => unknown>> = {
    'erasure-begin': ({ did, at }: { readonly did: Did; readonly at: number }) => begin.run(markOf(did), at, did),
    'erasure-step': ({ n, step }: { readonly n: number; readonly step: ErasureStep }) => put.run(step, n),
    'erasure-rooms': (did: Did) => roomsOfKey(db, did),
    'erasure-records': (did: Did) => projector.erase(did),
    'erasure-journal': (did: Did) => eraseJournal(core, did),
    'erasure-traces': (ids: readonly string[]) => roomsWith(core, ['latest', 'wire'], ids),
    'erasure-purge': ({ room, ids }: { readonly room: string; readonly ids: readonly string[] }) =>
      projector.purge(room, ids),
    'erasure-close': (n: number) => close.run(n),
  }
  return (name, payload) => answers[name]?.(payload as never)
}

/** Those with a fixed name may be written for the first time in this moment, so they are named in any case. */
function roomsOfKey(db: DatabaseSync, did: Did): readonly string[] {
  const drafts = db.prepare(
    `SELECT name FROM rooms WHERE name > 'draft/' || ?1 || '/' AND name < 'draft/' || ?1 || '0'`,
  )
  const fixed = ['shelf', 'contact', 'me', 'inbox'].map((kind) => `${kind}/${did}`)
  return [...fixed, ...drafts.all(did).map(({ name }) => String(name))]
}

const journalStep = 200

/** So many rows at a time, since they may be large. @returns whether there may be more */
function eraseJournal({ db, transact }: SqliteCore, did: Did): boolean {
  const some = db.prepare(
    `DELETE FROM journal WHERE seq IN (SELECT seq FROM journal WHERE room = 'shelf/' || ? LIMIT ${journalStep})`,
  )
  db.exec('PRAGMA foreign_keys = OFF') // nothing points at these rows any more, and to look would read every head for each
  try {
    return transact(() => Number(some.run(did).changes) === journalStep)
  } finally {
    db.exec('PRAGMA foreign_keys = ON')
  }
}

/** Rooms of the relay's own in whose log one of these texts still stands, if only as something deleted. Reads all rooms of the kinds. */
function roomsWith({ db, spread }: SqliteCore, kinds: readonly string[], texts: readonly string[]): readonly string[] {
  spread()
  const names = db.prepare(`SELECT name FROM rooms WHERE name > ?1 || '/' AND name < ?1 || '0'`)
  const bodies = db.prepare(`
    SELECT body FROM updates WHERE ${ofRoom('?1')} UNION ALL SELECT body FROM snapshots WHERE room = ?1`)
  const marks = texts.map((text) => Buffer.from(text))
  const isIn = (body: unknown) => marks.some((mark) => Buffer.from(body as Uint8Array).includes(mark))
  return kinds
    .flatMap((kind) => names.all(kind))
    .flatMap(({ name }) => (bodies.all(name!).some(({ body }) => isIn(body)) ? [String(name)] : []))
}
