/**
 * A plain y-websocket client on `/sync/<room>`: one public room, read only, no token. Its frames are the provider's
 * without the room's name before them, so they are cut off and put before:
 *
 *   sync (0), awareness (1), query awareness (3)   the same, both ways
 *   auth (2)                                       y-protocols knows one: 0 · reason:string, permission denied
 *
 * It counts a socket for dead that says nothing for 30 s, so a ping becomes an awareness message about nobody. What it
 * writes is refused as `read-only`, which it prints; all other words of the relay are not for it.
 */
import * as encoding from 'lib0/encoding'
import { decodeFrame, encodeFrame, parseRelayMessage } from '#domain/protocol.ts'
import { parseRoom, rightsOf } from '#domain/room.ts'
import type { Connection } from './peer.ts'
import type { Relay, RelaySession } from './relay.ts'

/** The room that a path below `/sync` names, with its slash as it is or encoded. */
export function plainRoomOf(path: string, base: string): string | undefined {
  if (!path.startsWith(`${base}/`)) return undefined
  try {
    return decodeURIComponent(path.slice(base.length + 1))
  } catch {
    return undefined // a percent sign that encodes nothing
  }
}

/** Whether somebody without a key may read it: an HTTP status line when not. */
export function plainRefusalOf(name: string): string | undefined {
  const room = parseRoom(name)
  if (!room.ok) return '404 Not Found'
  return rightsOf(room.value, undefined).read ? undefined : '403 Forbidden'
}

export function connectPlain(relay: Relay, connection: Connection, room: string): RelaySession {
  const prefix = encoding.encode((out) => encoding.writeVarString(out, room))
  const session = relay.connect({ ...connection, send: (bytes) => sendPlain(connection, bytes, prefix.length) })
  session.receive(encodeFrame({ kind: 'token', room, token: '', version: '' }))
  return {
    ...session,
    receive(bytes) {
      const frame = new Uint8Array(prefix.length + bytes.length)
      frame.set(prefix)
      frame.set(bytes, prefix.length)
      session.receive(frame)
    },
  }
}

const nobody = Uint8Array.of(1, 1, 0) // awareness: one byte, no clients
const isForAll = (type: number | undefined): boolean => type === 0 || type === 1 || type === 3

function sendPlain(connection: Connection, bytes: Uint8Array, prefixLength: number): void {
  if (bytes.length === 1) return connection.send(nobody)
  if (isForAll(bytes[prefixLength])) return connection.send(bytes.subarray(prefixLength))
  const reason = reasonIn(bytes)
  if (reason === undefined) return
  connection.send(
    encoding.encode((out) => {
      encoding.writeVarUint(out, 2)
      encoding.writeVarUint(out, 0)
      encoding.writeVarString(out, reason)
    }),
  )
}

function reasonIn(bytes: Uint8Array): string | undefined {
  const frame = decodeFrame(bytes)
  if (!frame.ok || frame.value.kind !== 'stateless') return undefined // a denial is followed by its refusal
  const message = parseRelayMessage(frame.value.payload)
  return message?.kind === 'refused' ? `${message.code} ${message.detail}`.trim() : undefined
}
