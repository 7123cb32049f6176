/** Stands between one socket and the rooms: nothing passes without a token for that room, nor faster than it may. */
import type { Did } from '#domain/identity.ts'
import { encodeFrame, messageFrame, parseProof, type Frame, type RefusalCode } from '#domain/protocol.ts'
import { parseRoom } from '#domain/room.ts'
import { isClosed, untilIn, type Access, type AccessDeps, type AskAccess, type MemberUntil } from './access.ts'
import { catchUp } from './backlog.ts'
import type { Keys } from './keys.ts'
import { isOver, type Limits } from './limits.ts'
import { createPace } from './pace.ts'
import { acknowledge, frameBytes, challenge, createMember, type Member, type Peer, type SyncFrame } from './peer.ts'
import type { Turns } from './turns.ts'

export interface DoormanDeps {
  readonly peer: Peer
  readonly turns: Turns
  readonly limits: Limits
  readonly keys: Keys
  readonly ask: AskAccess
  readonly memberUntil: MemberUntil | undefined
  readonly isEnded: AccessDeps['isEnded']
  now(): number
}

const tokensPerRoom = 4 // in ten seconds: it may be asked for one again twice
const mostPresence = 4096 // a name, a colour, a cursor
const shortestTokenMs = 60_000 // a browser whose clock lags is not asked at every tick

export function createDoorman({ peer, turns, limits, keys, ask, memberUntil, isEnded, now }: DoormanDeps) {
  const mostTokens = limits.roomsPerSocket * tokensPerRoom
  const tokens = createPace(mostTokens / 10, now()) // each may cost a signature
  const join = async (name: string, token: string) => {
    const member = peer.members.get(name) ?? admit(peer, name, limits)
    if (!member || member.checking) return
    member.checking = true
    const access = await ask(member.room, token)
    member.checking = false
    if (!peer.closed && peer.members.get(name) === member) decide(member, access)
  }

  const decide = (member: Member, access: Access) => {
    if (access.kind === 'expired') return wantToken(member, now())
    if (access.kind === 'refused') return turnAway(member, access.code)
    member.standing = 'joined'
    member.did = access.did
    member.rights = access.rights
    member.closed = access.closed
    member.key = access.rights.write && 'owner' in member.room ? member.room.owner : undefined
    member.expiresAt = access.expiresAt && Math.max(access.expiresAt, now() + shortestTokenMs)
    member.wantedSince = undefined
    member.tokenAsks = 0
    peer.authenticated = true
    if (!access.rights.read) turns.leave(member)
    const scope = access.rights.write ? 'read-write' : 'readonly'
    peer.send(encodeFrame({ kind: 'authenticated', room: member.room.name, scope }))
    turns.add({ member, frame: 'join' })
    for (const frame of member.queue.splice(0)) enter(member, frame)
  }

  const turnAway = (member: Member, code: RefusalCode) => {
    deny(member, code)
    turns.leave(member)
    member.queue.splice(0).forEach((frame) => drop(member, frame))
  }

  /** From now on it is only read. */
  const close = (member: Member) => {
    if (!member.rights.write) return
    member.rights = { ...member.rights, write: false }
    member.closed = 'ended-key'
    peer.refuse(member.room.name, 'ended-key')
  }

  /** Who is no member of these drafts any more loses them at once; what he writes from now on is refused. */
  const recheck = (owners: ReadonlySet<Did>) => {
    for (const member of peer.members.values()) {
      const { room, did, standing } = member
      const concerns = 'owner' in room && [room.owner, did].some((one) => one !== undefined && owners.has(one))
      if (standing === 'joined' && concerns && isClosed(room, did, isEnded)) close(member)
      if (room.kind !== 'draft' || standing !== 'joined' || did === room.owner || !owners.has(room.owner)) continue
      if (untilIn(room, did, memberUntil, now()) === undefined) turnAway(member, 'forbidden')
    }
  }

  const shut = (did: Did) => {
    for (const member of peer.members.values())
      if (member.standing === 'joined' && 'owner' in member.room && (member.room.owner === did || member.did === did))
        turnAway(member, 'erased-key')
  }

  /** Who is here, in a draft: passed on and not kept, but for those who join later; before he has joined, with his joining. */
  const show = (name: string, states: Uint8Array) => {
    const member = peer.members.get(name)
    if (member?.room.kind !== 'draft' || member.standing === 'denied' || states.length > mostPresence) return
    if (!peer.pace.take(now())) return
    member.presence = encodeFrame({ kind: 'awareness', room: name, states })
    turns.show(member)
  }

  const take = (frame: SyncFrame) => {
    const member = peer.members.get(frame.room)
    if (!member) return peer.refuse(frame.room, parseRoom(frame.room).ok ? 'not-joined' : 'unknown-room')
    peer.waitingFrames++
    peer.waitingBytes += frameBytes(frame)
    if (isOver(limits.waitingFrames, peer.waitingFrames) || isOver(limits.waitingBytes, peer.waitingBytes)) {
      const { waitingFrames, waitingBytes } = limits
      return peer.refuse(frame.room, 'too-many-frames', `at most ${waitingFrames} or ${waitingBytes} bytes that wait`)
    }
    if (member.standing === 'joined') enter(member, frame)
    else if (member.standing === 'waiting') member.queue.push(frame)
    else drop(member, frame)
  }

  const enter = (member: Member, frame: SyncFrame) => {
    const isLate = !peer.pace.take(now()) || (member.key !== undefined && !keys.paceOf(member.key).take(now()))
    turns.add({ member, frame, late: isLate })
  }

  /** Asks for what was put off, where it may be written by now; and sends what was left out, where it is read again. */
  const putRight = () => {
    for (const member of peer.members.values()) if (mayTry(member)) turns.add({ member, frame: 'ask' })
    if (peer.behind.size > 0 && peer.pace.hasOne(now())) catchUp(peer, turns)
  }
  const mayTry = (member: Member): boolean =>
    member.owed > 0 &&
    !member.repairing &&
    peer.pace.hasOne(now()) &&
    (!member.key || (keys.proofBits(member.key) === 0 && keys.paceOf(member.key).hasOne(now())))

  const prove = (name: string, payload: string) => {
    const proof = parseProof(payload)
    const member = peer.members.get(name)
    if (!proof || !member?.key || proof.challenge !== peer.challenges.get(member.key)) return
    peer.challenges.delete(member.key)
    if (keys.prove(member.key, proof.challenge, proof.nonce)) putRight()
    else challenge(member, keys)
  }

  return {
    putRight,
    recheck,
    shut,
    receive(frame: Frame): void {
      switch (frame.kind) {
        case 'step-1':
        case 'step-2':
        case 'update':
          return take(frame)
        case 'token':
          if (tokens.take(now())) return void join(frame.room, frame.token)
          return peer.refuse(frame.room, 'too-many-frames', `at most ${mostTokens} tokens at once`)
        case 'close': {
          const member = peer.members.get(frame.room)
          peer.members.delete(frame.room)
          return member && turns.leave(member)
        }
        case 'stateless':
          return prove(frame.room, frame.payload)
        case 'ping':
          return peer.send(encodeFrame({ kind: 'pong' }))
        case 'awareness':
          return show(frame.room, frame.states)
        case 'pong':
        case 'query-awareness': // who is there is told at the join
          return undefined
        default:
          return peer.refuse(frame.room, 'bad-frame', 'only a relay says this')
      }
    },
  }
}

/** Makes a member that waits for its token check, or says why not. */
function admit(peer: Peer, name: string, limits: Limits): Member | undefined {
  const room = parseRoom(name)
  const problem = room.ok ? 'too-many-rooms' : room.error.kind
  if (!room.ok || isOver(limits.roomsPerSocket, peer.members.size + 1)) {
    peer.send(encodeFrame({ kind: 'permission-denied', room: name, reason: problem }))
    peer.refuse(name, problem, room.ok ? `at most ${limits.roomsPerSocket} rooms on a socket` : '')
    return undefined
  }
  const member = createMember(room.value, peer)
  peer.members.set(name, member)
  return member
}

function deny(member: Member, code: RefusalCode): void {
  const { name } = member.room
  member.standing = 'denied'
  member.rights = { read: false, write: false } // what waits in the room already is judged by it too
  member.denial = code
  member.peer.send(encodeFrame({ kind: 'permission-denied', room: name, reason: code }))
  member.peer.refuse(name, code)
}

/** A denied room's frame: a write hears again why, the rest was told with the denial. */
function drop(member: Member, frame: SyncFrame): void {
  member.peer.waitingFrames--
  member.peer.waitingBytes -= frameBytes(frame)
  if (frame.kind === 'step-1') return
  acknowledge(member, false)
  member.peer.refuse(member.room.name, member.denial)
}

const mostTokenAsks = 3

/** The clock goes first, so that a browser whose clock is wrong signs the new token right. */
function wantToken(member: Member, now: number): void {
  member.wantedSince ??= now
  if (++member.tokenAsks > mostTokenAsks) return
  member.peer.send(messageFrame({ kind: 'clock', room: member.room.name, now }))
  member.peer.send(encodeFrame({ kind: 'token-wanted', room: member.room.name }))
}

/** Who never joined, whose token is over. */
export function checkClock(peer: Peer, limits: Limits, now: number): void {
  const members = [...peer.members.values()]
  for (const member of members) {
    const { wantedSince, expiresAt } = member
    if (wantedSince === undefined && expiresAt !== undefined && now >= expiresAt) wantToken(member, now)
    else if (wantedSince !== undefined && isOver(limits.tokenGraceMs, now - wantedSince))
      return peer.refuse(member.room.name, 'token-expired', `at most ${limits.tokenGraceMs} ms for a new token`)
  }
  const isAwaited = members.some((member) => member.wantedSince !== undefined)
  if (!peer.authenticated && !isAwaited && isOver(limits.unauthenticatedMs, now - peer.openedAt))
    peer.refuse('', 'unauthenticated', `at most ${limits.unauthenticatedMs} ms without a room`)
}
