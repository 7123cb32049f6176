/** What a client may ask of the relay. 0 means no limit. */
export interface Limits {
  /** Bytes of a frame, and four times that of all frames, before the first room is joined. */
  readonly frameBeforeAuth: number
  /** Bytes of a room, merged. A frame may have that and 64 kB: the provider sends its whole difference as one. */
  readonly roomBytes: number
  readonly roomsPerSocket: number
  /** Yjs client ids in one room. */
  readonly clientsPerRoom: number
  /** Traffic does not extend it. */
  readonly unauthenticatedMs: number
  /** For a new token when one has expired. */
  readonly tokenGraceMs: number
  /** Frames of one socket that wait for a token check or the disk. */
  readonly waitingFrames: number
  readonly waitingBytes: number
}

// prettier-ignore
export const standardLimits: Limits = {
  frameBeforeAuth:   64 * 1024,
  roomBytes:         2 * 1024 * 1024,
  roomsPerSocket:    128,
  clientsPerRoom:    4096,
  unauthenticatedMs: 10_000,
  tokenGraceMs:      30_000,
  waitingFrames:     4096,
  waitingBytes:      16 * 1024 * 1024,
}

export const isOver = (limit: number, value: number): boolean => limit > 0 && value > limit

const frameOverRoom = 64 * 1024
export const frameLimit = (limits: Limits, authenticated: boolean): number => {
  if (!authenticated) return limits.frameBeforeAuth
  return limits.roomBytes > 0 ? limits.roomBytes + frameOverRoom : 0
}
