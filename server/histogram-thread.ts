/** The thread of histograms: it holds the columns of categories, and reading those of a large one takes longer than the relay's loop may wait. */
import { workerData } from 'node:worker_threads'
import type { Histograms } from '#domain/histogram.ts'
import type { Town } from '#domain/listing.ts'
import type { ListQuery } from '#domain/read-model.ts'
import { serveReading, type Read } from './reading-thread.ts'
import { createHistograms } from './stores/histograms.ts'

export interface HistogramStart {
  /** Of the database. */
  readonly path: string
  readonly town: Town
}
export interface ToHistograms {
  readonly query: ListQuery
  readonly now: number
}
export type FromHistograms = Read<Histograms>

const { path, town } = workerData as HistogramStart
serveReading<ToHistograms, Histograms>(path, (db) => {
  const count = createHistograms(db, town, () => performance.now())
  return ({ query, now }) => count(query, now)
})
