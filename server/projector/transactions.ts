/** What the projector writes, each time in one transaction: a batch of rooms, the lists at its start, what ran out since. */
import type { Did } from '#domain/identity.ts'
import { labelsRoom, wireOf } from '#domain/room.ts'
import type { PrintedEntry } from '#domain/search-entry.ts'
import type { Cursor, EditionRow, ReadModelWriter } from '../stores/store.ts'
import { createEffects } from './effects.ts'
import type { Prepared } from './prepare.ts'
import type { ProjectorDeps } from './projector.ts'
import { createFinding } from './finding.ts'
import { createRelayRooms } from './relay-rooms.ts'
import { createShowing } from './showing.ts'

export interface Transactions {
  /** Puts the lists right, whatever a crash, a clock or a backup has left. */
  start(at: number): void
  commit(batch: readonly Prepared[], at: number): void
  /** Takes what ran out since the last time out of the lists. */
  sweep(at: number): void
  /** What is printed with the site can be found from now on. */
  printed(all: readonly PrintedEntry[]): void
  /** Puts a printed edition in force: what changed since its print stands in its wire, and the old wire tells of it. */
  publish(row: EditionRow, at: number): void
  /** Takes a key out of the read model and of everything that shows it. @returns inboxes that were written anew */
  erase(did: Did, at: number): readonly string[]
  /** Takes these out of a room of the relay's own, and what was deleted in it out of its log. */
  purge(room: string, ids: readonly string[], at: number): void
}

type Deps = Pick<ProjectorDeps, 'log' | 'town' | 'step' | 'editions' | 'finds' | 'erasures' | 'reportersOf'> & {
  readonly cursor: Cursor
  readonly model: ReadModelWriter
}

export function createTransactions({
  log,
  cursor,
  model,
  editions,
  finds,
  reportersOf,
  erasures,
  town,
  step = () => undefined,
}: Deps): Transactions {
  const rooms = createRelayRooms(log)
  const showing = createShowing(rooms, model, editions, reportersOf)
  const finding = createFinding(finds, model)
  let sweptTo: number | undefined

  const transact = (work: () => void) => {
    try {
      log.transact(work)
    } catch (thrown) {
      rooms.forget()
      editions.forget()
      throw thrown
    }
  }

  const start = (at: number) => {
    transact(() => {
      showing.wireWhole(at)
      finding.start(at)
      showing.latest(new Set(town.categories.map(({ id }) => id)), at)
    })
    sweptTo = at
  }

  return {
    start,
    commit(batch, at) {
      transact(() => {
        const effects = createEffects()
        for (const prepared of batch) prepared.put(effects)
        effects.write(showing, finding, at)
        step('rooms')
        for (const { room, seq, whole } of batch) if (whole) cursor.advance(room, seq)
        step('cursor')
      })
      step('commit')
    },
    sweep(at) {
      if (sweptTo === undefined) return
      if (at < sweptTo) return start(at) // the clock was set back: what had run out lives again
      const over = model.ranOut(sweptTo, at)
      if (over.length > 0)
        transact(() => {
          const ids = over.map(({ id }) => id)
          showing.wire(ids, at)
          finding.changed(ids, at)
          finding.swept(at)
          showing.latest(new Set(over.map(({ category }) => category)), at)
        })
      sweptTo = at
    },
    printed: (all) => transact(() => finding.printed(all)),
    publish(row, at) {
      const before = editions.inForce().name
      transact(() => {
        editions.replace(row, at)
        step('edition')
        showing.wireWhole(at)
        showing.wireEnds(before, row.edition, at)
        step('switched')
      })
      rooms.release(wireOf(before))
      step('commit')
    },
    erase(did, at) {
      let anew: readonly string[] = []
      transact(() => {
        const effects = createEffects()
        const moderated = erasures.toldBy(did)
        if (moderated) {
          rooms.purge(labelsRoom, moderated.subjects, at)
          showing.unsaid(moderated.inboxes, moderated.told, at)
          anew = moderated.inboxes
        }
        effects.show(erasures.takeFromModel(did))
        effects.write(showing, finding, at)
      })
      return anew
    },
    purge(room, ids, at) {
      // what somebody else's earlier version has become by now is not gone
      transact(() =>
        rooms.purge(
          room,
          ids.filter((id) => model.liveEntry(id, at) === undefined),
          at,
        ),
      )
    },
  }
}
