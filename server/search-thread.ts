/** The thread of plain search: a word that half the town has costs it tens of milliseconds, which the relay's loop must not wait for. */
import { parentPort, workerData } from 'node:worker_threads'
import type { PlainFound } from '#domain/read-model.ts'
import { errorText, openReadOnly } from './stores/database.ts'
import { createPlainFind } from './stores/plain-find.ts'

export type ToSearch = { readonly query: string; readonly limit: number; readonly now: number } | 'close'
export type FromSearch =
  { readonly kind: 'found'; readonly found: PlainFound } | { readonly kind: 'failed'; readonly detail: string }

if (!parentPort) throw new Error('plain search runs in a worker thread')
const port = parentPort
const send = (message: FromSearch) => port.postMessage(message)
const opened = openReadOnly(String(workerData))
const find = opened.ok ? createPlainFind(opened.value) : undefined

port.on('message', (message: ToSearch) => {
  if (message === 'close') {
    if (opened.ok) opened.value.close()
    return port.close()
  }
  if (!find) {
    send({ kind: 'failed', detail: opened.ok ? '' : opened.error.detail })
    return port.close() // the next question gets a thread that tries again
  }
  try {
    send({ kind: 'found', found: find(message.query, message.limit, message.now) })
  } catch (thrown) {
    send({ kind: 'failed', detail: errorText(thrown) })
  }
})
