/** The main thread's hand on histograms. A page is not kept waiting for them: without them it has the fields to type into. */
import type { Histograms } from '#domain/histogram.ts'
import type { Town } from '#domain/listing.ts'
import type { ReadModel } from '#domain/read-model.ts'
import { minuteMs } from '#domain/time.ts'
import { createAskedThread } from './asked-thread.ts'
import type { FromHistograms, HistogramStart, ToHistograms } from './histogram-thread.ts'

export interface HistogramCounts {
  readonly of: ReadModel['histograms']
  /** Has the thread there before the first page asks. */
  start(): void
  close(): Promise<void>
}

const pageWaitsMs = 1_000
const patienceMs = minuteMs
const mostWaiting = 16
const standardThread = new URL('histogram-thread.ts', import.meta.url)

/** @param path of the database */
export function createHistogramCounts(path: string, town: Town, thread = standardThread): HistogramCounts {
  const asked = createAskedThread<ToHistograms, FromHistograms>({
    thread,
    workerData: { path, town } satisfies HistogramStart,
    patienceMs,
    mostHeapMb: 512,
  })
  return {
    async of(query, now) {
      if (asked.asking() >= mostWaiting) return {}
      const counted = asked.ask({ query, now }).then((answer) => (answer.kind === 'read' ? answer.answer : {}))
      return atMost(pageWaitsMs, counted)
    },
    start: () => void asked.ask({ query: { category: '' }, now: 0 }),
    close: asked.close,
  }
}

async function atMost(ms: number, answer: Promise<Histograms>): Promise<Histograms> {
  let late: ReturnType<typeof setTimeout> | undefined
  const none = new Promise<Histograms>((resolve) => (late = setTimeout(() => resolve({}), ms)))
  return Promise.race([answer, none]).finally(() => clearTimeout(late))
}
