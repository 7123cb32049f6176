/** One socket as the relay sees it, and its membership in each room it asked for. */
import type { Did } from '#domain/identity.ts'
import { encodeFrame, messageFrame, refusals, type RefusalCode, type RoomFrame } from '#domain/protocol.ts'
import type { Rights, Room } from '#domain/room.ts'
import { networkOf } from './address.ts'
import { newChallenge, type Keys } from './keys.ts'
import { isOver, type Buffers } from './limits.ts'
import type { Pace } from './pace.ts'

/** What the relay needs of a socket. Neither call may throw when the other side is gone. */
export interface Connection {
  readonly address: string
  send(bytes: Uint8Array): void
  close(code: number, reason: string): void
  /** Bytes sent that the other side has not taken yet. Without it nothing ever waits. */
  buffered?(): number
}

/** For one structured line per refusal; carries no content and no token. */
export interface RefusalNote {
  readonly code: RefusalCode
  readonly room: string
  readonly detail: string
  readonly address: string
}

export interface Peer {
  readonly openedAt: number
  /** The address, or its IPv6 network: what limits count by. */
  readonly network: string
  readonly pace: Pace
  /** Challenges that wait for their proof. */
  readonly challenges: Map<Did, string>
  /** Rooms of which changes were left out, the longest waiting first. */
  readonly behind: Set<Member>
  /** The first of them has its turn. */
  catchingUp: boolean
  readonly members: Map<string, Member>
  /** Has joined a room at least once. */
  authenticated: boolean
  closed: boolean
  /** Frames that wait for a token check or the disk. */
  waitingFrames: number
  waitingBytes: number
  /** Over the hard cap it closes the socket instead. */
  send(bytes: Uint8Array): void
  /** Over the soft cap: what can be sent later, should be. */
  isSlow(): boolean
  /** Says no to the browser, and closes the socket where the table says so. */
  refuse(room: string, code: RefusalCode, detail?: string): void
}

/** Frames that take their turn in a room. */
export type SyncFrame = Extract<RoomFrame, { kind: 'step-1' | 'step-2' | 'update' }>

export interface Member {
  readonly room: Room
  readonly peer: Peer
  standing: 'waiting' | 'joined' | 'denied'
  rights: Rights
  denial: RefusalCode
  /** Why it may not write, where it once might have. */
  closed: RefusalCode | undefined
  checking: boolean
  expiresAt: number | undefined
  /** Since when a new token is awaited, and how often it was asked for. */
  wantedSince: number | undefined
  tokenAsks: number
  /** What came before the token was checked. */
  readonly queue: SyncFrame[]
  /** For every step 1 of the relay that waits for its step 2: why it was sent. */
  readonly asked: ('join' | 'repair')[]
  /** Gapped updates, until the repair is here. */
  readonly held: Uint8Array[]
  repairing: boolean
  /** Whom what is written here counts for: the room's owner, where who joined may write it. */
  key: Did | undefined
  /** Who joined. */
  did: Did | undefined
  /** What he last told of himself, for those who join later: names and cursors in a draft. */
  presence: Uint8Array | undefined
  /** Statuses of changes that were put off, and why. */
  owed: number
  owedFor: RefusalCode | undefined
  /** A state vector: the socket was sent all up to it, and was left out of what came after. */
  behind: Uint8Array | undefined
  /** The frame that says "stored", made once. */
  ack: Uint8Array | undefined
}

export interface PeerDeps {
  readonly connection: Connection
  readonly openedAt: number
  readonly pace: Pace
  readonly buffers: Buffers
  readonly note: (note: RefusalNote) => void
}

export function createPeer({ connection, openedAt, pace, buffers, note }: PeerDeps): Peer {
  const isOverCap = (cap: number) => cap > 0 && connection.buffered !== undefined && isOver(cap, connection.buffered())
  const peer: Peer = {
    openedAt,
    network: networkOf(connection.address),
    pace,
    challenges: new Map(),
    behind: new Set(),
    catchingUp: false,
    members: new Map(),
    authenticated: false,
    closed: false,
    waitingFrames: 0,
    waitingBytes: 0,
    send(bytes) {
      if (peer.closed) return
      if (isOverCap(buffers.hardBytes))
        peer.refuse('', 'too-slow', `at most ${buffers.hardBytes} bytes that wait to be read`)
      else connection.send(bytes)
    },
    isSlow: () => isOverCap(buffers.softBytes),
    refuse(room, code, detail = '') {
      if (peer.closed) return
      const row: { readonly retry: 'never' | 'later' | 'reset'; readonly close?: number } = refusals[code]
      note({ code, room, detail, address: connection.address })
      connection.send(messageFrame({ kind: 'refused', room, code, retry: row.retry, detail }))
      if (row.close === undefined) return
      peer.closed = true
      connection.close(row.close, code)
    },
  }
  return peer
}

export const createMember = (room: Room, peer: Peer): Member => ({
  room,
  peer,
  standing: 'waiting',
  rights: { read: false, write: false },
  denial: 'forbidden',
  closed: undefined,
  checking: false,
  expiresAt: undefined,
  wantedSince: undefined,
  tokenAsks: 0,
  queue: [],
  asked: [],
  held: [],
  repairing: false,
  key: undefined,
  did: undefined,
  presence: undefined,
  owed: 0,
  owedFor: undefined,
  behind: undefined,
  ack: undefined,
})

/** One for every update and every step 2 the provider counts. */
export function acknowledge(member: Member, stored: boolean, times = 1): void {
  if (times === 0) return
  const frame = stored ? (member.ack ??= statusFrame(member, true)) : statusFrame(member, false)
  for (let at = 0; at < times; at++) member.peer.send(frame)
}

const statusFrame = ({ room }: Member, stored: boolean): Uint8Array =>
  encodeFrame({ kind: 'sync-status', room: room.name, stored })

/** Asks for the proof of work, where the key's first write costs one. */
export function challenge(member: Member, keys: Keys): void {
  const { key, peer, room, rights } = member
  const bits = key && rights.write ? keys.proofBits(key) : 0
  if (!key || bits === 0) return
  const text = peer.challenges.get(key) ?? newChallenge()
  peer.challenges.set(key, text)
  peer.send(messageFrame({ kind: 'work', room: room.name, challenge: text, bits }))
}

export const frameBytes = (frame: SyncFrame): number =>
  frame.kind === 'step-1' ? frame.vector.length : frame.update.length
