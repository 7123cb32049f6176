/**
 * The writer thread's side: the one writing connection, the log, and beside it what is plugged in (the projector).
 *
 *   main -> thread: append (entries) | ask (id, name, payload) | close
 *   thread -> main: opened | failed-to-open (fault) | appended (receipts or fault) | followed (entries) | answered (id, answer)
 *
 * Appends are answered in order, each after its commit. What the plug appends comes over as `followed`, in the order of
 * the commits; the main thread knows its own entries and gets only their receipts.
 */
import type { MessagePort } from 'node:worker_threads'
import { err, ok, type Result } from '#domain/result.ts'
import { errorText, openDatabase } from './database.ts'
import { attempt, createSqliteCore, type SqliteCore } from './sqlite.ts'
import type { DatabaseFault, LogEntry, Receipt, StorageFault, StoredEntry } from './store.ts'

export interface WriterStart {
  readonly path: string
  readonly settings: unknown
}
export type ToWriter =
  | { readonly kind: 'append'; readonly entries: readonly LogEntry[] }
  | { readonly kind: 'ask'; readonly id: number; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'close' }
export type FromWriter =
  | { readonly kind: 'opened' }
  | { readonly kind: 'failed-to-open'; readonly fault: DatabaseFault }
  | { readonly kind: 'appended'; readonly result: Result<readonly Receipt[], StorageFault> }
  | { readonly kind: 'followed'; readonly entries: readonly StoredEntry[] }
  | { readonly kind: 'answered'; readonly id: number; readonly answer: Result<unknown, string> }

/** What works beside the log on the same connection. Its own appends go through `core.appendNow`. */
export interface WriterPlug {
  /** Once after the start, then after commits of the log, at least once after the last one; never inside a transaction. */
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
  let appending = false
  core.follow((entries) => {
    if (!appending) send({ kind: 'followed', entries })
  })
  const plug = createPlug?.(core, settings)
  const wake = createWake(() => core.db.isOpen && plug?.onCommitted())

  const append = (entries: readonly LogEntry[]) => {
    appending = true
    const result = attempt(() => core.appendNow(entries))
    appending = false
    send({ kind: 'appended', result })
    if (result.ok) wake()
  }
  port.on('message', (message: ToWriter) => {
    if (message.kind === 'append') append(message.entries)
    else if (message.kind === 'ask') void answer(core, plug, message).then(send)
    else {
      plug?.close?.()
      core.db.close() // the last connection folds the WAL into the file
      port.close()
    }
  })
  send({ kind: 'opened' })
  wake()
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

async function answer(
  core: SqliteCore,
  plug: WriterPlug | undefined,
  { id, name, payload }: ToWriter & { kind: 'ask' },
): Promise<FromWriter> {
  try {
    const value = name === 'compact' ? compact(core, payload as CompactRequest) : await plug?.answer(name, payload)
    return { kind: 'answered', id, answer: ok(value) }
  } catch (thrown) {
    return { kind: 'answered', id, answer: err(errorText(thrown)) }
  }
}

export interface CompactRequest {
  readonly room: string
  readonly upTo: number
  readonly snapshot: Uint8Array
}
const compact = (core: SqliteCore, { room, upTo, snapshot }: CompactRequest): void =>
  core.compactNow(room, upTo, snapshot)
