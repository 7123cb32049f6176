/**
 * One socket to the relay for all rooms of the page, around @hocuspocus/provider. The provider dials for ever and ignores
 * close codes; so it is told here when to stay away, and when to try at once.
 */
import { HocuspocusProvider, HocuspocusProviderWebsocket, WebSocketStatus } from '@hocuspocus/provider'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import {
  parseRelayMessage,
  refusals,
  type Proof,
  type RefusalCode,
  type RelayMessage,
  type Work,
} from '#domain/protocol.ts'
import { restartingDelay } from '#domain/restart.ts'
import { tellRefusal, type Connection } from './connection.ts'
import { workOf } from './work.ts'

export interface RoomOnWire {
  readonly name: string
  readonly doc: Y.Doc
  readonly awareness: Awareness | undefined
  /** Asked at every join, and whenever the relay finds the last one too old. */
  readonly token: () => Promise<string>
  readonly heard: (message: RelayMessage) => void
  readonly denied: (reason: string) => void
  readonly synced: () => void
}
export interface JoinedRoom {
  /** The origin of updates that came from the relay. */
  readonly origin: unknown
  /** Says again what is here and asks what is there. */
  resend(): void
  leave(): void
}
export interface Link {
  join(room: RoomOnWire): JoinedRoom
}

// After the relay is back a page is back within five seconds.
const dialing = { delay: 500, minDelay: 300, factor: 1.6, maxDelay: 4_000, jitter: true }
const stayAwayMs = 60_000

export function createLink(url: string, tell: (state: Connection) => void): Link {
  const socket = new HocuspocusProviderWebsocket({
    url,
    ...dialing,
    onStatus: ({ status }) => status === WebSocketStatus.Connected && tell('online'),
    onClose: ({ event }) => {
      tell('offline')
      if (event.code >= 4400 && event.code <= 4499) stayAway(event.code, event.reason)
      const delay = restartingDelay(event.code, event.reason)
      if (delay !== undefined) comeBack(delay)
    },
  })
  const stayAway = (code: number, reason: string): void => {
    if (aboutTooMuch.has(reason)) tellRefusal(reason)
    socket.disconnect()
    if (mayPassLater(code)) setTimeout(() => void socket.connect(), stayAwayMs)
  }
  const comeBack = (delayMs: number): void => {
    socket.disconnect()
    setTimeout(() => void socket.connect(), delayMs)
  }
  const dialNow = (): void => {
    if (socket.shouldConnect && socket.status === WebSocketStatus.Disconnected) void socket.connect()
  }
  for (const event of ['online', 'pageshow']) window.addEventListener(event, dialNow)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && dialNow())
  tell('connecting')
  return { join: (room) => join(socket, room) }
}

const aboutTooMuch: ReadonlySet<string> = new Set<RefusalCode>([
  'too-many-sockets',
  'too-many-frames',
  'frame-too-large',
])
const mayPassLater = (code: number): boolean =>
  Object.values(refusals).some((refusal) => 'close' in refusal && refusal.close === code && refusal.retry === 'later')

function join(socket: HocuspocusProviderWebsocket, room: RoomOnWire): JoinedRoom {
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name: room.name,
    document: room.doc,
    awareness: room.awareness ?? null, // the relay's ping keeps the socket alive
    token: room.token,
    onSynced: room.synced,
    onStateless: ({ payload }) => {
      const message = parseRelayMessage(payload)
      if (message?.kind === 'work') void prove(message)
      else if (message) room.heard(message)
    },
    onAuthenticationFailed: ({ reason }) => {
      provider.detach()
      room.denied(reason)
    },
  })
  const prove = async ({ challenge, bits }: Work): Promise<void> => {
    const nonce = await workOf(challenge, bits)
    if (nonce !== undefined) provider.sendStateless(JSON.stringify({ kind: 'proof', challenge, nonce } satisfies Proof))
  }
  provider.attach()
  return { origin: provider, resend: () => provider.forceSync(), leave: () => provider.destroy() }
}
