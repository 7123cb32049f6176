/**
 * The writer thread's side: the one writing connection, the log, and beside it what is plugged in (the projector).
 *
 *   main -> thread: append (batch) | ask (id, name, payload) | close
 *   thread -> main: opened | failed-to-open (fault) | appended (receipts or fault) | followed (entries) | answered (id, answer)
 *                 | healed (after a fault the disk takes as much again)
 *
 * Appends are answered in order, each after its commit. What the plug appends comes over as `followed`, in the order of
 * the commits; the main thread knows its own entries and gets only their receipts.
 */
import type { MessagePort } from 'node:worker_threads'
import { err, ok, type Result } from '#domain/result.ts'
import type { BatchReceipt, PackedBatch } from './batch.ts'
import { checkpoint, errorText, openDatabase } from './database.ts'
import { eraseRoom } from './epochs.ts'
import { attempt, createSqliteCore, type SqliteCore } from './sqlite.ts'
import { letGo } from './spread.ts'
import type { DatabaseFault, StorageFault, StoredEntry } from './store.ts'

export interface WriterStart {
  readonly path: string
  readonly settings: unknown
}
export type ToWriter =
  | { readonly kind: 'append'; readonly batch: PackedBatch }
  | { readonly kind: 'ask'; readonly id: number; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'close' }
export type FromWriter =
  | { readonly kind: 'opened' }
  | { readonly kind: 'failed-to-open'; readonly fault: DatabaseFault }
  | { readonly kind: 'appended'; readonly result: Result<BatchReceipt, StorageFault> }
  | { readonly kind: 'followed'; readonly entries: readonly StoredEntry[] }
  | { readonly kind: 'answered'; readonly id: number; readonly answer: Result<unknown, string> }
  | { readonly kind: 'healed' }

/** What works beside the log on the same connection. Its own appends go through `core.appendNow`. */
export interface WriterPlug {
  /** Whether it is to hear of a batch. @param rooms their names, a line each */
  concerns(rooms: string): boolean
  /** Once after the start, then after commits that concern it, at least once after the last one; never inside a transaction. */
  onCommitted(): void
  /** Other requests of the main thread; a promise is waited for. */
  answer(name: string, payload: unknown): unknown
  close?(): void
}
export type CreatePlug = (core: SqliteCore, settings: unknown) => WriterPlug

export function serveWriter(port: MessagePort, { path, settings }: WriterStart, createPlug?: CreatePlug): void {
  const send = (message: FromWriter) => port.postMessage(message)
  const opened = openDatabase(path)
  if (!opened.ok) return send({ kind: 'failed-to-open', fault: opened.error })

  const core = createSqliteCore(opened.value)
  attempt(core.spread) // what an earlier process left
  core.followAppended((entries) => send({ kind: 'followed', entries }))
  const plug = createPlug?.(core, settings)
  const spreading = createSpreading(core)
  const wake = createWake(() => {
    if (!core.db.isOpen) return
    core.spread() // the plug reads rooms
    plug?.onCommitted()
  })
  const probe = createProbe(core, () => send({ kind: 'healed' }))

  const append = (batch: PackedBatch) => {
    const result = attempt(() => core.logNow(batch))
    send({ kind: 'appended', result })
    if (!result.ok) probe(batch.bodies.length)
    else if (plug?.concerns(batch.rooms)) wake()
    else spreading.soon(batch.bodies.length)
    letGo(batch.bodies)
  }
  port.on('message', (message: ToWriter) => {
    if (message.kind === 'append') append(message.batch)
    else if (message.kind === 'ask') void answer(core, plug, message).then(send)
    else {
      plug?.close?.()
      attempt(core.spread)
      core.db.close() // the last connection folds the WAL into the file
      port.close()
    }
  })
  send({ kind: 'opened' })
  wake()
}

const spreadMs = 1000
const mostUnspreadBytes = 2 * 1024 * 1024

/** A second later, for all that came meanwhile; at once when it is much. A disk that says no is asked again with the next batch. */
function createSpreading({ db, spread }: SqliteCore) {
  let waiting: NodeJS.Timeout | undefined
  let bytes = 0
  const spreadNow = () => {
    clearTimeout(waiting)
    waiting = undefined
    bytes = 0
    if (db.isOpen) attempt(spread)
  }
  return {
    soon(more: number) {
      bytes += more
      if (bytes > mostUnspreadBytes) spreadNow()
      else waiting ??= setTimeout(spreadNow, spreadMs).unref()
    },
  }
}

const secondChanceMs = 1000

/** After the messages that wait already, so that appends are answered before the plug starts to work. A disk that says
 *  no is tried again; the log keeps what the plug has not seen. */
function createWake(work: () => void): () => void {
  let scheduled = false
  const run = () => {
    scheduled = false
    if (!attempt(work).ok) setTimeout(wake, secondChanceMs).unref()
  }
  const wake = () => {
    if (!scheduled) setImmediate(run)
    scheduled = true
  }
  return wake
}

const probeMs = 1000
const mostProbeBytes = 1024 * 1024

/** After a fault: writes as much as was refused, and takes it away again, until the disk lets it. */
function createProbe({ db, transact }: SqliteCore, healed: () => void): (bytes: number) => void {
  let waiting: NodeJS.Timeout | undefined
  const write = (value: string) => transact(() => db.prepare("REPLACE INTO meta VALUES ('probe', ?)").run(value))
  const probe = (bytes: number) => {
    waiting = undefined
    if (!db.isOpen) return
    const size = Math.min(bytes, mostProbeBytes)
    const result = attempt(() => {
      write('x'.repeat(size))
      write('')
    })
    if (result.ok) healed()
    else later(size)
  }
  const later = (bytes: number) => void (waiting ??= setTimeout(probe, probeMs, bytes).unref())
  return later
}

async function answer(
  core: SqliteCore,
  plug: WriterPlug | undefined,
  { id, name, payload }: ToWriter & { kind: 'ask' },
): Promise<FromWriter> {
  try {
    attempt(core.spread) // whoever asks asks about rooms; a disk that says no says it to the question itself
    const own = ownAnswers[name]
    const value = own ? own(core, payload) : await plug?.answer(name, payload)
    return { kind: 'answered', id, answer: ok(value) }
  } catch (thrown) {
    return { kind: 'answered', id, answer: err(errorText(thrown)) }
  }
}

export interface CompactRequest {
  readonly room: string
  readonly upTo: number
  readonly snapshot: Uint8Array
  readonly epoch: string | undefined
}

/** What is asked of the log itself; everything else is the plug's. */
const ownAnswers: Readonly<Record<string, (core: SqliteCore, payload: unknown) => unknown>> = {
  compact(core, payload) {
    const { room, upTo, snapshot, epoch } = payload as CompactRequest
    return core.compactNow(room, upTo, snapshot, epoch)
  },
  spread: (core) => core.spread(),
  checkpoint: ({ db }) => checkpoint(db),
  erase: (core, room) => eraseRoom(core, room as string),
}
