/**
 * Rooms the relay writes itself, as the client 1: it is their only writer, and the epoch guards against restored
 * backups. A change appends only what differs; where nothing differs nothing is appended.
 */
import * as Y from 'yjs'
import { labelsMap } from '#domain/label.ts'
import type { LogEntry, Receipt, RoomBytes } from '../stores/store.ts'

/** What the rooms need of the log, on the connection and inside the transaction of whoever calls. */
export interface RoomLog {
  readNow(room: string): RoomBytes | undefined
  appendNow(entries: readonly LogEntry[]): readonly Receipt[]
  compactNow(room: string, upTo: number, snapshot: Uint8Array): void
}
export interface RelayRooms {
  /** All that is edited is one update: no reader ever has a part of it. */
  change(room: string, at: number, edit: (map: (name: string) => Y.Map<string>) => void): void
  /** As `change`; where anything changes, what was taken out now or before is in the log no more. */
  changeWhole(room: string, at: number, edit: (map: (name: string) => Y.Map<string>) => void): void
  /** As `change`, and whatever was deleted or replaced is out of its log in any case. */
  purgeBy(room: string, at: number, edit: (map: (name: string) => Y.Map<string>) => void): void
  /** A room that is not written any more need not stay in memory. */
  release(room: string): void
  /** Takes these keys out of it, and out of its log whatever was deleted. Readers stay: for them it is one more change. */
  purge(room: string, keys: readonly string[], at: number): void
  /** After a transaction that was rolled back: what is held in memory is no longer what is on the disk. */
  forget(): void
}

const relayClient = 1

/** Maps of such rooms whose keys are ids of entries. */
const keyedById = ['lines', 'entries', labelsMap]

/** `latest/…` and `wire/…` are few and change all the time, so their documents stay; inboxes are many and are built again. */
const isKept = (room: string): boolean => !room.startsWith('inbox/')

export function createRelayRooms(log: RoomLog): RelayRooms {
  const kept = new Map<string, Y.Doc>()

  const docOf = (room: string): Y.Doc => {
    const known = kept.get(room)
    if (known) return known
    const doc = new Y.Doc()
    const bytes = log.readNow(room)
    if (bytes?.snapshot) Y.applyUpdate(doc, bytes.snapshot)
    for (const update of bytes?.updates ?? []) Y.applyUpdate(doc, update)
    doc.clientID = relayClient // after loading: Yjs gives itself another id when it meets its own in foreign bytes
    if (isKept(room)) kept.set(room, doc)
    return doc
  }

  const edited = (room: string, at: number, edit: (map: (name: string) => Y.Map<string>) => void) => {
    const doc = docOf(room)
    const updates: Uint8Array[] = []
    const collect = (update: Uint8Array) => void updates.push(update)
    doc.on('update', collect)
    doc.transact(() => edit((name) => doc.getMap<string>(name)))
    doc.off('update', collect)
    return { doc, receipts: log.appendNow(updates.map((update) => ({ room, update, at }))) }
  }
  const changeWhole: RelayRooms['changeWhole'] = (room, at, edit) => {
    const { doc, receipts } = edited(room, at, edit)
    const seq = receipts.at(-1)?.seq
    if (seq !== undefined) log.compactNow(room, seq, Y.encodeStateAsUpdate(doc))
    if (!kept.has(room)) doc.destroy()
  }
  const purgeBy: RelayRooms['purgeBy'] = (room, at, edit) =>
    changeWhole(room, at, (map) => {
      edit(map)
      map('purged').set('at', String(at)) // a copy of the room as it was has another number
    })
  return {
    change(room, at, edit) {
      const { doc } = edited(room, at, edit)
      if (!kept.has(room)) doc.destroy()
    },
    changeWhole,
    purgeBy,
    purge: (room, keys, at) =>
      purgeBy(room, at, (map) => {
        for (const key of keys) for (const name of keyedById) hold(map(name), key, undefined)
      }),
    release(room) {
      kept.get(room)?.destroy()
      kept.delete(room)
    },
    forget() {
      for (const doc of kept.values()) doc.destroy()
      kept.clear()
    },
  }
}

/** Makes a map hold exactly these values, touching only what differs. */
export function holdExactly(held: Y.Map<string>, wanted: ReadonlyMap<string, string>): void {
  for (const key of held.keys()) if (!wanted.has(key)) held.delete(key)
  for (const [key, value] of wanted) hold(held, key, value)
}

/** Sets or, for undefined, deletes one value, if that is not how it stands already. */
export function hold(held: Y.Map<string>, key: string, value: string | undefined): void {
  if (value === undefined) {
    if (held.has(key)) held.delete(key)
  } else if (held.get(key) !== value) held.set(key, value)
}
