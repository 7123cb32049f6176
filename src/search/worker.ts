/** The search worker: a thin shell, so that cutting and scoring never hold up the page. */
import { town } from '#src/i18n/town.ts'
import { createAnswering } from './answering.ts'
import type { FromWorker, ToWorker } from './messages.ts'

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
const post = (message: FromWorker) => self.postMessage(message)
const { tell } = createAnswering({ town, post })
self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => void tell(data))
