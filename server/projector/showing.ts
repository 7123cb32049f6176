/** What the projector shows in rooms: the newest lines, the wire, and each author's notices. All of it inside its transaction. */
import { nextKey, wireMaps } from '#domain/wire.ts'
import { latestSize } from '#domain/entry.ts'
import type { Did } from '#domain/identity.ts'
import { Notice } from '#domain/notice.ts'
import { answeredMap, houseMap, isKeptLabel, labelsMap, type Decision } from '#domain/label.ts'
import { inboxOf, labelsRoom, latestOf, wireOf } from '#domain/room.ts'
import { dayMs } from '#domain/time.ts'
import type { Map as YMap } from 'yjs'
import type { EditionInForce, Editions, Labelled, ReadModelWriter } from '../stores/store.ts'
import { hold, holdExactly, type RelayRooms } from './relay-rooms.ts'

export interface Showing {
  /** The 20 newest live lines of each of these categories and of all; who leaves makes room for the next. */
  latest(categories: Iterable<string>, now: number): void
  /** These listings in the wire of the edition in force: whole while they live; what they were printed as is dead. */
  wire(ids: readonly string[], now: number): void
  /** The whole wire from the read model: what a crash, a clock or a backup may have left is put right. */
  wireWhole(now: number): void
  /** Tells the readers of a wire which edition follows. */
  wireEnds(edition: string, next: string, now: number): void
  notices(did: Did, notices: readonly Notice[], now: number): void
  /** Those that count from now on: for everybody in the room of labels, for whom they concern, and for who has reported it. */
  labels(labels: readonly Labelled[], now: number): void
  /** Decisions stand without the words of a moderator who had all of his erased. @param told as `<subject> <at> <reason>` */
  unsaid(inboxes: readonly string[], told: ReadonlySet<string>, now: number): void
}

export const keptNotices = 200
export const keptNoticeDays = 60

export function createShowing(
  rooms: RelayRooms,
  model: ReadModelWriter,
  editions: Editions,
  reportersOf: (subject: string) => readonly Did[],
): Showing {
  const entryJson = (id: string, now: number): string | undefined => {
    const entry = model.liveEntry(id, now)
    return entry && JSON.stringify(entry)
  }
  const newest = (category: string | undefined, now: number) =>
    new Map(model.newest(category, latestSize, now).map((line) => [line.id, JSON.stringify(line)]))

  const tellDecision = (did: Did, name: string, decision: Decision, now: number) =>
    rooms.change(inboxOf(did), now, (map) => {
      const held = map(name)
      hold(held, decision.subject.id, JSON.stringify(decision))
      dropOldDecisions(held, now)
    })

  return {
    latest(categories, now) {
      for (const category of categories)
        rooms.change(latestOf(category), now, (map) => holdExactly(map('lines'), newest(category, now)))
      rooms.change(latestOf('all'), now, (map) => holdExactly(map('lines'), newest(undefined, now)))
    },
    wire(ids, now) {
      const { name, printedAs } = editions.inForce()
      rooms.change(wireOf(name), now, (map) => {
        for (const id of ids) hold(map(wireMaps.entries), id, entryJson(id, now))
        for (const [ordinal, tokens] of deadOf(ids, printedAs)) hold(map(wireMaps.dead), ordinal, tokens)
      })
    },
    wireWhole(now) {
      const { name, printedAs, changed } = editions.inForce()
      const ids = changed(now)
      const entries = ids.flatMap((id) => {
        const json = entryJson(id, now)
        return json === undefined ? [] : [[id, json] as const]
      })
      rooms.change(wireOf(name), now, (map) => {
        holdExactly(map(wireMaps.entries), new Map(entries))
        holdExactly(map(wireMaps.dead), deadOf(ids, printedAs))
      })
    },
    wireEnds(edition, next, now) {
      rooms.change(wireOf(edition), now, (map) => hold(map(wireMaps.edition), nextKey, next))
    },
    notices(did, notices, now) {
      rooms.change(inboxOf(did), now, (map) => {
        const held = map('notices')
        for (const notice of notices)
          if (!isTold(notice, held.get(notice.hash))) held.set(notice.hash, JSON.stringify(Notice.parse(notice)))
        dropOldNotices(held, now)
      })
    },
    labels(labels, now) {
      rooms.change(labelsRoom, now, (map) => {
        const held = map(labelsMap)
        for (const [subject, text] of held.entries()) if (!isKeptLabel(signedAt(text), now)) held.delete(subject)
        for (const { decision, text } of labels)
          if (isKeptLabel(decision.at, now)) hold(held, decision.subject.id, text)
      })
      for (const { decision, tells } of labels) {
        if (tells) tellDecision(tells, houseMap, decision, now)
        for (const did of reportersOf(decision.subject.id)) tellDecision(did, answeredMap, decision, now)
      }
    },
    unsaid(inboxes, told, now) {
      for (const room of inboxes)
        rooms.purgeBy(room, now, (map) => {
          for (const held of [map(houseMap), map(answeredMap)])
            for (const [id, json] of held.entries()) {
              const decision = JSON.parse(json) as Decision
              const isHis = told.has(`${id} ${decision.at} ${decision.reason}`)
              if (isHis) held.set(id, JSON.stringify({ ...decision, reason: '' }))
            }
        })
    },
  }
}

/** Ordinals of printed entries that are changed or gone, with their tokens field by field. */
const deadOf = (ids: readonly string[], printedAs: EditionInForce['printedAs']): ReadonlyMap<string, string> =>
  new Map(
    ids.flatMap((id) => {
      const printed = printedAs(id)
      return printed ? [[String(printed.ordinal), JSON.stringify(printed.tokens)] as const] : []
    }),
  )

/** The same said again, only later, is nothing new. */
const isTold = (notice: Notice, json: string | undefined): boolean =>
  json !== undefined &&
  JSON.stringify({ ...notice, at: 0 }) === JSON.stringify({ ...(JSON.parse(json) as Notice), at: 0 })

const signedAt = (text: string): number =>
  (JSON.parse(text.slice(text.indexOf('.') + 1)) as { readonly updatedAt: number }).updatedAt

/** What is still in force stays, however old. */
function dropOldDecisions(held: YMap<string>, now: number): void {
  const all = [...held.entries()].map(([id, json]) => ({ id, decision: JSON.parse(json) as Decision }))
  const isOver = ({ action, at }: Decision) => action !== 'hide' && action !== 'block' && !isKeptLabel(at, now)
  for (const { id } of all.filter(({ decision }) => isOver(decision))) held.delete(id)
}

function dropOldNotices(held: YMap<string>, now: number): void {
  const byAge = [...held.entries()]
    .map(([hash, json]) => ({ hash, at: (JSON.parse(json) as Notice).at }))
    .sort((a, b) => b.at - a.at || (a.hash < b.hash ? -1 : 1))
  for (const [place, { hash, at }] of byAge.entries())
    if (place >= keptNotices || at < now - keptNoticeDays * dayMs) held.delete(hash)
}
