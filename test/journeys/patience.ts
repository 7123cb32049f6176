/** For how long a journey waits for one thing. None says less of its own: a machine with other work does everything, later. */
import { until as untilWithin } from '../fixtures/until.ts'

export const patienceMs = 60_000

/** Until something is so that no page tells of. */
export const until = (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> =>
  untilWithin(what, isSo, patienceMs)
