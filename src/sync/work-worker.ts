/** The worker of `work.ts`: one proof, then it is ended. */
import { solveWork } from '#domain/work.ts'
import type { WorkToDo } from './work.ts'

self.addEventListener('message', ({ data: { challenge, bits } }: MessageEvent<WorkToDo>) =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
  self.postMessage(solveWork(challenge, bits)),
)
