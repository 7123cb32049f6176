/**
 * The main thread's hand on the writer thread. Appends of a tick go over as one message and become one transaction;
 * while one is on the disk the next ones gather. Reads use a read-only connection of this thread, so none waits.
 */
import { Worker } from 'node:worker_threads'
import type { DatabaseSync } from 'node:sqlite'
import { err, ok, type Result } from '#domain/result.ts'
import { openReadOnly } from './database.ts'
import { createRoomReader } from './sqlite.ts'
import type { DatabaseFault, LogEntry, Receipt, StorageFault, StoredEntry, UpdateLog } from './store.ts'
import type { FromWriter, ToWriter, WriterStart } from './writer-service.ts'

export interface Writer {
  readonly log: UpdateLog
  /** Asks what is plugged into the writer thread (the projector), after everything appended before. */
  ask(name: string, payload: unknown): Promise<unknown>
  /** Resolves with the reason if the thread ends by itself: nothing can be stored any more, the process should end. */
  readonly lost: Promise<string>
  close(): Promise<void>
}

export interface WriterOptions {
  readonly path: string
  /** Handed to what is plugged in; must survive a structured clone. */
  readonly settings?: unknown
  readonly thread?: URL
}

const standardThread = new URL('../writer-thread.ts', import.meta.url)

export async function openWriter({
  path,
  settings,
  thread = standardThread,
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
  return ok(createWriter(worker, reader.value))
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

function createWriter(worker: Worker, db: DatabaseSync): Writer {
  const read = createRoomReader(db)
  const followers = new Set<(entries: readonly StoredEntry[]) => void>()
  const tell = (entries: readonly StoredEntry[]) => followers.forEach((follower) => follower(entries))
  const batches = createBatches((entries) => send({ kind: 'append', entries }), tell)
  const asked = createQuestions((id, name, payload) => send({ kind: 'ask', id, name, payload }))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  const send = (message: ToWriter) => worker.postMessage(message)
  let gone: string | undefined

  worker.on('message', (message: FromWriter) => {
    if (message.kind === 'appended') batches.done(message.result)
    else if (message.kind === 'followed') tell(message.entries)
    else if (message.kind === 'answered') asked.answered(message.id, message.answer)
  })
  const ended = new Promise<string>((resolve) => {
    const end = (reason: string) => {
      gone ??= reason
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

  const ask = async (name: string, payload: unknown): Promise<unknown> => {
    await batches.empty()
    if (gone !== undefined || closing) throw new Error(gone ?? 'closed')
    return asked.ask(name, payload)
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
      append: async (entries) =>
        gone === undefined && !closing ? batches.add(entries) : err({ kind: 'storage', detail: gone ?? 'closed' }),
      read: async (room) => read(room),
      compact: async (room, upTo, snapshot) => void (await ask('compact', { room, upTo, snapshot })),
      follow(listener) {
        followers.add(listener)
        return () => void followers.delete(listener)
      },
      close,
    },
    ask,
    lost: new Promise((resolve) => void ended.then((reason) => (closing ? undefined : resolve(reason)))),
    close,
  }
}

/** One batch at a time on its way; the appends that come meanwhile are the next one. */
function createBatches(send: (entries: readonly LogEntry[]) => void, tell: (entries: readonly StoredEntry[]) => void) {
  let gathering: Waiting[] = []
  let flying: Waiting[] = []
  let scheduled = false
  let idle: (() => void)[] = []

  const fly = () => {
    scheduled = false
    if (flying.length > 0 || gathering.length === 0) return
    flying = gathering
    gathering = []
    send(flying.flatMap((waiting) => waiting.entries))
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
    done(result: Result<readonly Receipt[], StorageFault>) {
      const entries = flying.flatMap((waiting) => waiting.entries)
      let from = 0
      land(({ entries, settle }) => {
        settle(result.ok ? ok(result.value.slice(from, from + entries.length)) : result)
        from += entries.length
      })
      if (result.ok) tell(entries.map((entry, at) => ({ ...entry, ...result.value[at]! })))
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
