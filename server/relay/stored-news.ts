/**
 * Tells writers what of their room is on the disk: the first time at once, and what follows soon after it together, so
 * that somebody who types hears of it some times a second and not at every letter.
 */
import * as Y from 'yjs'
import { toBase64url } from '#domain/bytes.ts'
import { messageFrame } from '#domain/protocol.ts'
import type { Known } from './gaps.ts'
import type { Member } from './peer.ts'

/** Runs `work` a moment later. */
export type Later = (work: () => void) => void

export interface StoredNews {
  /** @param vector clocks that are on the disk: those that moved, or all */
  tell(room: string, epoch: string, vector: Known['vector'], writers: readonly Member[]): void
}

interface Untold {
  epoch: string
  readonly vector: Known['vector']
  readonly writers: Set<Member>
}

/** Without `later` everything is told at once. */
export function createStoredNews(later: Later | undefined): StoredNews {
  let lately = new Map<string, Untold>() // rooms that were told of a moment ago, and what was not told since

  const pace = (room: string) => {
    lately.set(room, { epoch: '', vector: new Map(), writers: new Set() })
    if (lately.size === 1) later?.(catchUp)
  }
  const catchUp = () => {
    const rooms = lately
    lately = new Map()
    for (const [room, { epoch, vector, writers }] of rooms) {
      if (writers.size === 0) continue
      send(room, storedMessage(room, epoch, vector), writers)
      pace(room)
    }
  }
  return {
    tell(room, epoch, vector, writers) {
      if (writers.length === 0) return
      const untold = lately.get(room)
      if (!untold) {
        send(room, storedMessage(room, epoch, vector), new Set(writers))
        if (later) pace(room)
        return
      }
      untold.epoch = epoch
      for (const [client, clock] of vector) untold.vector.set(client, clock)
      for (const member of writers) untold.writers.add(member)
    },
  }
}

function send(room: string, message: Uint8Array, writers: ReadonlySet<Member>): void {
  for (const member of writers) if (member.peer.members.get(room) === member) member.peer.send(message)
}

export const storedMessage = (room: string, epoch: string, vector: Known['vector']): Uint8Array =>
  messageFrame({ kind: 'stored', room, epoch, sv: toBase64url(Y.encodeStateVector(vector)) })
