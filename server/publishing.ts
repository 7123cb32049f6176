/**
 * Publishing: decides when an edition is printed, has it printed in a thread of its own, and has the writer put it in force.
 * A print that fails leaves the old edition in force and is tried again. Editions that were replaced keep their files for a
 * day; then files and wire go.
 */
import { once } from 'node:events'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { DatabaseSync } from 'node:sqlite'
import { baseAgeMs, deltaAgeMs, keptEditionMs, largestDelta, wireLimit } from '#domain/edition.ts'
import type { Town } from '#domain/listing.ts'
import { wireOf } from '#domain/room.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import type { FromPublisher, PublisherStart, ToPublisher } from './publisher-thread.ts'
import { createChanges, createCurrent } from './stores/editions.ts'
import { createKeptEditions } from './stores/kept-editions.ts'
import { hasSegment, isOwed, segmentPath, wipedMark, wipeEntries } from './stores/segment-file.ts'
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
}

export interface PublishingCounts {
  readonly prints: number
  readonly failed: number
  readonly lastMs: number
  readonly lastTokenised: number
}

export interface Publishing {
  /** Prints if it is time to. Every few seconds is enough. */
  tick(): void
  /** Prints now: a delta where there is a base to stand on. */
  print(what: 'base' | 'delta'): Promise<EditionRow | undefined>
  /**
   * Takes entries that are live no more (hidden, erased) out of everything that was printed: at once out of the cards on
   * the disk, whose pages answer 410 from then on; then a base is printed without them, and the editions before it go
   * with their files and wires. Resolves with whether that is done; what is left to do is done at a later tick.
   */
  retract(ids: ReadonlySet<string>): Promise<boolean>
  settled(): Promise<void>
  counts(): PublishingCounts
  close(): Promise<void>
}

export function createPublishing(deps: PublishingDeps): Publishing {
  const { writer, reader, folder, now } = deps
  const thread = startThread(deps)
  const current = createCurrent(reader)
  const changes = createChanges(reader)
  const kept = createKeptEditions(reader)
  const counts = { prints: 0, failed: 0, lastMs: 0, lastTokenised: 0 }
  const work: { running?: Promise<unknown> | undefined } = {}
  let isClosed = false

  const printNow = async (what: 'base' | 'delta'): Promise<EditionRow | undefined> => {
    const before = inForce()
    const answer = await thread.ask({ kind: 'print', now: now(), before: what === 'base' ? undefined : before })
    if (isClosed) return undefined
    if (answer.kind !== 'printed') {
      counts.failed++
      deps.report(answer.kind === 'failed' ? answer.detail : answer.kind)
      return undefined
    }
    await writer.ask('publish', answer.row)
    counts.prints++
    counts.lastMs = answer.ms
    counts.lastTokenised = answer.tokenised
    deps.onChanged()
    if (!before) await deps.eraseRoom(wireOf('0')) // it had everything
    return answer.row
  }
  /** The edition in force, if its files are there. */
  const inForce = (): EditionRow | undefined => {
    const row = current()
    const isWhole = row && [row.base, row.delta].every((name) => name === null || hasSegment(folder, name))
    return isWhole ? row : undefined
  }
  const due = (siteHash: string): 'base' | 'delta' | undefined => {
    const row = inForce()
    if (!row || now() - row.baseAt >= baseAgeMs || owesBase()) return 'base'
    const changed = changes(row.seq, row.printedAt, now()).length
    const isGrown = () => changes(row.baseSeq, row.baseAt, now()).length > largestDelta(row.baseEntries)
    if (row.siteHash !== siteHash) return isGrown() ? 'base' : 'delta'
    const isDue = changed > wireLimit(row.entries) || (changed > 0 && now() - row.printedAt >= deltaAgeMs)
    return isDue ? (isGrown() ? 'base' : 'delta') : undefined
  }
  const owesBase = (): boolean => [...kept.segments()].some((segment) => isOwed(folder, segment))
  const serve = async (wanted?: 'base' | 'delta'): Promise<EditionRow | undefined> => {
    const siteHash = await thread.siteHash
    const what = wanted ?? due(siteHash)
    const isOwedBase = owesBase() // before the print, which makes another edition the one in force
    const row = what && (await printNow(inForce() ? what : 'base'))
    if (row && isOwedBase) rmSync(join(folder, wipedMark(row.base)), { force: true }) // the same base where an entry lives on
    await tidy(row && isOwedBase ? Number.MAX_SAFE_INTEGER : now() - keptEditionMs)
    return row
  }
  /** What was replaced before then goes: first its row, then its files and its wire. */
  const tidy = async (then: number): Promise<void> => {
    const old = kept.replacedBefore(then)
    if (old.length > 0) {
      await writer.ask('drop-editions', { editions: old, at: now() })
      deps.onChanged()
    }
    for (const edition of old) await deps.eraseRoom(wireOf(edition))
    const wanted = new Set([...kept.segments()].flatMap((name) => [segmentPath(name), wipedMark(name)]))
    for (const name of readdirSync(folder)) if (!wanted.has(name)) rmSync(join(folder, name), { force: true })
  }
  /** One after the other; what is asked while one runs comes after it. */
  const run = <T>(job: () => Promise<T>): Promise<T | undefined> => {
    const running = (work.running ?? Promise.resolve()).then(job).catch((thrown: unknown) => {
      counts.failed++
      if (!isClosed) deps.report(thrown)
      return undefined
    })
    const last = running.finally(() => {
      if (work.running === last) work.running = undefined
    })
    work.running = last
    return last
  }
  return {
    tick() {
      if (!work.running && !isClosed) void run(() => serve())
    },
    print: (what) => run(() => serve(what)),
    async retract(ids) {
      const isDone = await run(async () => {
        for (const segment of kept.segments()) if (hasSegment(folder, segment)) wipeEntries(folder, segment, ids)
        deps.onChanged()
        return !owesBase() || ((await serve('base')) !== undefined && !owesBase())
      })
      return isDone ?? false
    },
    async settled() {
      await run(() => serve())
    },
    counts: () => ({ ...counts }),
    async close() {
      isClosed = true
      await thread.close()
      await work.running
    },
  }
}

const threadFile = new URL('publisher-thread.ts', import.meta.url)

function startThread({ path, folder, town, site }: PublishingDeps) {
  const worker = new Worker(threadFile, { workerData: { path, folder, town, site } satisfies PublisherStart })
  worker.unref()
  let ended: string | undefined
  worker.on('error', (error) => (ended = String(error)))
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve(void (ended ??= 'the thread ended'))))
  const siteHash = new Promise<string>((resolve, reject) => {
    worker.once('message', (message: FromPublisher) => resolve(message.kind === 'ready' ? message.siteHash : ''))
    void gone.then(() => reject(new Error(ended)))
  })
  siteHash.catch(() => undefined)
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  const send = (message: ToPublisher) => worker.postMessage(message)
  return {
    siteHash,
    async ask(message: ToPublisher): Promise<FromPublisher> {
      if (ended !== undefined) return { kind: 'failed', detail: ended }
      worker.ref()
      const answer = Promise.race([
        once(worker, 'message').then(([given]) => given as FromPublisher),
        gone.then((): FromPublisher => ({ kind: 'failed', detail: ended ?? '' })),
      ])
      send(message)
      return answer.finally(() => worker.unref())
    },
    /** In good order, so that the writer's connection is the last of the file. */
    async close() {
      if (ended !== undefined) return
      worker.ref()
      send('close')
      await gone
    },
  }
}
