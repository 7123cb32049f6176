/** The main thread's hand on the thread that folds rooms. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { FromFolder, ToFolder } from './compaction-thread.ts'

export const foldingThread = new URL('compaction-thread.ts', import.meta.url)
const mostHeapMb = 512

/** One question at a time to the thread. A thread that dies or takes too long answers `failed`, and the next gets a new one. */
export function createFolding(path: string, thread: URL, patienceMs: number) {
  let worker: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()
  let asking = 0

  const start = (): Worker => {
    const made = new Worker(thread, { workerData: path, resourceLimits: { maxOldGenerationSizeMb: mostHeapMb } })
    made.unref()
    made.on('error', () => undefined) // `exit` follows, and whoever asked hears of it
    made.once('exit', () => {
      if (worker === made) worker = undefined
    })
    return made
  }
  const askNow = (question: ToFolder) =>
    new Promise<FromFolder>((resolve) => {
      const asked = (worker ??= start())
      asked.ref()
      const settle = (answer: FromFolder) => {
        clearTimeout(late)
        asked.off('message', settle)
        asked.off('exit', died)
        asked.unref()
        resolve(answer)
      }
      const died = () => settle({ kind: 'failed', detail: 'the folding thread died: out of memory, or broken' })
      const late = setTimeout(() => {
        worker = undefined
        settle({ kind: 'failed', detail: `not folded in ${patienceMs} ms` })
        void asked.terminate()
      }, patienceMs)
      asked.on('message', settle)
      asked.once('exit', died)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      asked.postMessage(question)
    })
  return {
    ask(question: ToFolder): Promise<FromFolder> {
      asking++
      const answer = last.then(() => askNow(question)).finally(() => asking--)
      last = answer
      return answer
    },
    /** In good order, so that the writer's connection is the last and folds the WAL into the file; what it folds is left. */
    async close() {
      const asked = worker
      if (!asked) return
      if (asking > 0) return void (await asked.terminate())
      const gone = once(asked, 'exit')
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      asked.postMessage('close' satisfies ToFolder)
      asked.ref()
      await gone
    },
  }
}
