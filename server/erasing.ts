/**
 * Erases keys, one after the other: rooms, records, editions, lists, log. Every step is kept before it is taken, and each may be
 * taken again, so whatever ends the process in between, the next start goes on where this one was.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { DatabaseSync } from 'node:sqlite'
import type { Logger } from 'pino'
import type { ErasureStep } from '#domain/erasure.ts'
import type { Did } from '#domain/identity.ts'
import type { Town } from '#domain/listing.ts'
import { labelsRoom } from '#domain/room.ts'
import { minuteMs } from '#domain/time.ts'
import { verifyToken } from '#domain/token.ts'
import type { Relay } from './relay/relay.ts'
import type { EraseRouteOwn } from './routes/erase.ts'
import { createLimiter } from './routes/limiter.ts'
import { verifiesNow } from './signature.ts'
import { createStepOf, createUnderWay, type UnderWay } from './stores/erasures.ts'
import type { Writer } from './stores/writer.ts'

export interface ErasingDeps {
  readonly writer: Pick<Writer, 'ask' | 'erase' | 'checkpoint'>
  readonly reader: DatabaseSync
  readonly relay: Pick<Relay, 'shut' | 'settled' | 'retire' | 'refresh'>
  readonly now: () => number
  readonly log: Pick<Logger, 'error'>
}
/** What takes a key's things out of files beside the database. */
export interface ErasingHands {
  /** Entries, out of everything that was printed. False when it has to be tried again. */
  readonly retract: (ids: ReadonlySet<string>) => Promise<boolean>
  /** Files that records of the key name. Asked while the records are still there; may be asked again. */
  readonly dropBlobs?: (did: Did) => Promise<void>
}

export interface Erasing {
  /** From when it resolves the key is refused, and all of it goes, whatever happens. */
  erase(did: Did): Promise<void>
  /** How far it is with the key of this mark; undefined where nobody asked for it. */
  stepOf(mark: string): ErasureStep | undefined
  /** Goes on with what an earlier process left. Until then nothing is taken from editions. */
  start(hands: ErasingHands): void
  /** Resolves when nothing is under way that can be done now. */
  settled(): Promise<void>
  close(): Promise<void>
}

const againMs = 10_000
const checkpointTries = 40
const checkpointPauseMs = 50

export function createErasing({ writer, reader, relay, now, log }: ErasingDeps): Erasing {
  const underWay = createUnderWay(reader)
  const stepOf = createStepOf(reader)
  let hands: ErasingHands | undefined
  let running: Promise<void> | undefined
  let again: NodeJS.Timeout | undefined
  let isClosed = false

  const takeRooms = async (did: Did) => {
    relay.shut(did)
    await relay.settled() // what it wrote before is in its rooms now, and goes with them
    for (const room of (await writer.ask('erasure-rooms', did)) as string[])
      await relay.retire(room, () => writer.erase(room))
  }
  const takeRecords = async (did: Did, { dropBlobs }: ErasingHands) => {
    await dropBlobs?.(did)
    const anew = (await writer.ask('erasure-records', did)) as readonly string[]
    for (const room of [labelsRoom, ...anew]) relay.refresh(room)
    while (await writer.ask('erasure-journal', did));
  }
  const takeLists = async (ids: readonly string[]) => {
    for (const room of (await writer.ask('erasure-traces', ids)) as string[]) {
      await writer.ask('erasure-purge', { room, ids })
      relay.refresh(room)
    }
  }
  /** What was deleted is overwritten in the file only when the log beside it is folded in; a reader may be in the way. */
  const foldLog = async () => {
    for (let tried = 0; tried < checkpointTries && !isClosed; tried++) {
      if (await writer.checkpoint()) return true
      await wait(checkpointPauseMs)
    }
    return false
  }
  const go = async ({ n, did, ids }: UnderWay, given: ErasingHands): Promise<boolean> => {
    const reach = (step: ErasureStep) => writer.ask('erasure-step', { n, step })
    if (did) {
      await reach('rooms')
      await takeRooms(did)
      await reach('records')
      await takeRecords(did, given)
      await reach('editions')
      if (ids.length > 0 && !(await given.retract(new Set(ids)))) return false
      await reach('lists')
      await takeLists(ids)
      await writer.ask('erasure-close', n)
    }
    if (!(await foldLog())) return false
    await reach('done')
    return true
  }
  const goOn = async () => {
    for (const job of underWay()) {
      if (isClosed || !hands) return
      try {
        if (await go(job, hands)) continue
      } catch (thrown) {
        if (!isClosed) log.error({ reason: String(thrown) }, 'not erased')
      }
      again ??= setTimeout(wake, againMs).unref()
    }
  }
  const wake = () => {
    again = undefined
    running = (running ?? Promise.resolve()).then(goOn)
  }
  return {
    async erase(did) {
      await writer.ask('erasure-begin', { did, at: now() })
      relay.shut(did)
      wake()
    },
    stepOf,
    start(given) {
      hands = given
      wake()
    },
    settled: async () => void (await running),
    async close() {
      isClosed = true
      clearTimeout(again)
      await running
    },
  }
}

/** For the route. */
export const eraseDeps = (erasing: Erasing, origins: readonly string[], { portal }: Town): EraseRouteOwn => ({
  erasing,
  async keyOf(token) {
    const key = await verifyToken(token, { audience: origins, now: Date.now() }, verifiesNow)
    return key.ok ? key.value.did : undefined
  },
  portal: portal.id,
  limiter: createLimiter({ most: 20, windowMs: 10 * minuteMs }),
})
