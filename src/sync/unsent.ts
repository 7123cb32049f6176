/**
 * A small flag per room with writes that are not on the relay's disk yet, in localStorage: any page of the portal can see
 * without loading anything that something waits, open the room and send it. A flag carries a random mark; only who knows
 * the newest mark takes it away, so one tab's success never hides another tab's waiting write.
 */
import { createSignal } from 'solid-js'
import type { Did, KeyUse } from '#domain/identity.ts'

const prefix = 'xxg-unsent/'

export interface UnsentRoom {
  readonly room: string
  readonly use: KeyUse
}

export function unsentRooms(storage: Storage | undefined = pageStorage()): readonly UnsentRoom[] {
  if (!storage) return []
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '')
  return keys.flatMap((key) => {
    const [, use, room] = /^xxg-unsent\/(person|friends)\/(.+)$/.exec(key) ?? []
    return room && (use === 'person' || use === 'friends') ? [{ room, use }] : []
  })
}

const [isWaiting, setWaiting] = createSignal(false)
/** Solid accessor: whether some write of this browser is not on the relay's disk yet, as far as this page looked. */
export { isWaiting }
export const lookForWaiting = (): boolean => setWaiting(unsentRooms().some(isMine))

let owners: Set<string> | undefined // unknown until the key was read: then every flag counts
const ownerOf = (room: string): string => room.slice(room.indexOf('/') + 1)
/** A draft may be somebody else's, who lets this browser's key write it. */
const isMine = ({ room }: UnsentRoom): boolean => !owners || room.startsWith('draft/') || owners.has(ownerOf(room))

/** From now on only the rooms of these keys count: what a replaced key left stays for its return, and is not on its way. */
export function countWaitingOf(dids: readonly Did[]): readonly UnsentRoom[] {
  owners = new Set(dids)
  lookForWaiting()
  return unsentRooms().filter(isMine)
}

export interface UnsentFlag {
  /** Whether an earlier page left something. */
  isRaised(): boolean
  raise(): void
  lower(): void
}

export function createUnsentFlag({ room, use }: UnsentRoom, storage: Storage | undefined = pageStorage()): UnsentFlag {
  const key = `${prefix}${use}/${room}`
  let mark = storage?.getItem(key) ?? ''
  owners?.add(ownerOf(room)) // only a room of this browser's key has a flag of its own
  return {
    isRaised: () => mark !== '',
    raise() {
      mark = String(Math.random())
      try {
        storage?.setItem(key, mark)
      } catch {
        // localStorage is full: the write still goes out with the next page that opens this room
      }
      setWaiting(true)
    },
    lower() {
      if (storage?.getItem(key) === mark) storage.removeItem(key)
      lookForWaiting()
    },
  }
}

function pageStorage(): Storage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined // blocked by the browser's settings
  }
}
