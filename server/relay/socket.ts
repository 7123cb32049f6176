/** The relay on WebSockets: one path of an HTTP server. Everything that has a timer or a socket is here. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { encodeFrame } from '#domain/protocol.ts'
import { frameLimit, standardLimits, type Limits } from './limits.ts'
import type { Connection } from './peer.ts'
import type { Relay, RelaySession } from './relay.ts'

export interface SocketOptions {
  /** Pages that may connect. A client that is no browser sends no Origin and may. */
  readonly origins: readonly string[]
  readonly path?: string
  readonly limits?: Partial<Limits>
  /** The provider takes a socket for dead after 30 s without a message. */
  readonly pingMs?: number
}

export interface RelaySockets {
  /** Takes no more sockets and closes those that are open with 1012 (come back). */
  close(): Promise<void>
}

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
  const wss = new WebSocketServer({ noServer: true, maxPayload: frameLimit(limits, true), perMessageDeflate: false })

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const status = refusalOf(request, path, options.origins)
    if (status) return void stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    wss.handleUpgrade(request, stream, head, (socket) => accept(socket, request, stream))
  }
  const accept = (socket: WebSocket, request: IncomingMessage, stream: Duplex) => {
    const session = relay.connect(connectionOf(socket, request.socket.remoteAddress ?? ''))
    const client: Client = { socket, session, silentPings: 0 }
    clients.add(client)
    refuseOversized(socket, session)
    countBeforeJoin(stream, session, limits)
    socket.on('message', (data: Buffer, isBinary) => {
      client.silentPings = 0
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
      server.off('upgrade', upgrade)
      clearInterval(ticking)
      clearInterval(pinging)
      await relay.settled()
      const gone = [...clients].map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)))
      for (const { socket } of clients) socket.close(1012, 'restarting')
      const late = setTimeout(() => clients.forEach(({ socket }) => socket.terminate()), lingerMs)
      await Promise.all(gone)
      clearTimeout(late)
    },
  }
}

const lingerMs = 1000

function refusalOf(request: IncomingMessage, path: string, origins: readonly string[]): string | undefined {
  if (request.url?.split('?')[0] !== path) return '404 Not Found'
  const { origin } = request.headers
  return origin === undefined || origins.includes(origin) ? undefined : '403 Forbidden'
}

const connectionOf = (socket: WebSocket, address: string): Connection => ({
  address,
  send(bytes) {
    if (socket.readyState === socket.OPEN) socket.send(bytes)
  },
  close(code, reason) {
    socket.close(code, reason)
    setTimeout(() => socket.terminate(), lingerMs).unref() // a client that does not answer the close
  },
})

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
  if (client.socket.readyState === client.socket.OPEN) client.socket.send(encodeFrame({ kind: 'ping' }))
}
