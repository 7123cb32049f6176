/**
 * What the relay keeps of a room in memory: what is known in it, which is a few numbers, and for rooms that are asked for
 * again and again their merged bytes, encoded once for all who join. No document is ever built. The least recently used
 * rooms are forgotten over a budget of bytes; the log has them.
 */
import * as Y from 'yjs'
import type { RoomBytes, StoredEntry, UpdateLog } from '../stores/store.ts'
import { judgeUpdate, knownFrom, learn, type Known, type News } from './gaps.ts'

export interface RoomState extends Known {
  /** Empty while nothing was ever stored. */
  epoch: string
  /** Of the last update that is on the disk; 0 while there is none. */
  seq: number
  /** An upper bound of the length of its merged bytes. */
  size: number
  /** All of the room as one update but for `tail`; not there while nobody asks for it. */
  merged: Uint8Array | undefined
  readonly tail: Uint8Array[]
  /** How often its bytes were asked for since it came to memory: they stay when it was more than once. */
  asked: number
  /** An upper bound of what `tangles.ts` counts. */
  branches: number
}

/** Of a state that has its bytes. */
export function bytesOf(state: RoomState): Uint8Array {
  if (!state.merged) throw new Error('a room was asked for bytes that are not in memory')
  if (state.tail.length === 0) return state.merged
  state.merged = mergeAll([state.merged, ...state.tail.splice(0)])
  state.size = state.merged.length
  return state.merged
}

export function addNews(state: RoomState, news: News): void {
  learn(state, news)
  state.size += news.update.length
  state.branches += news.branches
  if (state.merged) state.tail.push(new Uint8Array(news.update)) // what was sent is a view on what was received
}

export interface Rooms {
  /** What is in memory; undefined when it must be loaded. The room stays until `release`. */
  hold(name: string): RoomState | undefined
  /** With its bytes, and held; undefined when the log cannot be read or is damaged. */
  load(name: string): Promise<RoomState | undefined>
  /** @param whole its bytes will be needed in a moment */
  release(name: string, whole?: boolean): void
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

interface Slot {
  readonly state: RoomState
  counted: number
  isHeld: boolean
  isStale: boolean
  /** Since it was looked at last for what may be forgotten. */
  isUsed: boolean
}

export function createRooms(log: Pick<UpdateLog, 'read'>, budgetBytes: number): Rooms {
  const slots = new Map<string, Slot>() // the first are forgotten first, unless they were used
  const heardWhileLoading = new Map<string, StoredEntry[]>()
  let total = 0

  const forget = (name: string) => {
    total -= slots.get(name)?.counted ?? 0
    slots.delete(name)
  }
  const count = (slot: Slot) => {
    const counted = emptyRoomBytes + (slot.state.merged ? slot.state.size : 0)
    total += counted - slot.counted
    slot.counted = counted
  }
  const shrink = () => {
    for (const [name, slot] of slots) {
      if (total <= budgetBytes) return
      if (slot.isHeld) continue
      slots.delete(name)
      if (slot.isUsed)
        slots.set(name, slot) // once more round
      else total -= slot.counted
      slot.isUsed = false
    }
  }
  const read = async (name: string): Promise<RoomState | undefined> => {
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
    hold(name) {
      const slot = slots.get(name)
      if (!slot) return undefined
      slot.isHeld = true
      slot.isUsed = true
      return slot.state
    },
    async load(name) {
      const before = slots.get(name)?.state
      const state = await read(name)
      if (!state) {
        forget(name)
        return undefined
      }
      state.asked = before?.asked ?? 0
      forget(name)
      const slot: Slot = { state, counted: 0, isHeld: true, isStale: false, isUsed: true }
      slots.set(name, slot)
      count(slot)
      return state
    },
    release(name, whole = false) {
      const slot = slots.get(name)
      if (!slot) return
      slot.isHeld = false
      if (slot.isStale) return forget(name)
      const { state } = slot
      if (state.merged && !whole && state.asked < 2 && state.size > nothing.length) {
        state.merged = undefined
        state.tail.length = 0
      }
      count(slot) // its size may have changed
      if (total > budgetBytes && !whole) shrink()
    },
    forget,
    refresh(name) {
      const slot = slots.get(name)
      if (slot?.isHeld) slot.isStale = true
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
  if (judgement.kind === 'news') addNews(state, judgement.news)
  state.epoch = entry.epoch
  state.seq = entry.seq
  return judgement.kind === 'news' || judgement.kind === 'known'
}

const nothing = Uint8Array.of(0, 0) // no structs, no deletions

function stateFrom(stored: RoomBytes | undefined): RoomState | undefined {
  const merged = stored ? mergeAll([...(stored.snapshot ? [stored.snapshot] : []), ...stored.updates]) : nothing
  const known = knownFrom(merged)
  if (!known) return undefined
  const { vector, deleted, tangles: branches } = known
  const { epoch = '', seq = 0 } = stored ?? {}
  return { vector, deleted, epoch, seq, size: merged.length, merged, tail: [], asked: 0, branches }
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
