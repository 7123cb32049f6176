/** The thread of plain search: a word that half the town has costs it tens of milliseconds, which the relay's loop must not wait for. */
import { workerData } from 'node:worker_threads'
import type { PlainFound } from '#domain/read-model.ts'
import { serveReading, type Read } from './reading-thread.ts'
import { createPlainFind } from './stores/plain-find.ts'

export interface ToSearch {
  readonly query: string
  readonly limit: number
  readonly now: number
}
export type FromSearch = Read<PlainFound>

serveReading<ToSearch, PlainFound>(String(workerData), (db) => {
  const find = createPlainFind(db)
  return ({ query, limit, now }) => find(query, limit, now)
})
