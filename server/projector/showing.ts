/** What the projector shows in rooms: the newest lines, the wire, and each author's notices. All of it inside its transaction. */
import { latestSize, wireEdition } from '#domain/entry.ts'
import type { Did } from '#domain/identity.ts'
import { Notice } from '#domain/notice.ts'
import { inboxOf, latestOf, wireOf } from '#domain/room.ts'
import { dayMs } from '#domain/time.ts'
import type { Map as YMap } from 'yjs'
import type { ReadModelWriter } from '../stores/store.ts'
import { hold, holdExactly, type RelayRooms } from './relay-rooms.ts'

export interface Showing {
  /** The 20 newest live lines of each of these categories and of all; who leaves makes room for the next. */
  latest(categories: Iterable<string>, now: number): void
  /** These listings in the wire: whole while they live, else gone. */
  wire(ids: Iterable<string>, now: number): void
  /** The whole wire from the read model: what a crash, a clock or a backup may have left is put right. */
  wireWhole(now: number): void
  notices(did: Did, notices: readonly Notice[], now: number): void
}

export const keptNotices = 200
export const keptNoticeDays = 60

export function createShowing(rooms: RelayRooms, model: ReadModelWriter): Showing {
  const entryJson = (id: string, now: number): string | undefined => {
    const entry = model.liveEntry(id, now)
    return entry && JSON.stringify(entry)
  }
  const newest = (category: string | undefined, now: number) =>
    new Map(model.newest(category, latestSize, now).map((line) => [line.id, JSON.stringify(line)]))

  return {
    latest(categories, now) {
      for (const category of categories)
        rooms.change(latestOf(category), 'lines', now, (held) => holdExactly(held, newest(category, now)))
      rooms.change(latestOf('all'), 'lines', now, (held) => holdExactly(held, newest(undefined, now)))
    },
    wire(ids, now) {
      rooms.change(wireOf(wireEdition), 'entries', now, (held) => {
        for (const id of ids) hold(held, id, entryJson(id, now))
      })
    },
    wireWhole(now) {
      rooms.change(wireOf(wireEdition), 'entries', now, (held) => {
        const live = new Set(model.liveIds(now))
        for (const id of held.keys()) if (!live.has(id)) held.delete(id)
        for (const id of live) hold(held, id, entryJson(id, now))
      })
    },
    notices(did, notices, now) {
      rooms.change(inboxOf(did), 'notices', now, (held) => {
        for (const notice of notices)
          if (!isTold(notice, held.get(notice.hash))) held.set(notice.hash, JSON.stringify(Notice.parse(notice)))
        dropOldNotices(held, now)
      })
    },
  }
}

/** The same said again, only later, is nothing new. */
const isTold = (notice: Notice, json: string | undefined): boolean =>
  json !== undefined &&
  JSON.stringify({ ...notice, at: 0 }) === JSON.stringify({ ...(JSON.parse(json) as Notice), at: 0 })

function dropOldNotices(held: YMap<string>, now: number): void {
  const byAge = [...held.entries()]
    .map(([hash, json]) => ({ hash, at: (JSON.parse(json) as Notice).at }))
    .sort((a, b) => b.at - a.at || (a.hash < b.hash ? -1 : 1))
  for (const [place, { hash, at }] of byAge.entries())
    if (place >= keptNotices || at < now - keptNoticeDays * dayMs) held.delete(hash)
}
