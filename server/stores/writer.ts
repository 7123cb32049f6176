/**
 * The main thread's hand on the writer thread. Appends of a tick go over as one message and become one transaction;
 * while one is on the disk the next ones gather. Reads use a read-only connection of this thread, so none waits.
 */
import { Worker } from 'node:worker_threads'
import type { DatabaseSync } from 'node:sqlite'
import { err, ok, type Result } from '#domain/result.ts'
import { packBatch, unpackReceipts, type BatchReceipt } from './batch.ts'
import { errorText, openReadOnly } from './database.ts'
import { createRoomReader } from './sqlite.ts'
import type { DatabaseFault, LogEntry, Receipt, StorageFault, StoredEntry, UpdateLog } from './store.ts'
import type { CompactRequest, FromWriter, ToWriter, WriterStart } from './writer-service.ts'

export interface Writer {
  readonly log: UpdateLog
  /** Asks what is plugged into the writer thread (the projector), after everything appended before. */
  ask(name: string, payload: unknown): Promise<unknown>
  /** Whether the disk takes what it is given. After a fault it is tried until it does, whether anybody writes or not. */
  health(): Health
  /** Everything appended before lies in the rows of its rooms when it resolves. */
  spread(): Promise<void>
  /** Folds the WAL into the file; false when a reader was in the way. */
  checkpoint(): Promise<boolean>
  /** Takes a room from the disk. Only between two turns of the relay in it (`turns.retire`). False where there was nothing. */
  erase(room: string): Promise<boolean>
  /** Resolves with the reason if the thread ends by itself: nothing can be stored any more, the process should end. */
  readonly lost: Promise<string>
  close(): Promise<void>
}

export type Health = { readonly ok: true } | { readonly ok: false; readonly reason: string }

export interface WriterOptions {
  readonly path: string
  /** Handed to what is plugged in; must survive a structured clone. */
  readonly settings?: unknown
  readonly thread?: URL
  /** Told after each transaction of appends. */
  readonly onBatch?: (note: BatchNote) => void
}

export interface BatchNote {
  /** Updates in the transaction. */
  readonly entries: number
  /** From the hand-over to the thread to its answer. */
  readonly ms: number
  readonly fault: string | undefined
}

const standardThread = new URL('../writer-thread.ts', import.meta.url)

export async function openWriter({
  path,
  settings,
  thread = standardThread,
  onBatch = () => undefined,
}: WriterOptions): Promise<Result<Writer, DatabaseFault>> {
  const worker = new Worker(thread, { workerData: { path, settings } satisfies WriterStart })
  const opened = await firstWord(worker, path)
  if (!opened.ok) {
    await worker.terminate()
    return opened
  }
  const reader = openReadOnly(path)
  if (!reader.ok) {
    await worker.terminate()
    return reader
  }
  return ok(createWriter(worker, reader.value, onBatch))
}

const firstWord = (worker: Worker, path: string): Promise<Result<undefined, DatabaseFault>> =>
  new Promise((resolve) => {
    const fail = (detail: string) => resolve(err({ kind: 'unusable-database', path, detail }))
    worker.once('error', (error) => fail(String(error)))
    worker.once('exit', (code) => fail(`the writer thread ended with ${code}`))
    worker.once('message', (message: FromWriter) => {
      resolve(message.kind === 'failed-to-open' ? err(message.fault) : ok(undefined))
    })
  })

interface Waiting {
  readonly entries: readonly LogEntry[]
  readonly settle: (result: Result<readonly Receipt[], StorageFault>) => void
}

function createWriter(worker: Worker, db: DatabaseSync, onBatch: (note: BatchNote) => void): Writer {
  const health = createHealth()
  const read = health.watch(createRoomReader(db))
  const followers = new Set<(entries: readonly StoredEntry[]) => void>()
  const tell = (entries: readonly StoredEntry[]) => followers.forEach((follower) => follower(entries))
  const sendBatch = (entries: readonly LogEntry[]) => {
    const batch = packBatch(entries)
    worker.postMessage({ kind: 'append', batch } satisfies ToWriter, [batch.bodies.buffer])
    return batch.table
  }
  const batches = createBatches(sendBatch, tell, onBatch)
  const asked = createQuestions((id, name, payload) => send({ kind: 'ask', id, name, payload }))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  const send = (message: ToWriter) => worker.postMessage(message)
  let gone: string | undefined

  worker.on('message', (message: FromWriter) => {
    if (message.kind === 'appended') {
      health.wrote(message.result)
      batches.done(message.result)
    } else if (message.kind === 'healed') health.wrote(ok(undefined))
    else if (message.kind === 'followed') tell(message.entries)
    else if (message.kind === 'answered') asked.answered(message.id, message.answer)
  })
  const ended = new Promise<string>((resolve) => {
    const end = (reason: string) => {
      gone ??= reason
      health.wrote(err({ kind: 'storage', detail: gone }))
      batches.fail({ kind: 'storage', detail: gone })
      asked.fail(gone)
      resolve(gone)
    }
    worker.once('error', (error) =>
      end(`the writer thread failed: ${error instanceof Error ? error.stack : String(error)}`),
    )
    worker.once('exit', () => end('the writer thread ended'))
  })
  let closing = false

  const askNow = async (name: string, payload: unknown): Promise<unknown> => {
    if (gone !== undefined || closing) throw new Error(gone ?? 'closed')
    return asked.ask(name, payload)
  }
  const ask = async (name: string, payload: unknown): Promise<unknown> => {
    await batches.empty()
    return askNow(name, payload)
  }
  const close = async () => {
    if (closing) return void (await ended)
    closing = true
    await batches.empty()
    db.close() // first, so that the thread's connection is the last and folds the WAL into the file
    send({ kind: 'close' })
    await ended
    followers.clear()
  }
  return {
    log: {
      async append(entries) {
        if (gone !== undefined || closing) return err({ kind: 'storage', detail: gone ?? 'closed' })
        return entries.length > 0 ? batches.add(entries) : ok([])
      },
      read: async (room) => read(room),
      async compact(room, upTo, snapshot, epoch) {
        await askNow('compact', { room, upTo, snapshot, epoch } satisfies CompactRequest) // what it covers is on the disk
      },
      follow(listener) {
        followers.add(listener)
        return () => void followers.delete(listener)
      },
      close,
    },
    ask,
    health: health.now,
    async spread() {
      await askNow('spread', undefined)
    },
    checkpoint: async () => (await askNow('checkpoint', undefined)) === true,
    erase: async (room) => (await ask('erase', room)) === true,
    lost: new Promise((resolve) => void ended.then((reason) => (closing ? undefined : resolve(reason)))),
    close,
  }
}

/** A write that fails is a fault until one succeeds; a room that cannot be read is one until it can. */
function createHealth() {
  let writing: string | undefined
  const unread = new Map<string, string>()
  return {
    now(): Health {
      const reason = writing ?? unread.values().next().value
      return reason === undefined ? { ok: true } : { ok: false, reason }
    },
    wrote(result: Result<unknown, StorageFault>) {
      writing = result.ok ? undefined : result.error.detail
    },
    watch:
      <T>(read: (room: string) => T) =>
      (room: string): T => {
        try {
          const found = read(room)
          unread.delete(room)
          return found
        } catch (thrown) {
          if (unread.size < mostUnread) unread.set(room, errorText(thrown))
          throw thrown
        }
      },
  }
}
const mostUnread = 1000

/** One batch at a time on its way; the appends that come meanwhile are the next one. */
function createBatches(
  send: (entries: readonly LogEntry[]) => Float64Array<ArrayBuffer>,
  tell: (entries: readonly StoredEntry[]) => void,
  onBatch: (note: BatchNote) => void,
) {
  let gathering: Waiting[] = []
  let flying: Waiting[] = []
  let scheduled = false
  let idle: (() => void)[] = []
  let sentAt = 0
  let table = new Float64Array() // of those that fly

  const fly = () => {
    scheduled = false
    if (flying.length > 0 || gathering.length === 0) return
    flying = gathering
    gathering = []
    sentAt = performance.now()
    table = send(flying.flatMap((waiting) => waiting.entries))
  }
  const land = (settle: (waiting: Waiting) => void) => {
    const landed = flying
    flying = []
    landed.forEach(settle)
    fly()
    if (flying.length > 0) return
    const waiters = idle
    idle = []
    waiters.forEach((resolve) => resolve())
  }
  return {
    add: (entries: readonly LogEntry[]) =>
      new Promise<Result<readonly Receipt[], StorageFault>>((settle) => {
        gathering.push({ entries, settle })
        if (!scheduled) setImmediate(fly)
        scheduled = true
      }),
    done(stored: Result<BatchReceipt, StorageFault>) {
      const result = stored.ok ? ok(unpackReceipts(table, stored.value)) : stored
      const entries = flying.flatMap((waiting) => waiting.entries)
      onBatch({
        entries: entries.length,
        ms: performance.now() - sentAt,
        fault: result.ok ? undefined : result.error.detail,
      })
      let from = 0
      land(({ entries, settle }) => {
        settle(result.ok ? ok(result.value.slice(from, from + entries.length)) : result)
        from += entries.length
      })
      if (result.ok) tell(entries.map(({ room, update, at }, i) => ({ room, update, at, ...result.value[i]! })))
    },
    fail(fault: StorageFault) {
      const failed = [...flying, ...gathering]
      gathering = []
      flying = failed
      land(({ settle }) => settle(err(fault)))
    },
    empty: (): Promise<void> =>
      flying.length + gathering.length === 0 ? Promise.resolve() : new Promise((resolve) => void idle.push(resolve)),
  }
}

function createQuestions(send: (id: number, name: string, payload: unknown) => void) {
  const open = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (reason: Error) => void }
  >()
  let lastId = 0
  return {
    ask: (name: string, payload: unknown) =>
      new Promise<unknown>((resolve, reject) => {
        open.set(++lastId, { resolve, reject })
        send(lastId, name, payload)
      }),
    answered(id: number, answer: Result<unknown, string>) {
      const question = open.get(id)
      open.delete(id)
      if (answer.ok) question?.resolve(answer.value)
      else question?.reject(new Error(answer.error))
    },
    fail(reason: string) {
      for (const { reject } of open.values()) reject(new Error(reason))
      open.clear()
    },
  }
}
