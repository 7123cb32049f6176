/** One socket as the relay sees it, and its membership in each room it asked for. */
import { encodeFrame, messageFrame, refusals, type RefusalCode, type RoomFrame } from '#domain/protocol.ts'
import type { Rights, Room } from '#domain/room.ts'

/** What the relay needs of a socket. Neither call may throw when the other side is gone. */
export interface Connection {
  readonly address: string
  send(bytes: Uint8Array): void
  close(code: number, reason: string): void
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
  readonly members: Map<string, Member>
  /** Has joined a room at least once. */
  authenticated: boolean
  closed: boolean
  /** Frames that wait for a token check or the disk. */
  waitingFrames: number
  waitingBytes: number
  send(bytes: Uint8Array): void
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
}

export function createPeer(connection: Connection, openedAt: number, note: (note: RefusalNote) => void): Peer {
  const peer: Peer = {
    openedAt,
    members: new Map(),
    authenticated: false,
    closed: false,
    waitingFrames: 0,
    waitingBytes: 0,
    send(bytes) {
      if (!peer.closed) connection.send(bytes)
    },
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
  checking: false,
  expiresAt: undefined,
  wantedSince: undefined,
  tokenAsks: 0,
  queue: [],
  asked: [],
  held: [],
  repairing: false,
})

/** One for every update and every step 2 the provider counts. */
export const acknowledge = (member: Member, stored: boolean): void =>
  member.peer.send(encodeFrame({ kind: 'sync-status', room: member.room.name, stored }))

export const bytesOf = (frame: SyncFrame): number =>
  frame.kind === 'step-1' ? frame.vector.length : frame.update.length
