/**
 * Compaction: decides which rooms to look at, has them folded in a thread of their own, one at a time, and puts each
 * snapshot in the place of its log by one short transaction of the writer. Readers and writers go on meanwhile. A room that
 * cannot be folded (too large for the thread, or too slow) rests; a thread that died is made again.
 */
import { createAskedThread } from './asked-thread.ts'
import { logWeight } from './fold.ts'
import type { FromFolder, ToFolder } from './compaction-thread.ts'
import type { StoredEntry } from './stores/store.ts'
import type { Writer } from './stores/writer.ts'

export interface CompactionDeps {
  readonly writer: Pick<Writer, 'log' | 'checkpoint' | 'spread'>
  /** Of the database. */
  readonly path: string
  readonly now: () => number
  /** The room's bytes are others now, with the same content: who keeps them in memory reads them again. */
  readonly onCompacted: (room: string) => void
  /** A room that could not be folded: name and reason, no content. */
  readonly report: (room: string, reason: unknown) => void
  readonly thread?: URL
  readonly quietMs?: number
  readonly foldMs?: number
}

export interface CompactionCounts {
  readonly rooms: number
  /** Of snapshots and logs that were folded, and of the snapshots made. */
  readonly bytesRead: number
  readonly bytesWritten: number
  readonly failed: number
  readonly checkpoints: number
}

export interface Compaction {
  /** Looks at the clock for rooms that came to rest. Every ten seconds is enough. */
  tick(): void
  /** Looks at this room soon, as if it were at rest: it is full, and something was deleted in it. */
  want(room: string): void
  /** Resolves when nothing waits to be folded. */
  settled(): Promise<void>
  counts(): CompactionCounts
  close(): Promise<void>
}

/** What was written to a room since it was looked at. */
interface Trace {
  at: number
  weight: number
  /** At this weight it is looked at while it is written. */
  due: number
}

const foldingThread = new URL('compaction-thread.ts', import.meta.url)
const standardQuietMs = 60_000
const standardFoldMs = 30_000
const restMs = 600_000
const calmMs = 5_000
const longestWalMs = 600_000
const firstDue = 64 * 1024

export function createCompaction(deps: CompactionDeps): Compaction {
  const { writer, now, quietMs = standardQuietMs } = deps
  const folder = createAskedThread<ToFolder, FromFolder>({
    thread: deps.thread ?? foldingThread,
    workerData: deps.path,
    patienceMs: deps.foldMs ?? standardFoldMs,
    mostHeapMb: 512,
  })
  const traces = new Map<string, Trace>()
  const queue = new Map<string, { readonly quiet: boolean }>()
  const resting = new Map<string, number>()
  const counts = { rooms: 0, bytesRead: 0, bytesWritten: 0, failed: 0, checkpoints: 0 }
  const work: { running?: Promise<void> | undefined } = {}
  let isClosed = false
  let lastHeardAt = 0
  let walDueSince: number | undefined

  const enqueue = (room: string, quiet: boolean) => {
    if (isClosed || resting.has(room)) return
    queue.set(room, { quiet: quiet || (queue.get(room)?.quiet ?? false) })
    work.running ??= run()
  }
  const heard = (entries: readonly StoredEntry[]) => {
    lastHeardAt = now()
    for (const { room, update } of entries) {
      const trace = traces.get(room) ?? { at: 0, weight: 0, due: firstDue }
      trace.at = lastHeardAt
      trace.weight += logWeight({ logBytes: update.length, updates: 1 })
      traces.set(room, trace)
      if (trace.weight >= trace.due) enqueue(room, false)
    }
  }
  const rest = (room: string, reason: unknown) => {
    counts.failed++
    traces.delete(room)
    queue.delete(room)
    resting.set(room, now() + restMs)
    deps.report(room, reason)
  }

  const compact = async (room: string, quiet: boolean): Promise<void> => {
    const trace = traces.get(room)
    const weight = trace?.weight ?? 0
    if (quiet) traces.delete(room) // what is written from here on is a new trace
    await writer.spread() // only what is spread is folded
    const answer = await folder.ask({ room, quiet })
    if (answer.kind === 'not-worth') return void (trace && (trace.due = weight + Math.max(firstDue, answer.more)))
    if (isClosed) return
    if (answer.kind !== 'folded') return rest(room, answer.kind === 'failed' ? answer.detail : answer.kind)
    if (trace) trace.weight -= weight
    if (trace) trace.due = Math.max(firstDue, 2 * answer.snapshot.length)
    await writer.log.compact(room, answer.upTo, answer.snapshot, answer.epoch)
    deps.onCompacted(room)
    walDueSince ??= now()
    counts.rooms++
    counts.bytesRead += answer.bytesRead
    counts.bytesWritten += answer.snapshot.length
  }

  const run = async () => {
    await Promise.resolve()
    for (const [room, { quiet }] of queue) {
      queue.delete(room)
      if (isClosed) break
      await compact(room, quiet).catch((thrown: unknown) => rest(room, thrown))
    }
    work.running = undefined
  }
  /** What was deleted lies in the WAL too until it is folded into the file. */
  const emptyWal = async (since: number) => {
    walDueSince = undefined
    const isDone = await writer.checkpoint().catch(() => false)
    if (isDone) counts.checkpoints++
    else walDueSince = since
    work.running = undefined
    if (queue.size > 0 && !isClosed) work.running = run()
  }
  const isTimeForWal = (since: number) => now() - lastHeardAt >= calmMs || now() - since >= longestWalMs

  const stop = writer.log.follow(heard)
  const list = async () => {
    await writer.spread().catch(() => undefined) // a lost thread ends it all
    const answer = await folder.ask('list')
    if (isClosed) return
    if (answer.kind !== 'listed') return deps.report('', answer.kind === 'failed' ? answer.detail : answer.kind)
    for (const room of answer.rooms) if (!traces.has(room)) traces.set(room, { at: now(), weight: 0, due: firstDue })
  }
  const listing = list()
  return {
    tick() {
      const before = now() - quietMs
      for (const [room, until] of resting) {
        if (until > now()) continue
        resting.delete(room)
        enqueue(room, true)
      }
      for (const [room, { at }] of traces) if (at <= before) enqueue(room, true)
      if (walDueSince !== undefined && !work.running && !isClosed && isTimeForWal(walDueSince))
        work.running = emptyWal(walDueSince)
    },
    want: (room) => enqueue(room, true),
    async settled() {
      await listing
      while (work.running) await work.running
    },
    counts: () => counts,
    async close() {
      isClosed = true
      stop()
      queue.clear()
      await folder.close()
      while (work.running) await work.running
      await listing
    },
  }
}
