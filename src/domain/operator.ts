/** What the operator of a portal is shown: sums and counts, never who or what. */
import type { RefusalCode } from './protocol.ts'

/** Why a portal says it is not ready. */
export const unreadyReasons = ['starting', 'draining', 'writer-lost', 'storage', 'disk-low'] as const
export type UnreadyReason = (typeof unreadyReasons)[number]
export interface Unready {
  readonly reason: UnreadyReason
  readonly detail: string
}

export interface OperatorFigures {
  readonly startedAt: number
  readonly now: number
  readonly unready: readonly Unready[]
  /** Bytes; `free` is undefined where the disk does not answer. */
  readonly bytes: {
    readonly database: number
    readonly wal: number
    readonly free: number | undefined
    readonly floor: number
    readonly memory: number
    readonly cached: number
    readonly buffered: number
  }
  readonly counts: {
    /** Keys that wrote a shelf. */
    readonly keys: number
    readonly rooms: number
    readonly listings: number
    readonly live: number
    readonly journal: number
    readonly sockets: number
    readonly openRooms: number
  }
  /** Rooms that wait for the projector. */
  readonly behind: number
  /** Since the start. */
  readonly refusals: Readonly<Partial<Record<RefusalCode, number>>>
  /** The printed edition that search reads; `changed` listings differ from it and stand in its wire. */
  readonly edition:
    | {
        readonly id: string
        readonly printedAt: number
        readonly entries: number
        readonly inBase: number
        /** Undefined where the delta cannot be read. */
        readonly inDelta: number | undefined
        readonly bytes: number
        readonly changed: number
      }
    | undefined
  /** Since the start; `lastMs` is what the last one took. */
  readonly prints: {
    readonly prints: number
    readonly failed: number
    readonly lastMs: number | undefined
    readonly fault: { readonly at: number; readonly reason: string } | undefined
  }
  readonly backup: { readonly at: number; readonly bytes: number } | undefined
}
