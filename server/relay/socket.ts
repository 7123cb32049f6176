/** The relay on WebSockets: one path of an HTTP server. Everything that has a timer or a socket is here. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { restartingReason } from '#domain/restart.ts'
import { addressOf, type Proxies } from './address.ts'
import { frameLimit, standardLimits, type Limits } from './limits.ts'
import { createOutbox, flushAll } from './outbox.ts'
import type { Connection } from './peer.ts'
import { connectPlain, plainRefusalOf, plainRoomOf } from './plain.ts'
import type { Relay, RelaySession } from './relay.ts'
import type { Later } from './stored-news.ts'

export interface SocketOptions {
  /** Pages that may connect. A client that is no browser sends no Origin and may. */
  readonly origins: readonly string[]
  readonly path?: string
  readonly limits?: Partial<Limits>
  /** Whose X-Forwarded-For is believed; nobody's without. */
  readonly proxies?: Proxies
  /** The provider takes a socket for dead after 30 s without a message. */
  readonly pingMs?: number
}

export interface RelaySockets {
  /**
   * Takes no more sockets and reads no more frames; what was read before is stored and acknowledged, or refused. Then all
   * are closed with 1012, each told to come back a little later than the one before it.
   */
  close(): Promise<void>
  counts(): SocketCounts
}
export interface SocketCounts {
  readonly sockets: number
  /** Sent, and not yet taken by the sockets. */
  readonly bufferedBytes: number
}

const storedPaceMs = 200
/** For `RelayDeps.later`. */
export const aMomentLater: Later = (work) => void setTimeout(work, storedPaceMs).unref()
/** For `RelayDeps.soon`. */
export const afterThisTurn: Later = (work) => void setImmediate(work)

const tickMs = 1000
const standardPingMs = 15_000
const silencePings = 4 // a socket that has answered none of so many pings is gone

interface Client {
  readonly socket: WebSocket
  readonly session: RelaySession
  silentPings: number
}

export function attachRelay(server: Server, relay: Relay, options: SocketOptions): RelaySockets {
  const limits = { ...standardLimits, ...options.limits }
  const path = options.path ?? '/sync'
  const clients = new Set<Client>()
  let draining = false
  const wss = new WebSocketServer({ noServer: true, maxPayload: frameLimit(limits, true), perMessageDeflate: false })

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const status = refusalOf(request, path, options.origins)
    if (status) return void stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    wss.handleUpgrade(request, stream, head, (socket) => accept(socket, request, stream))
  }
  const accept = (socket: WebSocket, request: IncomingMessage, stream: Duplex) => {
    const plainRoom = plainRoomOf(pathOf(request), path)
    const connection = connectionOf(socket, stream, addressOf(request, options.proxies ?? nobody))
    const session = plainRoom === undefined ? relay.connect(connection) : connectPlain(relay, connection, plainRoom)
    const client: Client = { socket, session, silentPings: 0 }
    clients.add(client)
    stream.on('drain', () => session.drained())
    socket.on('pong', () => (client.silentPings = 0))
    refuseOversized(socket, session)
    countBeforeJoin(stream, session, limits)
    socket.on('message', (data: Buffer, isBinary) => {
      client.silentPings = 0
      if (draining) return // not read is not acknowledged: the browser sends it again
      session.receive(isBinary ? data : new Uint8Array(0)) // a text is no frame
    })
    socket.on('error', () => undefined) // what was wrong has been said; `close` follows
    socket.on('close', () => {
      clients.delete(client)
      session.close()
    })
  }

  server.on('upgrade', upgrade)
  const ticking = setInterval(() => relay.tick(), tickMs)
  const pinging = setInterval(() => clients.forEach(ping), options.pingMs ?? standardPingMs)
  return {
    async close() {
      draining = true
      server.off('upgrade', upgrade)
      clearInterval(ticking)
      clearInterval(pinging)
      await relay.settled()
      flushAll()
      const gone = [...clients].map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)))
      for (const [at, { socket }] of [...clients].entries()) socket.close(1012, restartingReason(at))
      const late = setTimeout(() => clients.forEach(({ socket }) => socket.terminate()), lingerMs)
      await Promise.all(gone)
      clearTimeout(late)
    },
    counts: () => ({
      sockets: clients.size,
      bufferedBytes: [...clients].reduce((sum, { socket }) => sum + socket.bufferedAmount, 0),
    }),
  }
}

const lingerMs = 1000

function refusalOf(request: IncomingMessage, path: string, origins: readonly string[]): string | undefined {
  const asked = pathOf(request)
  const plainRoom = plainRoomOf(asked, path)
  if (asked !== path && plainRoom === undefined) return '404 Not Found'
  const { origin } = request.headers
  if (origin !== undefined && !origins.includes(origin)) return '403 Forbidden'
  return plainRoom === undefined ? undefined : plainRefusalOf(plainRoom)
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?')[0] ?? ''
const nobody: Proxies = { trusts: () => false }

function connectionOf(socket: WebSocket, stream: Duplex, address: string): Connection {
  const outbox = createOutbox(stream, () => socket.readyState === socket.OPEN)
  return {
    address,
    send: outbox.send,
    buffered: outbox.waitingBytes,
    close(code, reason) {
      outbox.flush() // why, before the end
      socket.close(code, reason)
      setTimeout(() => socket.terminate(), lingerMs).unref() // a client that does not answer the close
    },
  }
}

/** ws closes an oversized frame with 1009 by itself, after which the provider dials for ever; the relay's own words go first. */
function refuseOversized(socket: WebSocket, session: RelaySession): void {
  const close = socket.close.bind(socket)
  socket.close = (code, reason) => (code === 1009 ? session.tooLarge() : close(code, reason))
}

/** Counts what arrives before the first room is joined, so that nobody makes the relay hold large frames for nothing. */
function countBeforeJoin(stream: Duplex, session: RelaySession, limits: Limits): void {
  const most = limits.frameBeforeAuth * 4 // of all frames together
  let received = 0
  const count = (chunk: Buffer) => {
    received += chunk.length
    if (session.isAuthenticated()) stream.off('data', count)
    else if (most > 0 && received > most) session.tooLarge()
  }
  stream.on('data', count)
}

function ping(client: Client): void {
  if (client.silentPings++ >= silencePings) return client.socket.terminate()
  if (client.socket.readyState !== client.socket.OPEN) return
  client.socket.ping() // every client answers this one; the provider counts only messages
  client.session.ping()
}
