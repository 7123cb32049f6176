/**
 * The relay: frames in, frames out. It keeps and passes rooms without understanding them; no sockets, no timers, and
 * the clock is passed in. A frame of a room waits for its token, then takes its turn in the room.
 */
import { decodeFrame, encodeFrame } from '#domain/protocol.ts'
import type { Did } from '#domain/identity.ts'
import { ownerToldIn } from '#domain/room.ts'
import type { UpdateLog } from '../stores/store.ts'
import { createAccess, type AccessDeps } from './access.ts'
import { checkClock, createDoorman } from './doorman.ts'
import { createFullness } from './fullness.ts'
import { createKeys, type KeyFacts } from './keys.ts'
import { frameLimit, isOver, standardBuffers, standardLimits, type Buffers, type Limits } from './limits.ts'
import { createPace } from './pace.ts'
import { createPeer, type Connection, type Peer, type RefusalNote } from './peer.ts'
import { bytesOf, createRooms } from './rooms.ts'
import type { Later } from './stored-news.ts'
import { createTurns } from './turns.ts'

export interface RelayDeps extends AccessDeps {
  readonly log: UpdateLog
  readonly limits?: Partial<Limits>
  readonly buffers?: Buffers
  /** Without them every key is taken for known, and nobody is a newcomer. */
  readonly keys?: KeyFacts
  readonly newcomers?: Newcomers
  /** Of the disk the log is on. */
  readonly freeBytes?: () => number | undefined
  /** What may be told together waits for it. Without it everything is told at once. */
  readonly later?: Later
  /** What may be stored together waits for it: the frames of all sockets that have some. */
  readonly soon?: Later
  /** Memory for merged rooms. */
  readonly cacheBytes?: number
  /** One call per refusal. */
  readonly onRefused?: (note: RefusalNote) => void
}

/** The rooms of keys that never had anything published, as the store finds them. */
export interface Newcomers {
  /** @param before rooms without a write since then are `stale` */
  census(before: number): Promise<{ readonly bytes: number; readonly stale: readonly string[] }>
  /** False when the key is known by now, and nothing was taken away. */
  erase(room: string): Promise<boolean>
}

export interface RelaySession {
  /** Whether a room was joined; until then the limits are narrower. */
  isAuthenticated(): boolean
  receive(bytes: Uint8Array): void
  /** The socket has taken all that waited. */
  drained(): void
  /** So that the browser hears something. */
  ping(): void
  /** For a frame that was too large to be received at all. */
  tooLarge(): void
  /** The socket is gone. What it sent before is still stored. */
  close(): void
}

export interface Relay {
  connect(connection: Connection): RelaySession
  /** Looks at the clock: who never joined, whose token is over, what was put off. Call it about once a second. */
  tick(): void
  /** Counts what keys without a published record hold, and removes what is old of it. Now and then. */
  sweep(): Promise<void>
  /** The room was compacted: its bytes in memory are read anew. */
  refresh(room: string): void
  /** Resolves when nothing that was received waits for the disk. */
  settled(): Promise<void>
  /** What memory holds of a room, if all of it is on the disk; undefined is no answer, the log has one. */
  merged(name: string): MergedRoom | undefined
  counts(): RelayCounts
  close(): void
  /** Between two turns of the room, `erase` takes it from the disk; those who read it are told. */
  retire(room: string, erase: () => Promise<boolean>): Promise<void>
  /** The key is erased: who is in its rooms, and the key in rooms of others, is turned away. `AccessDeps.isErased` keeps the door. */
  shut(did: Did): void
}

/** A room as one update, and which state of the room that is. */
export interface MergedRoom {
  readonly epoch: string
  readonly seq: number
  bytes(): Uint8Array
}
export interface RelayCounts {
  readonly openRooms: number
  readonly cachedRooms: number
  readonly cachedBytes: number
}

const standardCacheBytes = 64 * 1024 * 1024

export function createRelay(deps: RelayDeps): Relay {
  const limits = { ...standardLimits, ...deps.limits }
  const now = () => deps.now()
  const rooms = createRooms(deps.log, deps.cacheBytes ?? standardCacheBytes)
  const keys = createKeys({ facts: deps.keys, freeBytes: deps.freeBytes, limits, now })
  const turns = createTurns({
    log: deps.log,
    rooms,
    limits,
    keys,
    fullness: createFullness(limits, now),
    now,
    later: deps.later,
    soon: deps.soon ?? queueMicrotask,
  })
  const peers = new Map<Peer, ReturnType<typeof createDoorman>>()
  const socketsOf = new Map<string, number>()
  const stop = deps.log.follow((entries) => {
    turns.heard(entries)
    const owners = new Set(entries.flatMap(({ room }) => ownerToldIn(room) ?? []))
    if (owners.size > 0) for (const doorman of peers.values()) doorman.recheck(owners)
  })

  return {
    connect(connection) {
      const peer = createPeer({
        connection,
        openedAt: now(),
        pace: createPace(limits.socketUpdatesPerSecond, now()),
        buffers: deps.buffers ?? standardBuffers,
        note: (note) => deps.onRefused?.(note),
      })
      const { memberUntil, isEnded } = deps
      const doorman = createDoorman({ peer, turns, limits, keys, ask: createAccess(deps), memberUntil, isEnded, now })
      const neighbours = (socketsOf.get(peer.network) ?? 0) + 1
      peers.set(peer, doorman)
      socketsOf.set(peer.network, neighbours)
      if (isOver(limits.socketsPerAddress, neighbours))
        peer.refuse('', 'too-many-sockets', `at most ${limits.socketsPerAddress} from one address`)
      const tooLarge = () =>
        peer.refuse('', 'frame-too-large', `at most ${frameLimit(limits, peer.authenticated)} bytes`)
      return {
        isAuthenticated: () => peer.authenticated,
        receive(bytes) {
          if (peer.closed) return
          if (isOver(frameLimit(limits, peer.authenticated), bytes.length)) return tooLarge()
          const frame = decodeFrame(bytes)
          if (frame.ok) doorman.receive(frame.value)
          else peer.refuse('', 'bad-frame', frame.error.detail)
        },
        drained: doorman.putRight,
        ping: () => peer.send(encodeFrame({ kind: 'ping' })),
        tooLarge,
        close() {
          peer.closed = true
          if (peers.delete(peer)) leaveNetwork(socketsOf, peer.network)
          for (const member of peer.members.values()) turns.leave(member)
        },
      }
    },
    tick() {
      for (const [peer, doorman] of peers) {
        checkClock(peer, limits, now())
        if (!peer.closed) doorman.putRight()
      }
      keys.tick()
    },
    async sweep() {
      const census = await deps.newcomers?.census(limits.newcomerMs > 0 ? now() - limits.newcomerMs : 0)
      if (!census) return
      keys.counted(census.bytes)
      for (const room of census.stale)
        await turns.retire(room, async () => (await deps.newcomers?.erase(room)) ?? false)
    },
    retire: turns.retire,
    shut(did) {
      for (const doorman of peers.values()) doorman.shut(did)
    },
    refresh: rooms.refresh,
    settled: () => turns.settled(),
    merged(name) {
      const state = turns.peek(name)
      return state?.merged && { epoch: state.epoch, seq: state.seq, bytes: () => bytesOf(state) }
    },
    counts: () => ({ openRooms: turns.openRooms(), ...rooms.counts() }),
    close: stop,
  }
}

function leaveNetwork(socketsOf: Map<string, number>, network: string): void {
  const left = (socketsOf.get(network) ?? 1) - 1
  if (left > 0) socketsOf.set(network, left)
  else socketsOf.delete(network)
}
