/** Composition of the projector: its stores on the writer's connection, its clock, its minute, its log. */
import type { DatabaseSync } from 'node:sqlite'
import pino from 'pino'
import type { HouseWords } from '#domain/house-rules.ts'
import type { Town } from '#domain/listing.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import { minuteMs } from '#domain/time.ts'
import { createProjector, type Projector, type Step } from './projector/projector.ts'
import { createContactWriter } from './stores/contacts.ts'
import { createInboxes, type Cleared, type Posted } from './projector/inboxes.ts'
import { createMessageTable } from './stores/messages.ts'
import { createCursor } from './stores/cursor.ts'
import { createEditions } from './stores/editions.ts'
import { renewGrown } from './stores/epochs.ts'
import { createErasedSweep, createErasures, createErasureAnswers, createIsErased } from './stores/erasures.ts'
import { createFindTable } from './stores/find-table.ts'
import { keepTerms } from './stores/hidden-file.ts'
import { createJournal } from './stores/journal.ts'
import { eraseNewcomer, takeCensus } from './stores/newcomers.ts'
import { createReadModelWriter } from './stores/read-model-write.ts'
import { dropEditions } from './stores/kept-editions.ts'
import { createSentBytes, type Sent } from './stores/sent.ts'
import type { SqliteCore } from './stores/sqlite.ts'
import { createReporters, createReportTable, type Report } from './stores/reports.ts'
import type { EditionRow } from './stores/store.ts'
import type { WriterPlug } from './stores/writer-service.ts'

/** What the main thread hands to the writer thread. Without it the thread keeps the log and judges nothing. */
export interface ProjectionSettings {
  readonly town: Town
  readonly house: HouseWords
  /** dids */
  readonly moderators?: readonly string[]
  /** How many listings a new key may have live; 0: as many as any. */
  readonly newKeyListings?: number
  readonly logLevel: string
  /** Where editions are printed to. */
  readonly editionsDir: string
}

export interface ProjectionOptions {
  readonly town: Town
  readonly house?: HouseWords
  readonly moderators?: ReadonlySet<string>
  readonly newKeyListings?: () => number
  /** Without one nothing is ever printed, and the wire has everything. */
  readonly editionsDir?: string
  readonly now: () => number
  readonly report: (room: string, reason: unknown) => void
  readonly step?: (name: Step) => void
}

export const createProjection = (core: SqliteCore, { editionsDir, ...options }: ProjectionOptions): Projector => {
  const model = createReadModelWriter(core.db)
  return createProjector({
    log: core,
    cursor: createCursor(core.db),
    journal: createJournal(core.db),
    model,
    contacts: createContactWriter(core.db),
    editions: createEditions(core.db, editionsDir),
    finds: createFindTable(core.db, options.town),
    reportersOf: createReporters(core.db),
    erasures: createErasures(core, model),
    house: [],
    moderators: new Set(),
    newKeyListings: () => 0,
    ...options,
  })
}

const judgedRooms = /^(?:shelf|contact)\//m

const mostLatestBytes = 128 * 1024 // twenty lines are a tenth of it

export function createProjectorPlug(core: SqliteCore, settings: unknown): WriterPlug {
  if (!settings) return { concerns: () => false, onCommitted: () => undefined, answer: () => undefined }
  const { town, house, moderators = [], logLevel, editionsDir, ...rest } = settings as ProjectionSettings
  const quota = { listings: rest.newKeyListings ?? 0, rests: false }
  const log = pino({ level: logLevel, base: null })
  const report = (room: string, reason: unknown) => log.error({ room, reason: String(reason) }, 'not projected')
  renewGrown(core, 'latest', mostLatestBytes)
  const projector = createProjection(core, {
    town,
    house,
    moderators: new Set(moderators),
    newKeyListings: () => (quota.rests ? 0 : quota.listings),
    editionsDir,
    now: Date.now,
    report,
  })
  keepTerms(core.db, new Set(moderators), Date.now(), createIsErased(core.db))
  const reports = createReportTable(core.db)
  const sent = createSentBytes(core.db)
  const inboxes = createInboxes({ log: core, table: createMessageTable(core.db) })
  const erasing = createErasureAnswers(core, projector)
  const forgetErased = createErasedSweep(core.db)
  const minute = setInterval(() => {
    projector.sweep(Date.now())
    sent.sweep(Date.now())
    forgetErased(Date.now())
    sweepInboxes(() => inboxes.sweep(Date.now()), report)
  }, minuteMs)
  return {
    concerns: (rooms) => judgedRooms.test(rooms),
    onCommitted: projector.wake,
    answer(name, payload) {
      if (name === 'projected') return projector.settled() // when everything appended before is judged
      if (name === 'printed')
        return projector.settled().then(() => projector.printed(payload as readonly PrintedEntry[]))
      if (name === 'message') return inboxes.post(payload as Posted)
      if (name === 'clear-inbox') inboxes.clear(payload as Cleared)
      if (name === 'publish') projector.publish(payload as EditionRow)
      if (name === 'drop-editions') dropEditions(core.db, payload as Parameters<typeof dropEditions>[1])
      if (name === 'rest-quota') quota.rests = payload === true // while the samples are loaded
      if (name === 'report') return reports.put(payload as Report)
      if (name === 'sent') return core.transact(() => sent.take(payload as Sent))
      if (name === 'remember') remember(core.db, payload as Remembered)
      if (name === 'newcomers') return takeCensus(core.db, Number(payload))
      if (name.startsWith('erasure-')) return erasing(name, payload)
      if (name === 'erase-newcomer') return eraseNewcomer(core, String(payload))
      return undefined
    },
    close() {
      clearInterval(minute)
      projector.stop()
    },
  }
}

/** A disk that says no is asked again in a minute. */
function sweepInboxes(sweep: () => void, report: (room: string, reason: unknown) => void): void {
  try {
    sweep()
  } catch (thrown) {
    report('', thrown)
  }
}

/** A word of the main thread's for its next start. */
export interface Remembered {
  readonly key: string
  readonly value: string
}
const remember = (db: DatabaseSync, { key, value }: Remembered): void =>
  void db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, value)
