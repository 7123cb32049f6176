/** The main thread's hand on a thread that works when it is asked: it folds rooms, prints editions, or searches. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export interface AskedThread<Question, Answer> {
  /** One question at a time; the others wait. */
  ask(question: Question): Promise<Answer | ThreadFailure>
  /** How many wait, the one that is answered among them. */
  asking(): number
  /** In good order, so that the writer's connection is the last and folds the WAL into the file; what it works on is left. */
  close(): Promise<void>
}
export interface ThreadFailure {
  readonly kind: 'failed'
  readonly detail: string
}

export interface AskedThreadOptions {
  readonly thread: URL
  /** Handed to it; must survive a structured clone. */
  readonly workerData: unknown
  /** Longer, and it is ended. */
  readonly patienceMs: number
  readonly mostHeapMb: number
}

/** A thread that dies or takes too long answers `failed`, and the next question gets a new one. It ends when it is told `close`. */
export function createAskedThread<Question, Answer>({
  thread,
  workerData,
  patienceMs,
  mostHeapMb,
}: AskedThreadOptions): AskedThread<Question, Answer> {
  let worker: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  let asking = 0
  let lastError: string | undefined

  const start = (): Worker => {
    const made = new Worker(thread, { workerData, resourceLimits: { maxOldGenerationSizeMb: mostHeapMb } })
    made.unref()
    made.on('error', (error) => (lastError = String(error))) // `exit` follows, and whoever asked hears of it
    made.once('exit', () => {
      if (worker === made) worker = undefined
    })
    return made
  }
  const askNow = (question: Question) =>
    new Promise<Answer | ThreadFailure>((resolve) => {
      lastError = undefined
      const asked = (worker ??= start())
      asked.ref()
      const settle = (answer: Answer | ThreadFailure) => {
        clearTimeout(late)
        asked.off('message', settle)
        asked.off('exit', died)
        asked.unref()
        resolve(answer)
      }
      const died = () => settle({ kind: 'failed', detail: `the thread died: ${lastError ?? 'nobody knows of what'}` })
      const late = setTimeout(() => {
        worker = undefined
        settle({ kind: 'failed', detail: `not done in ${patienceMs} ms` })
        void asked.terminate()
      }, patienceMs)
      asked.on('message', settle)
      asked.once('exit', died)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      asked.postMessage(question)
    })
  return {
    ask(question) {
      asking++
      const answer = last.then(() => askNow(question)).finally(() => asking--)
      last = answer
      return answer
    },
    asking: () => asking,
    async close() {
      const asked = worker
      if (!asked) return
      if (asking > 0) return void (await asked.terminate())
      const gone = once(asked, 'exit')
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      asked.postMessage('close')
      asked.ref()
      await gone
    },
  }
}
