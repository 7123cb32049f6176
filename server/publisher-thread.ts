/** The thread that prints editions: reads a snapshot on a connection of its own, and writes segments into the folder. */
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { DatabaseSync } from 'node:sqlite'
import type { Town } from '#domain/listing.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import { createPublisher, type BaseFacts, type Snapshot } from './projector/publisher.ts'
import { errorText, openReadOnly } from './stores/database.ts'
import { createChanges } from './stores/editions.ts'
import { createEntries } from './stores/entries.ts'
import { createGuideEntries } from './stores/guide-entries.ts'
import { createSegmentWriter, readPrinted, segmentBytes, segmentPath } from './stores/segment-file.ts'
import type { EditionRow } from './stores/store.ts'
import { createTownEntries } from './stores/town-table.ts'

export interface PublisherStart {
  readonly path: string
  readonly folder: string
  readonly town: Town
  readonly site: readonly PrintedEntry[]
}
/** `before` is the edition in force, when it has a base to stand on. */
export type ToPublisher =
  | { readonly kind: 'hello' }
  | { readonly kind: 'print'; readonly now: number; readonly before: EditionRow | undefined }
  | 'close'
export type FromPublisher =
  | { readonly kind: 'ready'; readonly siteHash: string }
  | { readonly kind: 'printed'; readonly row: EditionRow; readonly ms: number; readonly tokenised: number }
  | { readonly kind: 'failed'; readonly detail: string }

if (!parentPort) throw new Error('editions are printed in a worker thread')
const port = parentPort
const { path, folder, town, site } = workerData as PublisherStart
const opened = openReadOnly(path)
if (!opened.ok) throw new Error(`${path}: ${opened.error.detail}`)
const db = opened.value
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16)
const publisher = createPublisher({ town, site, hashOf, sheet: () => createSegmentWriter(folder) })
const bases = new Map<string, BaseFacts['printed']>()
const send = (message: FromPublisher) => port.postMessage(message)

port.on('message', (message: ToPublisher) => {
  if (message === 'close') {
    db.close()
    return port.close()
  }
  if (message.kind === 'hello') return send({ kind: 'ready', siteHash: publisher.siteHash })
  try {
    mkdirSync(folder, { recursive: true })
    const since = performance.now()
    const { row, tokenised } = inSnapshot(db, message.now, (snapshot) => print(snapshot, message.before))
    send({ kind: 'printed', row, tokenised, ms: performance.now() - since })
  } catch (thrown) {
    send({ kind: 'failed', detail: errorText(thrown) })
  }
})

/** One read transaction: whatever is written meanwhile is not seen. */
function inSnapshot<T>(db: DatabaseSync, at: number, work: (snapshot: Snapshot) => T): T {
  db.exec('BEGIN')
  try {
    const seq = Number(db.prepare('SELECT max(seq) AS seq FROM journal').get()?.['seq'] ?? 0)
    const { all, one } = createEntries(db)
    const guides = createGuideEntries(db)
    const written = createTownEntries(db)
    const changes = createChanges(db)
    return work({
      seq,
      at,
      listings: () => all(at),
      listing: (id) => one(id, at),
      others: () => [...guides.all(), ...written.all()],
      replaced: () => new Set(written.ids()),
      changed: (from, since) => changes(from, since, at),
    })
  } finally {
    db.exec('COMMIT')
  }
}

function print(snapshot: Snapshot, before: EditionRow | undefined) {
  const { seq, at } = snapshot
  const shared = { seq, printedAt: at, siteHash: publisher.siteHash }
  if (!before) {
    bases.clear()
    const { name, bytes, entries, tokenised } = publisher.base(snapshot)
    const row = { base: name, delta: null, baseSeq: seq, baseAt: at, entries, baseEntries: entries, bytes, ...shared }
    return { row: { edition: nameOf(row), ...row }, tokenised }
  }
  const { base, baseSeq, baseAt, baseEntries } = before
  const printed = bases.get(base) ?? readPrinted(join(folder, segmentPath(base))).printed
  bases.set(base, printed)
  const made = publisher.delta(snapshot, { seq: baseSeq, at: baseAt, count: baseEntries, printed })
  const entries = baseEntries - made.dead + made.entries
  const row = {
    base,
    delta: made.name,
    baseSeq,
    baseAt,
    entries,
    baseEntries,
    bytes: segmentBytes(folder, base) + made.bytes,
    ...shared,
  }
  return { row: { edition: nameOf(row), ...row }, tokenised: made.tokenised }
}

/** Two prints of the same are two editions: each has a wire of its own. */
function nameOf({ base, delta, seq, printedAt }: Omit<EditionRow, 'edition'>): string {
  return createHash('sha256').update([base, delta, seq, printedAt].join()).digest('hex').slice(0, 24)
}
