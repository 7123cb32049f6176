/** The search worker: a thin shell, so that fetching, merging and scoring never hold up the page. Its first message is the town it answers for. */
import { townCache } from '#domain/kept-town.ts'
import type { Town } from '#domain/listing.ts'
import { hiddenIds } from '#src/sync/labels.ts'
import { createAnswering } from './answering.ts'
import type { FromWorker, ToWorker } from './messages.ts'

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
const post = (message: FromWorker) => self.postMessage(message)
const cache = async () => ('caches' in self ? caches.open(townCache).catch(() => undefined) : undefined)
const answerFor = ({ data: town }: MessageEvent<Town>) => {
  const { tell } = createAnswering({ town, post, cache, fetch: (path, init) => fetch(path, init), hidden: hiddenIds })
  self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => void tell(data))
}
self.addEventListener('message', answerFor, { once: true })
