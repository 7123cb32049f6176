/**
 * What the relay keeps of a room in memory: what is known in it, and its merged bytes, encoded once for all who join.
 * No document is ever built. The least recently used rooms are forgotten over a budget of bytes; the log has them.
 */
import * as Y from 'yjs'
import type { RoomBytes, StoredEntry, UpdateLog } from '../stores/store.ts'
import { judgeUpdate, knownFrom, learn, type Known, type News } from './gaps.ts'

export interface RoomState extends Known {
  /** Empty while nothing was ever stored. */
  epoch: string
  /** Of the last update that is on the disk; 0 while there is none. */
  seq: number
  /** All of the room as one update. */
  bytes(): Uint8Array
  /** An upper bound of `bytes().length` that costs nothing. */
  size(): number
  add(news: News): void
}

export interface Rooms {
  /** Loads what is not in memory; undefined when the log cannot be read or is damaged. The room stays until `release`. */
  hold(name: string): Promise<RoomState | undefined>
  release(name: string): void
  /** Drops a state that ran ahead of the log. */
  forget(name: string): void
  /** The log holds other bytes of the same content now. They are read when the room is used next, between two turns. */
  refresh(name: string): void
  /** Takes in what somebody else stored. */
  heard(entry: StoredEntry): void
  /** What is in memory, without a load. */
  peek(name: string): RoomState | undefined
  counts(): { readonly cachedRooms: number; readonly cachedBytes: number }
}

const emptyRoomBytes = 1024 // what a room costs beside its bytes

export function createRooms(log: Pick<UpdateLog, 'read'>, budgetBytes: number): Rooms {
  const slots = new Map<string, { readonly state: RoomState; readonly counted: number }>() // the oldest use first
  const held = new Set<string>()
  const stale = new Set<string>()
  const heardWhileLoading = new Map<string, StoredEntry[]>()
  let total = 0

  const forget = (name: string) => {
    total -= slots.get(name)?.counted ?? 0
    slots.delete(name)
  }
  const put = (name: string, state: RoomState) => {
    forget(name)
    const counted = state.size() + emptyRoomBytes
    slots.set(name, { state, counted })
    total += counted
  }
  const shrink = () => {
    for (const name of slots.keys()) {
      if (total <= budgetBytes) return
      if (!held.has(name)) forget(name)
    }
  }
  const load = async (name: string): Promise<RoomState | undefined> => {
    const heard: StoredEntry[] = []
    heardWhileLoading.set(name, heard)
    try {
      const state = stateFrom(await log.read(name))
      return state && heard.every((entry) => takeIn(state, entry)) ? state : undefined
    } catch {
      return undefined // the file cannot be read, or Yjs cannot read what is in it
    } finally {
      heardWhileLoading.delete(name)
    }
  }

  return {
    async hold(name) {
      held.add(name)
      if (stale.delete(name)) forget(name)
      const state = slots.get(name)?.state ?? (await load(name))
      if (state) put(name, state)
      return state
    },
    release(name) {
      held.delete(name)
      if (stale.delete(name)) forget(name)
      const slot = slots.get(name)
      if (slot) put(name, slot.state) // its size may have changed
      shrink()
    },
    forget,
    refresh(name) {
      if (held.has(name)) stale.add(name)
      else forget(name)
    },
    heard(entry) {
      heardWhileLoading.get(entry.room)?.push(entry)
      const state = slots.get(entry.room)?.state
      if (state && !takeIn(state, entry)) forget(entry.room)
    },
    peek: (name) => slots.get(name)?.state,
    counts: () => ({ cachedRooms: slots.size, cachedBytes: total }),
  }
}

/** False when it does not fit, which only a log that is not this state's could bring. */
function takeIn(state: RoomState, entry: StoredEntry): boolean {
  const judgement = judgeUpdate(entry.update, state)
  if (judgement.kind === 'news') state.add(judgement.news)
  state.epoch = entry.epoch
  state.seq = entry.seq
  return judgement.kind === 'news' || judgement.kind === 'known'
}

const nothing = Uint8Array.of(0, 0) // no structs, no deletions

function stateFrom(stored: RoomBytes | undefined): RoomState | undefined {
  let merged = stored ? mergeAll([...(stored.snapshot ? [stored.snapshot] : []), ...stored.updates]) : nothing
  const known = knownFrom(merged)
  if (!known) return undefined
  let tail: Uint8Array[] = []
  let tailBytes = 0
  return {
    ...known,
    epoch: stored?.epoch ?? '',
    seq: stored?.seq ?? 0,
    bytes() {
      if (tail.length > 0) merged = mergeAll([merged, ...tail])
      tail = []
      tailBytes = 0
      return merged
    },
    size: () => merged.length + tailBytes,
    add(news) {
      learn(known, news)
      tail.push(news.update)
      tailBytes += news.update.length
    },
  }
}

const mergeAtOnce = 32 // Yjs sorts its readers at every step, so a thousand at once would be slow

export function mergeAll(updates: readonly Uint8Array[]): Uint8Array {
  let level = [...updates]
  while (level.length > 1) {
    const next: Uint8Array[] = []
    for (let at = 0; at < level.length; at += mergeAtOnce) next.push(Y.mergeUpdates(level.slice(at, at + mergeAtOnce)))
    level = next
  }
  return level[0] ?? nothing
}
