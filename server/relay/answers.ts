/** What the members of a room are told of a turn, once the disk has what it says. */
import * as Y from 'yjs'
import { encodeFrame, messageFrame } from '#domain/protocol.ts'
import { backlog } from './backlog.ts'
import type { Known } from './gaps.ts'
import type { Outcome } from './judge.ts'
import { acknowledge, type Member } from './peer.ts'
import { bytesOf, type RoomState } from './rooms.ts'
import { storedMessage } from './stored-news.ts'

export const isPresent = (member: Member): boolean =>
  !member.peer.closed && member.peer.members.get(member.room.name) === member

export function greet(member: Member, state: RoomState, now: number): void {
  member.peer.send(messageFrame({ kind: 'joined', room: member.room.name, epoch: state.epoch, now }))
  if (member.rights.write) member.peer.send(storedMessage(member.room.name, state.epoch, state.vector))
}

/** A room its writer may not read back is answered as if it were empty. */
export function answer(member: Member, state: RoomState, vector: Uint8Array): void {
  const update = member.rights.read ? difference(state, vector) : Uint8Array.of(0, 0)
  if (update) member.peer.send(encodeFrame({ kind: 'step-2', room: member.room.name, update }))
  else member.peer.refuse(member.room.name, 'bad-update', 'does not decode as a state vector')
}

function difference(state: RoomState, vector: Uint8Array): Uint8Array | undefined {
  try {
    const isEmpty = Y.decodeStateVector(vector).size === 0
    return isEmpty ? bytesOf(state) : Y.diffUpdate(bytesOf(state), vector)
  } catch {
    return undefined
  }
}

export function ask(member: Member, state: RoomState, why: 'join' | 'repair'): void {
  member.asked.push(why)
  member.peer.send(encodeFrame({ kind: 'step-1', room: member.room.name, vector: Y.encodeStateVector(state.vector) }))
}

/** The clocks that these outcomes moved: a shelf of many sessions is not told whole at every write. */
export function movedBy(outcomes: readonly Outcome[], state: RoomState): Known['vector'] {
  if (outcomes.some(({ kind }) => kind === 'known')) return state.vector // which of them were sent again is not known here
  const moved = new Map<number, number>()
  for (const outcome of outcomes)
    if (outcome.kind === 'news') for (const [client, clock] of outcome.news.vector) moved.set(client, clock)
  return moved
}

/** Of whom something was acknowledged. */
export function writersOf(outcomes: readonly Outcome[]): readonly Member[] {
  const writers: Member[] = []
  for (const { kind, member } of outcomes)
    if (kind === 'news' || (kind === 'known' && member.rights.write)) writers.push(member)
  return writers
}

export function fanOut(
  room: { readonly name: string; readonly subscribers: ReadonlySet<Member> },
  update: Uint8Array,
  author: Member | undefined,
  before: () => Uint8Array,
): void {
  let frame: Uint8Array | undefined
  for (const member of room.subscribers) {
    if (member === author) continue
    frame ??= encodeFrame({ kind: 'update', room: room.name, update }) // mostly nobody else is there
    backlog.pass(member, frame, before)
  }
}

/** From now on he hears what is written, and at once who else is here; they hear of him. */
export function subscribe(room: { readonly subscribers: Set<Member> }, member: Member): void {
  if (room.subscribers.has(member)) return
  for (const { presence } of room.subscribers) if (presence) member.peer.send(presence)
  room.subscribers.add(member)
  showPresence(room, member)
}

/** Whoever is slow misses it: the next one comes in seconds. */
export function showPresence(room: { readonly subscribers: ReadonlySet<Member> } | undefined, author: Member): void {
  if (!room?.subscribers.has(author) || !author.presence) return
  for (const member of room.subscribers)
    if (member !== author && !member.peer.isSlow()) member.peer.send(author.presence)
}

/** The state vector of a room without these updates, made when somebody needs it. Too low is right too: more is sent. */
export function vectorBefore(state: RoomState | undefined, updates: readonly Uint8Array[]): () => Uint8Array {
  let made: Uint8Array | undefined
  const make = () => {
    const vector = new Map(state?.vector)
    for (const update of updates)
      for (const [client, clock] of Y.parseUpdateMeta(update).from)
        vector.set(client, Math.min(clock, vector.get(client) ?? clock))
    return Y.encodeStateVector(vector)
  }
  return () => (made ??= make())
}

/** The append failed: nothing judged in this turn may be taken for stored, not even what seemed known. */
export function unstored(outcome: Outcome, detail: string): Outcome {
  if (outcome.kind !== 'news' && outcome.kind !== 'known') return outcome
  return { kind: 'refuse', member: outcome.member, no: ['storage', detail], statuses: outcome.statuses }
}

/** Whatever is wrong with one room, the others go on. */
export function refuseTask(
  { member, frame }: { member: Member; frame: string | { kind: string } },
  detail: string,
): void {
  if (frame === 'resync') member.peer.catchingUp = false // what is behind stays behind, and is tried again
  if (typeof frame !== 'string' && frame.kind !== 'step-1') acknowledge(member, false)
  member.peer.refuse(member.room.name, 'storage', detail)
}
