/** What search uses in a real page: the worker, the wire's room, the printed entries, the relay's clock. Nothing starts before it is asked for. */
import { wireOf } from '#domain/room.ts'
import { openSession } from '#src/sync/session.ts'
import type { FinderDeps } from './finder.ts'
import type { FromWorker } from './messages.ts'

export const finderDeps: FinderDeps = {
  makeWorker(hear) {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => hear(data))
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    return { tell: (message) => worker.postMessage(message), close: () => worker.terminate() }
  },
  openWire: (edition) => openSession().room(wireOf(edition)),
  offline: () => openSession().connection() === 'offline',
  now: () => openSession().now(),
}
