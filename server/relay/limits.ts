/** What a client may ask of the relay, and how a no is said. 0 means no limit. */
import type { RefusalCode } from '#domain/protocol.ts'

/** The detail names the limit and its value. */
export type No = readonly [code: RefusalCode, detail: string]

export interface Limits {
  /** Bytes of a frame, and four times that of all frames, before the first room is joined. */
  readonly frameBeforeAuth: number
  /** Bytes of a room, merged. A frame may have that and 64 kB: the provider sends its whole difference as one. */
  readonly roomBytes: number
  readonly roomsPerSocket: number
  /** Yjs client ids in one room. */
  readonly clientsPerRoom: number
  /** Values put where another had been put at the same time: see `tangles.ts`. An update may bring an eighth of them. */
  readonly tanglesPerRoom: number
  /** Traffic does not extend it. */
  readonly unauthenticatedMs: number
  /** For a new token when one has expired. */
  readonly tokenGraceMs: number
  /** Frames of one socket that wait for a token check or the disk. */
  readonly waitingFrames: number
  readonly waitingBytes: number
  /** Sync frames a second; ten seconds' worth may come at once. */
  readonly socketUpdatesPerSecond: number
  readonly keyUpdatesPerSecond: number
  /** An address is an IPv4 address or an IPv6 network of 64 bits. */
  readonly socketsPerAddress: number
  /** Keys without anything here that write for the first time. */
  readonly newKeysPerHour: number
  /** Bytes of all rooms of a key that has no published record; and of all such keys together. */
  readonly newKeyBytes: number
  readonly newcomerBytes: number
  /** After so long without a write the rooms of a key that never had a published record are removed. */
  readonly newcomerMs: number
  /** Zero bits of the proof that a key's first write costs. */
  readonly proofBits: number
  /** Sealed messages of a key in 24 hours; of one without a published record; of one key to one other. */
  readonly messagesPerDay: number
  readonly newKeyMessagesPerDay: number
  readonly messagesToOnePerDay: number
  /** What lies in one inbox, messages and their bytes. */
  readonly inboxMessages: number
  readonly inboxBytes: number
  /** Free bytes of the disk under which only keys that have something here write. */
  readonly diskFloorBytes: number
}

// prettier-ignore
export const standardLimits: Limits = {
  frameBeforeAuth:        64 * 1024,
  roomBytes:              2 * 1024 * 1024,
  roomsPerSocket:         128,
  clientsPerRoom:         16_384, // ids never go: a page that writes is one, so that is ten a day for more than four years
  tanglesPerRoom:         512,
  unauthenticatedMs:      10_000,
  tokenGraceMs:           30_000,
  waitingFrames:          4096,
  waitingBytes:           16 * 1024 * 1024,
  socketUpdatesPerSecond: 100,
  keyUpdatesPerSecond:    200,
  socketsPerAddress:      1000, // a mobile network hides thousands of people behind one address
  newKeysPerHour:         300,
  newKeyBytes:            64 * 1024,
  newcomerBytes:          256 * 1024 * 1024,
  newcomerMs:             24 * 3600_000,
  proofBits:              15, // 32,768 hashes on average: 35 ms here, a third of a second on a slow phone
  messagesPerDay:         100,
  newKeyMessagesPerDay:   20,
  messagesToOnePerDay:    50,
  inboxMessages:          500,
  inboxBytes:             1024 * 1024,
  diskFloorBytes:         100 * 1024 * 1024,
}

const names = Object.keys(standardLimits) as readonly (keyof Limits)[]
/** For benches: nobody is ever told no for too much. What one socket may leave unread stays bounded (`Buffers`). */
export const noLimits = Object.fromEntries(names.map((name) => [name, 0])) as unknown as Limits

/** Bytes that wait to be read by one socket. 0 means no cap. */
export interface Buffers {
  /** Over it changes are left out, and the room's difference is sent once the socket has taken what waits. */
  readonly softBytes: number
  /** Over it the socket is closed. */
  readonly hardBytes: number
}
export const standardBuffers: Buffers = { softBytes: 1024 * 1024, hardBytes: 8 * 1024 * 1024 }

export const isOver = (limit: number, value: number): boolean => limit > 0 && value > limit

const frameOverRoom = 64 * 1024
export const frameLimit = (limits: Limits, authenticated: boolean): number => {
  if (!authenticated) return limits.frameBeforeAuth
  return limits.roomBytes > 0 ? limits.roomBytes + frameOverRoom : 0
}
