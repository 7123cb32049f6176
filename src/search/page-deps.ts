/** What search uses in a real page: the worker, the wire's room, the printed entries, the relay's clock. Nothing starts before it is asked for. */
import { town } from '#src/i18n/town.ts'
import { pageClock } from '#src/sync/clock.ts'
import { connection, watchConnection } from '#src/sync/connection.ts'
import type { FinderDeps } from './finder.ts'
import type { FromWorker } from './messages.ts'

const wireCode = () => import('./wire-room.ts')

export const finderDeps: FinderDeps = {
  makeWorker(hear) {
    watchConnection()
    void wireCode().catch(() => undefined) // beside the worker; the wire asks again
    const start = (): Worker => {
      const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
      made.postMessage(town) // the page has it at hand: five kilobytes less to fetch
      made.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => hear(data))
      made.addEventListener('error', (fault) => {
        if (fault instanceof ErrorEvent || made !== worker) return // it runs
        worker = undefined // its code did not come: the next look fetches it again
        hear({ kind: 'bare', isPreparing: false })
      })
      return made
    }
    let worker: Worker | undefined = start()
    return {
      tell(message) {
        worker ??= message.kind === 'look' ? start() : undefined
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
        worker?.postMessage(message)
      },
      close: () => worker?.terminate(),
    }
  },
  openWire: async (edition) => (await wireCode()).openWire(edition),
  offline: () => connection() === 'offline',
  now: () => pageClock.now(),
}
