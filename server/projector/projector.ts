/**
 * The projector: judges what lies in shelves and contact rooms, beside the relay and on its connection. It reads and
 * verifies outside, then writes journal, read model, rooms, notices and its cursor in one transaction, a bounded batch
 * at a time; appends go on between the batches. A room that cannot be read rests, and the others go on.
 */
import type { Did } from '#domain/identity.ts'
import type { HouseWords } from '#domain/house-rules.ts'
import type { Town } from '#domain/listing.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import type {
  ContactWriter,
  Cursor,
  EditionRow,
  Editions,
  Erasures,
  FindTable,
  Journal,
  ReadModelWriter,
} from '../stores/store.ts'
import { prepare, type Prepared } from './prepare.ts'
import type { RoomLog } from './relay-rooms.ts'
import { createResting } from './resting.ts'
import { createRunner } from './runner.ts'
import { createTransactions } from './transactions.ts'

export const steps = ['read', 'verified', 'journal', 'read-model', 'rooms', 'cursor', 'commit'] as const
/** Of putting an edition in force. */
export const editionSteps = ['edition', 'switched'] as const
export type Step = (typeof steps)[number] | (typeof editionSteps)[number]

export interface ProjectorDeps {
  readonly log: RoomLog & { transact<T>(work: () => T): T }
  readonly cursor: Cursor
  readonly journal: Journal
  readonly model: ReadModelWriter
  readonly contacts: ContactWriter
  readonly editions: Editions
  readonly finds: FindTable
  /** Keys that have reported something. */
  readonly reportersOf: (subject: string) => readonly Did[]
  readonly erasures: Erasures
  readonly town: Town
  readonly house: HouseWords
  /** Whose labels count. */
  readonly moderators: ReadonlySet<string>
  /** How many listings a new key may have live; 0: as many as any. */
  readonly newKeyListings: () => number
  readonly now: () => number
  /** A room that could not be projected: name and reason, no content. */
  readonly report: (room: string, reason: unknown) => void
  /** Called after each step; the crash test ends the process in it. */
  readonly step?: (name: Step) => void
}
export interface Projector {
  /** There may be something to do. Returns at once. */
  wake(): void
  /** Resolves when nothing that was there to do is left. */
  settled(): Promise<void>
  /** Takes what ran out of the lists, and tries resting rooms again. Once a minute is enough: readers check the time themselves. */
  sweep(now: number): void
  /** Puts a printed edition in force, in one transaction of its own. */
  publish(row: EditionRow): void
  /** Takes a key out of everything that shows it. The runs of its rows in journal and log are the caller's. @returns inboxes that were written anew */
  erase(did: Did): readonly string[]
  /** Takes these out of a room the relay writes itself, and what was deleted in it out of its log. */
  purge(room: string, ids: readonly string[]): void
  /** What is printed with the site, as it is now, for the plain search. */
  printed(all: readonly PrintedEntry[]): void
  stop(): void
}

const batchRooms = 50
const batchValues = 200

export function createProjector(deps: ProjectorDeps): Projector {
  const { cursor, now } = deps
  let stopped = false
  const report = (room: string, reason: unknown) => {
    if (!stopped) deps.report(room, reason) // whoever stops closes the connection too, under whatever runs
  }
  const resting = createResting(report)
  const transactions = createTransactions(deps)

  /** A batch that fails is tried room by room, so that one bad room stops no other. */
  const commit = (batch: readonly Prepared[]) => {
    try {
      transactions.commit(batch, now())
      for (const { room } of batch) resting.drop(room)
    } catch (thrown) {
      const [only, ...more] = batch
      if (more.length > 0) for (const prepared of batch) commit([prepared])
      else if (only) resting.add(only.room, thrown, now())
    }
  }

  const prepareNext = async (): Promise<readonly Prepared[]> => {
    const names = cursor.pending(batchRooms + resting.count()).filter((room) => !resting.has(room, now()))
    const batch: Prepared[] = []
    let values = 0
    for (const room of names) {
      try {
        const prepared = await prepare(deps, room, batchValues - values)
        if (prepared) batch.push(prepared)
        values += prepared?.values ?? 0
      } catch (thrown) {
        resting.add(room, thrown, now())
      }
      if (values >= batchValues) break
    }
    return batch
  }

  const runner = createRunner({
    start: () => transactions.start(now()),
    prepareNext,
    commit,
    failed: (thrown) => report('', thrown),
  })
  return {
    wake: runner.wake,
    settled: runner.settled,
    sweep(at) {
      try {
        transactions.sweep(at)
      } catch (thrown) {
        report('', thrown)
      }
      runner.wake()
    },
    publish: (row) => transactions.publish(row, now()),
    erase: (did) => transactions.erase(did, now()),
    purge: (room, ids) => transactions.purge(room, ids, now()),
    printed: transactions.printed,
    stop() {
      stopped = true
      runner.stop()
    },
  }
}
