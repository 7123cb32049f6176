/**
 * Readers that read slowly. While more waits for a socket than the soft cap, changes are not queued for it: the room is
 * marked with the state vector up to which the socket was sent everything, and once the socket has taken what waits, the
 * difference from there goes out as one step 2. So a stuck reader costs a bounded number of bytes and misses nothing.
 */
import type { Member, Peer } from './peer.ts'
import type { Turns } from './turns.ts'

export interface Backlog {
  /** Sends a change, or leaves it out. @param before the state vector of the room without it; asked only then */
  pass(member: Member, frame: Uint8Array, before: () => Uint8Array): void
  /** What the member asked for goes out later, from its own state vector. */
  defer(member: Member, vector: Uint8Array): void
  /** The vector to send the difference from, when the time has come. */
  take(member: Member): Uint8Array | undefined
  leave(member: Member): void
}

export const backlog: Backlog = {
  pass(member, frame, before) {
    if (member.behind) return
    if (member.peer.isSlow()) backlog.defer(member, before())
    else member.peer.send(frame)
  },
  defer(member, vector) {
    member.behind = new Uint8Array(vector)
    member.peer.behind.add(member)
  },
  take(member) {
    const { behind } = member
    backlog.leave(member)
    return behind
  },
  leave(member) {
    member.behind = undefined
    member.peer.behind.delete(member)
  },
}

/** One room at a time: the next one when the socket has taken this one. */
export function catchUp(peer: Peer, turns: Pick<Turns, 'add'>): void {
  const [first] = peer.behind
  if (first && !peer.closed && !peer.catchingUp && !peer.isSlow()) {
    peer.catchingUp = true
    turns.add({ member: first, frame: 'resync' })
  }
}
