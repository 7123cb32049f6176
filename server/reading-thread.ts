/** The inside of a thread that answers from the database and writes nothing: one answer for each question (asked-thread.ts asks). */
import { parentPort } from 'node:worker_threads'
import type { DatabaseSync } from 'node:sqlite'
import { errorText, openReadOnly } from './stores/database.ts'

export type Read<Answer> =
  { readonly kind: 'read'; readonly answer: Answer } | { readonly kind: 'failed'; readonly detail: string }

/** @param path of the database @param reader made once, from the open database; may throw while it answers, which is told */
export function serveReading<Question, Answer>(
  path: string,
  reader: (db: DatabaseSync) => (question: Question) => Answer,
): void {
  if (!parentPort) throw new Error('what reads beside the relay runs in a worker thread')
  const port = parentPort
  const send = (message: Read<Answer>) => port.postMessage(message)
  const opened = openReadOnly(path)
  const answer = opened.ok ? reader(opened.value) : undefined
  port.on('message', (question: Question | 'close') => {
    if (question === 'close') {
      if (opened.ok) opened.value.close()
      return port.close()
    }
    if (!answer) {
      send({ kind: 'failed', detail: opened.ok ? '' : opened.error.detail })
      return port.close() // the next question gets a thread that tries again
    }
    try {
      send({ kind: 'read', answer: answer(question) })
    } catch (thrown) {
      send({ kind: 'failed', detail: errorText(thrown) })
    }
  })
}
