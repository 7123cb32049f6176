/**
 * The projector: judges what lies in shelves and contact rooms, beside the relay and on its connection. It reads and
 * verifies outside, then writes journal, read model, rooms, notices and its cursor in one transaction, a bounded batch
 * at a time; appends go on between the batches. A room that cannot be read rests, and the others go on.
 */
import { parseRoom } from '#domain/room.ts'
import type { Town } from '#domain/listing.ts'
import type { ContactWriter, Cursor, Journal, ReadModelWriter } from '../stores/store.ts'
import { readContacts } from './contact-room.ts'
import { createEffects, type Effects } from './effects.ts'
import { createRelayRooms, type RoomLog } from './relay-rooms.ts'
import { createResting } from './resting.ts'
import { createRunner } from './runner.ts'
import { examineShelf, settle } from './shelf.ts'
import { createShowing } from './showing.ts'
import { slotsOf } from './slots.ts'

export const steps = ['read', 'verified', 'journal', 'read-model', 'rooms', 'cursor', 'commit'] as const
export type Step = (typeof steps)[number]

export interface ProjectorDeps {
  readonly log: RoomLog & { transact<T>(work: () => T): T }
  readonly cursor: Cursor
  readonly journal: Journal
  readonly model: ReadModelWriter
  readonly contacts: ContactWriter
  readonly town: Town
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
  stop(): void
}

const batchRooms = 50
const batchValues = 200

/** A room that was read and verified; `put` does the rest inside the transaction. */
interface Prepared {
  readonly room: string
  readonly seq: number
  readonly whole: boolean
  readonly values: number
  put(effects: Effects): void
}

export function createProjector(deps: ProjectorDeps): Projector {
  const { log, cursor, model, town, now, step = () => undefined } = deps
  const rooms = createRelayRooms(log)
  const showing = createShowing(rooms, model)
  let stopped = false
  const report = (room: string, reason: unknown) => {
    if (!stopped) deps.report(room, reason) // whoever stops closes the connection too, under whatever runs
  }
  const resting = createResting(report)
  let sweptTo: number | undefined

  const transact = (work: () => void) => {
    try {
      log.transact(work)
    } catch (thrown) {
      rooms.forget()
      throw thrown
    }
  }

  const commit = (batch: readonly Prepared[]) => {
    const at = now()
    transact(() => {
      const effects = createEffects()
      for (const prepared of batch) prepared.put(effects)
      effects.write(showing, at)
      step('rooms')
      for (const { room, seq, whole } of batch) if (whole) cursor.advance(room, seq)
      step('cursor')
    })
    sweptTo = Math.min(sweptTo ?? at, at) // a clock set back shows again what had run out
    step('commit')
  }

  /** A batch that fails is tried room by room, so that one bad room stops no other. */
  const commitEach = (batch: readonly Prepared[]) => {
    try {
      commit(batch)
    } catch (thrown) {
      const [only, ...more] = batch
      if (more.length > 0) for (const prepared of batch) commitEach([prepared])
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

  const sweepFrom = (from: number, to: number) => {
    const over = model.ranOut(from, to)
    if (over.length === 0) return
    transact(() => {
      showing.wire(new Set(over.map(({ id }) => id)), to)
      showing.latest(new Set(over.map(({ category }) => category)), to)
    })
  }

  const runner = createRunner({
    start() {
      const at = now()
      transact(() => {
        showing.wireWhole(at)
        showing.latest(new Set(town.categories.map(({ id }) => id)), at)
      })
      sweptTo = at
    },
    prepareNext,
    commit: commitEach,
    failed: (thrown) => report('', thrown),
  })
  return {
    wake: runner.wake,
    settled: runner.settled,
    sweep(at) {
      if (sweptTo === undefined || at <= sweptTo) return runner.wake()
      try {
        sweepFrom(sweptTo, at)
        sweptTo = at
      } catch (thrown) {
        report('', thrown)
      }
      runner.wake()
    },
    stop() {
      stopped = true
      runner.stop()
    },
  }
}

async function prepare(deps: ProjectorDeps, room: string, limit: number): Promise<Prepared | undefined> {
  const parsed = parseRoom(room)
  const state = deps.cursor.stateOf(room)
  const bytes = deps.log.readNow(room)
  if (!state || !bytes || !parsed.ok || !('owner' in parsed.value)) return undefined
  const { owner, kind } = parsed.value
  const step = deps.step ?? (() => undefined)
  const updates = bytes.snapshot ? [bytes.snapshot, ...bytes.updates] : bytes.updates
  const slots = await slotsOf(updates, kind === 'contact' ? 'contacts' : 'records')
  step('read')
  const base = { room, seq: state.seq }
  if (kind === 'contact') {
    const { rows, refused } = await readContacts(slots, state.at)
    const put = (effects: Effects) => {
      deps.contacts.replace(owner, rows)
      for (const notice of refused) effects.tell(owner, notice)
    }
    return { ...base, whole: true, values: rows.length + refused.length, put }
  }
  const place = { room, owner, receivedAt: state.at }
  const shelf = { journal: deps.journal, model: deps.model, town: deps.town, step }
  const { examined, whole } = await examineShelf(shelf, place, { slots, limit })
  step('verified')
  const put = (effects: Effects) => examined.forEach((one) => settle(shelf, place, one, effects))
  return { ...base, whole, values: examined.length, put }
}
