/**
 * The relay: frames in, frames out. It keeps and passes rooms without understanding them; no sockets, no timers, and
 * the clock is passed in. A frame of a room waits for its token, then takes its turn in the room.
 */
import { decodeFrame, encodeFrame, messageFrame, type Frame, type RefusalCode } from '#domain/protocol.ts'
import { parseRoom } from '#domain/room.ts'
import type { UpdateLog } from '../stores/store.ts'
import { createAccess, type Access, type AccessDeps, type AskAccess } from './access.ts'
import { frameLimit, isOver, standardLimits, type Limits } from './limits.ts'
import {
  acknowledge,
  bytesOf,
  createMember,
  createPeer,
  type Connection,
  type Member,
  type Peer,
  type RefusalNote,
  type SyncFrame,
} from './peer.ts'
import { createRooms } from './rooms.ts'
import { createTurns, type Turns } from './turns.ts'

export interface RelayDeps extends AccessDeps {
  readonly log: UpdateLog
  readonly limits?: Partial<Limits>
  /** Memory for merged rooms. */
  readonly cacheBytes?: number
  /** One call per refusal. */
  readonly onRefused?: (note: RefusalNote) => void
}

export interface RelaySession {
  /** Whether a room was joined; until then the limits are narrower. */
  isAuthenticated(): boolean
  receive(bytes: Uint8Array): void
  /** For a frame that was too large to be received at all. */
  tooLarge(): void
  /** The socket is gone. What it sent before is still stored. */
  close(): void
}

export interface Relay {
  connect(connection: Connection): RelaySession
  /** Looks at the clock: who never joined, whose token is over. Call it about once a second. */
  tick(): void
  /** Resolves when nothing that was received waits for the disk. */
  settled(): Promise<void>
  close(): void
}

const standardCacheBytes = 64 * 1024 * 1024

export function createRelay(deps: RelayDeps): Relay {
  const limits = { ...standardLimits, ...deps.limits }
  const now = () => deps.now()
  const rooms = createRooms(deps.log, deps.cacheBytes ?? standardCacheBytes)
  const turns = createTurns({ log: deps.log, rooms, limits, now })
  const peers = new Set<Peer>()
  const stop = deps.log.follow((entries) => turns.heard(entries))

  return {
    connect(connection) {
      const peer = createPeer(connection, now(), (note) => deps.onRefused?.(note))
      const doorman = createDoorman({ peer, turns, limits, ask: createAccess(deps), now })
      peers.add(peer)
      return {
        isAuthenticated: () => peer.authenticated,
        receive(bytes) {
          if (peer.closed) return
          if (isOver(frameLimit(limits, peer.authenticated), bytes.length)) return peer.refuse('', 'frame-too-large')
          const frame = decodeFrame(bytes)
          if (frame.ok) doorman.receive(frame.value)
          else peer.refuse('', 'bad-frame', frame.error.detail)
        },
        tooLarge: () => peer.refuse('', 'frame-too-large'),
        close() {
          peer.closed = true
          peers.delete(peer)
          for (const member of peer.members.values()) turns.leave(member)
        },
      }
    },
    tick() {
      for (const peer of peers) checkClock(peer, limits, now())
    },
    settled: () => turns.settled(),
    close: stop,
  }
}

const shortestTokenMs = 60_000 // a browser whose clock lags is not asked at every tick

interface DoormanDeps {
  readonly peer: Peer
  readonly turns: Turns
  readonly limits: Limits
  readonly ask: AskAccess
  now(): number
}

/** Stands between one socket and the rooms: nothing passes without a token for that room. */
function createDoorman({ peer, turns, limits, ask, now }: DoormanDeps) {
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
    if (access.kind === 'refused') {
      deny(member, access.code)
      turns.leave(member)
      return member.queue.splice(0).forEach((frame) => drop(member, frame))
    }
    member.standing = 'joined'
    member.rights = access.rights
    member.expiresAt = access.expiresAt && Math.max(access.expiresAt, now() + shortestTokenMs)
    member.wantedSince = undefined
    member.tokenAsks = 0
    peer.authenticated = true
    if (!access.rights.read) turns.leave(member)
    const scope = access.rights.write ? 'read-write' : 'readonly'
    peer.send(encodeFrame({ kind: 'authenticated', room: member.room.name, scope }))
    turns.add({ member, frame: 'join' })
    for (const frame of member.queue.splice(0)) turns.add({ member, frame })
  }

  const take = (frame: SyncFrame) => {
    const member = peer.members.get(frame.room)
    if (!member) return peer.refuse(frame.room, parseRoom(frame.room).ok ? 'not-joined' : 'unknown-room')
    peer.waitingFrames++
    peer.waitingBytes += bytesOf(frame)
    if (isOver(limits.waitingFrames, peer.waitingFrames) || isOver(limits.waitingBytes, peer.waitingBytes)) {
      return peer.refuse(frame.room, 'too-many-frames')
    }
    if (member.standing === 'joined') turns.add({ member, frame })
    else if (member.standing === 'waiting') member.queue.push(frame)
    else drop(member, frame)
  }

  return {
    receive(frame: Frame): void {
      switch (frame.kind) {
        case 'step-1':
        case 'step-2':
        case 'update':
          return take(frame)
        case 'token':
          return void join(frame.room, frame.token)
        case 'close': {
          const member = peer.members.get(frame.room)
          peer.members.delete(frame.room)
          return member && turns.leave(member)
        }
        case 'ping':
          return peer.send(encodeFrame({ kind: 'pong' }))
        case 'pong':
        case 'awareness': // only draft rooms will carry it
        case 'query-awareness':
        case 'stateless': // the browser has nothing to tell the relay this way
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
    peer.refuse(name, problem)
    return undefined
  }
  const member = createMember(room.value, peer)
  peer.members.set(name, member)
  return member
}

function deny(member: Member, code: RefusalCode): void {
  const { name } = member.room
  member.standing = 'denied'
  member.denial = code
  member.peer.send(encodeFrame({ kind: 'permission-denied', room: name, reason: code }))
  member.peer.refuse(name, code)
}

/** A denied room's frame: a write hears again why, the rest was told with the denial. */
function drop(member: Member, frame: SyncFrame): void {
  member.peer.waitingFrames--
  member.peer.waitingBytes -= bytesOf(frame)
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

function checkClock(peer: Peer, limits: Limits, now: number): void {
  const members = [...peer.members.values()]
  for (const member of members) {
    const { wantedSince, expiresAt } = member
    if (wantedSince === undefined && expiresAt !== undefined && now >= expiresAt) wantToken(member, now)
    else if (wantedSince !== undefined && isOver(limits.tokenGraceMs, now - wantedSince))
      return peer.refuse(member.room.name, 'token-expired')
  }
  const isAwaited = members.some((member) => member.wantedSince !== undefined)
  if (!peer.authenticated && !isAwaited && isOver(limits.unauthenticatedMs, now - peer.openedAt))
    peer.refuse('', 'unauthenticated')
}
