/** An update log that lives as long as the process: for tests, and the measure of what a disk costs. */
import { ok } from '#domain/result.ts'
import type { LogEntry, RoomBytes, StoredEntry, UpdateLog } from './store.ts'

interface Shelf {
  readonly epoch: string
  snapshot: Uint8Array | undefined
  snapshotSeq: number
  seq: number
  updates: { readonly seq: number; readonly update: Uint8Array }[]
}

export function createMemoryLog(newEpoch: () => string = () => crypto.randomUUID()): UpdateLog {
  const rooms = new Map<string, Shelf>()
  const listeners = new Set<(entries: readonly StoredEntry[]) => void>()
  let lastSeq = 0

  const openRoom = (name: string): Shelf => {
    const known = rooms.get(name)
    if (known) return known
    const made: Shelf = { epoch: newEpoch(), snapshot: undefined, snapshotSeq: 0, seq: 0, updates: [] }
    rooms.set(name, made)
    return made
  }
  const store = (entry: LogEntry): StoredEntry => {
    const room = openRoom(entry.room)
    room.seq = ++lastSeq
    room.updates.push({ seq: room.seq, update: entry.update })
    return { ...entry, seq: room.seq, epoch: room.epoch }
  }

  return {
    async append(entries) {
      const stored = entries.map(store)
      if (stored.length > 0) for (const listener of listeners) listener(stored)
      return ok(stored.map(({ seq, epoch }) => ({ seq, epoch })))
    },
    async read(name): Promise<RoomBytes | undefined> {
      const room = rooms.get(name)
      if (!room) return undefined
      return {
        snapshot: room.snapshot,
        updates: room.updates.map((row) => row.update),
        seq: room.seq,
        epoch: room.epoch,
      }
    },
    async compact(name, upTo, snapshot, epoch) {
      const room = rooms.get(name)
      if (!room || upTo <= room.snapshotSeq || upTo > room.seq || (epoch ?? room.epoch) !== room.epoch) return
      room.snapshot = snapshot
      room.snapshotSeq = upTo
      room.updates = room.updates.filter((row) => row.seq > upTo)
    },
    follow(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async close() {
      listeners.clear()
    },
  }
}
