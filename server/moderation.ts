/** Moderation put together: what its routes are given, and the printed cards that are taken back when something is hidden. */
import type { DatabaseSync } from 'node:sqlite'
import { isDid } from '#domain/identity.ts'
import { inboxOf, labelsRoom } from '#domain/room.ts'
import { minuteMs } from '#domain/time.ts'
import { verifyToken } from '#domain/token.ts'
import { createHiddenFile } from './hidden-file.ts'
import type { Publishing } from './publishing.ts'
import { createLimiter } from './routes/limiter.ts'
import type { ModerationDeps } from './routes/moderation.ts'
import { verifiesNow } from './signature.ts'
import { createWhyClosed } from './stores/closed-keys.ts'
import { createLabelLog } from './stores/hidden-file.ts'
import { createHiddenIds } from './stores/moderation.ts'
import { createQueue } from './stores/queue.ts'
import type { Reported } from './stores/reports.ts'
import { createTownActs } from './stores/town-table.ts'
import type { Writer } from './stores/writer.ts'

export interface ModerationParts {
  readonly reader: DatabaseSync
  readonly writer: Pick<Writer, 'ask'>
  readonly moderators: readonly string[]
  readonly origins: readonly string[]
  /** The portal's id. */
  readonly portal: string
  readonly now: () => number
}

export function createModeration({
  reader,
  writer,
  moderators,
  origins,
  portal,
  now,
}: ModerationParts): ModerationDeps {
  const whyClosed = createWhyClosed(reader)
  return {
    report: async (report) => (await writer.ask('report', report)) as Reported,
    queue: createQueue(reader),
    townActs: createTownActs(reader).acts,
    hidden: createHiddenFile(reader, portal),
    log: createLabelLog(reader),
    isModerator: (did) => moderators.includes(did),
    async keyOf(token) {
      const verified = await verifyToken(token, { audience: origins, now: now() }, verifiesNow)
      return verified.ok && !whyClosed(verified.value.did) ? verified.value.did : undefined
    },
    limiter: createLimiter({ most: 30, windowMs: 10 * minuteMs }),
  }
}

const gatherMs = 1000

/**
 * What was hidden, or taken off the town's own pages, leaves the printed cards, also what was just before the process ended; many at
 * once are one print. A moderator is told what came of each of his acts, so his inbox says that there may be something.
 */
export function startRetracting(
  writer: Pick<Writer, 'log'>,
  reader: DatabaseSync,
  publishing: Pick<Publishing, 'retract'>,
  moderators: readonly string[] = [],
): () => void {
  const rooms = new Set([labelsRoom, ...moderators.filter(isDid).map(inboxOf)])
  const all = createHiddenIds(reader)
  const done = new Set<string>()
  let waiting: NodeJS.Timeout | undefined
  let isRunning = false
  const run = async () => {
    waiting = undefined
    if (isRunning) return soon()
    const ids = new Set(all())
    for (const id of done) if (!ids.has(id)) done.delete(id) // restored: printed again, and perhaps hidden again
    const left = [...ids].filter((id) => !done.has(id))
    if (left.length === 0) return
    isRunning = true
    if (await publishing.retract(new Set(left)).catch(() => false)) for (const id of left) done.add(id)
    isRunning = false
  }
  const soon = () => void (waiting ??= setTimeout(() => void run(), gatherMs).unref())
  soon()
  const leave = writer.log.follow((entries) => entries.some(({ room }) => rooms.has(room)) && soon())
  return () => {
    leave()
    clearTimeout(waiting)
  }
}
