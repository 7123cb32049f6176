/** The thread of histograms: it holds the columns of categories, and reading those of a large one takes longer than the relay's loop may wait. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Histograms } from '#domain/histogram.ts'
import type { Town } from '#domain/listing.ts'
import type { ListQuery } from '#domain/read-model.ts'
import { errorText, openReadOnly } from './stores/database.ts'
import { createHistograms } from './stores/histograms.ts'

export interface HistogramStart {
  /** Of the database. */
  readonly path: string
  readonly town: Town
}
export type ToHistograms = { readonly query: ListQuery; readonly now: number } | 'close'
export type FromHistograms =
  { readonly kind: 'counted'; readonly histograms: Histograms } | { readonly kind: 'failed'; readonly detail: string }

if (!parentPort) throw new Error('histograms are counted in a worker thread')
const port = parentPort
const send = (message: FromHistograms) => port.postMessage(message)
const { path, town } = workerData as HistogramStart
const opened = openReadOnly(path)
const count = opened.ok ? createHistograms(opened.value, town, () => performance.now()) : undefined

port.on('message', (message: ToHistograms) => {
  if (message === 'close') {
    if (opened.ok) opened.value.close()
    return port.close()
  }
  if (!count) {
    send({ kind: 'failed', detail: opened.ok ? '' : opened.error.detail })
    return port.close() // the next question gets a thread that tries again
  }
  try {
    send({ kind: 'counted', histograms: count(message.query, message.now) })
  } catch (thrown) {
    send({ kind: 'failed', detail: errorText(thrown) })
  }
})
