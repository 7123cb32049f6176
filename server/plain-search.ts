/** The main thread's hand on plain search. When too many wait, or it takes too long, the answer is `busy`. */
import type { PlainFound, ReadModel } from '#domain/read-model.ts'
import { createAskedThread } from './asked-thread.ts'
import type { FromSearch, ToSearch } from './search-thread.ts'

export interface PlainSearch {
  readonly find: ReadModel['search']
  close(): Promise<void>
}

const patienceMs = 3_000
const mostWaiting = 16
const busy: PlainFound = { lines: [], printed: [], busy: true }

/** @param path of the database */
export function createPlainSearch(path: string, thread = new URL('search-thread.ts', import.meta.url)): PlainSearch {
  const asked = createAskedThread<ToSearch, FromSearch>({ thread, workerData: path, patienceMs, mostHeapMb: 128 })
  return {
    async find(query, limit, now) {
      if (asked.asking() >= mostWaiting) return busy
      const answer = await asked.ask({ query, limit, now })
      return answer.kind === 'read' ? answer.answer : busy
    },
    close: asked.close,
  }
}
