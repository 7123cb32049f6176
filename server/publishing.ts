/**
 * Publishing: decides when an edition is printed, has it printed in a thread of its own, and has the writer put it in force.
 * A print that fails leaves the old edition in force and is tried again. Editions that were replaced keep their files for a
 * day; then files and wire go.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { baseAgeMs, deltaAgeMs, keptEditionMs, largestDelta, wireLimit } from '#domain/edition.ts'
import type { Town } from '#domain/listing.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import { minuteMs } from '#domain/time.ts'
import { createAskedThread } from './asked-thread.ts'
import { createPrintLog, type PrintCounts, type PrintLog } from './print-log.ts'
import type { FromPublisher, PublisherStart, ToPublisher } from './publisher-thread.ts'
import { createChanges, createCurrent } from './stores/editions.ts'
import { createKeptEditions, createWires } from './stores/kept-editions.ts'
import { blank, createRetractions, retractionsFile } from './stores/retractions.ts'
import { isWhole, segmentPath } from './stores/segment-file.ts'
import type { EditionRow } from './stores/store.ts'
import type { Writer } from './stores/writer.ts'

export interface PublishingDeps {
  readonly writer: Pick<Writer, 'ask'>
  readonly reader: DatabaseSync
  /** Of the database. */
  readonly path: string
  /** Of the editions. */
  readonly folder: string
  readonly town: Town
  readonly site: readonly PrintedEntry[]
  readonly now: () => number
  /** Takes a wire that nobody should read any more from the disk. */
  readonly eraseRoom: (room: string) => Promise<void>
  /** Another edition is in force, or an old one is given out no more. */
  readonly onChanged: () => void
  readonly report: (reason: unknown) => void
  /** What is told of it elsewhere. */
  readonly log?: PrintLog
  readonly thread?: URL
}

export interface Publishing {
  /** Prints if it is time to, and waits for that so long at most: the town is served meanwhile. */
  begin(mostMs?: number): Promise<void>
  /** Prints if it is time to; a while later where that failed. Every few seconds is enough. */
  tick(): void
  /** Prints now: a delta where there is a base to stand on. */
  print(what: 'base' | 'delta'): Promise<EditionRow | undefined>
  /**
   * Takes entries that are live no more (hidden, erased) out of everything that was printed: at once out of the cards on
   * the disk, whose pages answer 410 from then on; then a base is printed without them, and the editions before it go
   * with their files and wires. Resolves with whether that is done; what is left to do is done at a later tick, also by
   * a process that starts on the folder after this one was killed.
   */
  retract(ids: ReadonlySet<string>): Promise<boolean>
  settled(): Promise<void>
  isAtWork(): boolean
  counts(): PrintCounts
  close(): Promise<void>
}

export function createPublishing(deps: PublishingDeps): Publishing {
  const { writer, reader, folder, now, log = createPrintLog() } = deps
  const press = createPress(deps)
  const current = createCurrent(reader)
  const changes = createChanges(reader)
  const kept = createKeptEditions(reader)
  const wires = createWires(reader)
  const retractions = createRetractions(folder)
  const work: { running?: Promise<unknown> | undefined } = {}
  let isClosed = false
  let failedInARow = 0
  let restsUntil = 0

  const fail = (reason: unknown): undefined => {
    if (isClosed) return undefined
    restsUntil = now() + Math.min(longestRestMs, shortestRestMs * 2 ** failedInARow++)
    log.failed(now(), reason)
    deps.report(reason)
    return undefined
  }
  const printNow = async (what: 'base' | 'delta'): Promise<EditionRow | undefined> => {
    const before = inForce()
    const answer = await press.ask({ kind: 'print', now: now(), before: what === 'base' ? undefined : before })
    if (isClosed) return undefined
    if (answer.kind !== 'printed') return fail(answer.kind === 'failed' ? answer.detail : answer.kind)
    await writer.ask('publish', answer.row)
    failedInARow = 0
    restsUntil = 0
    log.printed(answer.ms, answer.tokenised)
    deps.onChanged()
    return answer.row
  }
  /** The edition in force, if its files are there. */
  const inForce = (): EditionRow | undefined => {
    const row = current()
    return row && [row.base, row.delta].every((name) => name === null || isWhole(folder, name)) ? row : undefined
  }
  const due = (siteHash: string): 'base' | 'delta' | undefined => {
    const row = inForce()
    if (!row || now() - row.baseAt >= baseAgeMs || retractions.owed().size > 0) return 'base'
    const changed = changes(row.seq, row.printedAt, now()).length
    const isGrown = () => changes(row.baseSeq, row.baseAt, now()).length > largestDelta(row.baseEntries)
    const isDue = changed > wireLimit(row.entries) || (changed > 0 && now() - row.printedAt >= deltaAgeMs)
    if (!isDue && row.siteHash === siteHash) return undefined
    return isGrown() || failedInARow > 0 ? 'base' : 'delta' // what a delta cannot stand on is printed anew
  }
  const serve = async (wanted?: 'base' | 'delta'): Promise<EditionRow | undefined> => {
    const siteHash = await press.siteHash()
    if (siteHash === undefined) return fail(press.trouble())
    const owed = retractions.owed() // before the print: what comes while it runs is not out of it
    const what = wanted ?? due(siteHash)
    const row = what && (await printNow(inForce() && owed.size === 0 ? what : 'base'))
    await tidy(row && owed.size > 0 ? Number.MAX_SAFE_INTEGER : now() - keptEditionMs)
    if (row && owed.size > 0) retractions.settle(owed)
    return row
  }
  /** What was replaced before then goes: first its row, then its files and its wire. Wires that a killed process left go too. */
  const tidy = async (then: number): Promise<void> => {
    const old = kept.replacedBefore(then)
    if (old.length > 0) {
      await writer.ask('drop-editions', { editions: old, at: now() })
      deps.onChanged()
    }
    for (const wire of wires.orphaned(inForce() !== undefined)) await deps.eraseRoom(wire)
    mkdirSync(folder, { recursive: true })
    const wanted = new Set([retractionsFile, ...[...kept.segments()].map(segmentPath)])
    for (const name of readdirSync(folder)) if (!wanted.has(name)) rmSync(join(folder, name), { force: true })
  }
  /** One after the other; what is asked while one runs comes after it. */
  const run = <T>(job: () => Promise<T>): Promise<T | undefined> => {
    const running = (work.running ?? Promise.resolve()).then(() => (isClosed ? undefined : job())).catch(fail)
    const last = running.finally(() => {
      if (work.running === last) work.running = undefined
    })
    work.running = last
    return last
  }
  return {
    async begin(mostMs = usualFirstMs) {
      let late: ReturnType<typeof setTimeout> | undefined
      const patience = new Promise((resolve) => (late = setTimeout(resolve, mostMs)))
      await Promise.race([run(() => serve()), patience])
      clearTimeout(late)
    },
    tick() {
      if (!work.running && !isClosed && now() >= restsUntil) void run(() => serve())
    },
    print: (what) => run(() => serve(what)),
    async retract(ids) {
      retractions.remember(ids)
      const blankAll = () => blank(folder, kept.segments(), ids)
      blankAll() // now, even while a print runs
      deps.onChanged()
      const isDone = await run(async () => {
        const isIn = blankAll() // also in what was printed meanwhile
        deps.onChanged()
        if (!isIn) return (retractions.settle(ids), true)
        return (await serve('base')) !== undefined
      })
      return isDone ?? false
    },
    async settled() {
      await run(() => serve())
    },
    isAtWork: () => work.running !== undefined,
    counts: log.counts,
    async close() {
      isClosed = true
      await press.close()
      await work.running
    },
  }
}

const usualFirstMs = 2_000 // a small town has its edition by then
const shortestRestMs = 5_000
const longestRestMs = 10 * minuteMs
const standardThread = new URL('publisher-thread.ts', import.meta.url)
const longestPrintMs = 45 * minuteMs
const mostHeapMb = 4_096

/** The thread that prints. One that dies is told, and made anew by the next question; what it knew is read again. */
function createPress({ path, folder, town, site, thread = standardThread }: PublishingDeps) {
  const asked = createAskedThread<ToPublisher, FromPublisher>({
    thread,
    workerData: { path, folder, town, site } satisfies PublisherStart,
    patienceMs: longestPrintMs,
    mostHeapMb,
  })
  let siteHash: string | undefined
  let trouble = ''
  return {
    ask: asked.ask,
    /** Undefined while no thread lives long enough to say it. */
    async siteHash(): Promise<string | undefined> {
      const answer = siteHash === undefined ? await asked.ask({ kind: 'hello' }) : undefined
      if (answer?.kind === 'ready') siteHash = answer.siteHash
      if (answer?.kind === 'failed') trouble = answer.detail
      return siteHash
    },
    trouble: () => trouble,
    close: asked.close,
  }
}
