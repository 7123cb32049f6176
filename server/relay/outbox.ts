/**
 * What one socket is sent in a turn goes to the system in one call: a call costs more than what leads to it. A frame is made
 * once for all who are sent the same bytes. ws has no part in it: it does not compress, so nothing waits in it.
 */
import type { Duplex } from 'node:stream'

export interface Outbox {
  send(bytes: Uint8Array): void
  /** At once, what a turn has gathered so far. */
  flush(): void
  /** Sent, and not yet taken by the other side. */
  waitingBytes(): number
}

const due: Outbox[] = []

/** Before sockets are closed in the same turn. */
export function flushAll(): void {
  for (const outbox of due) outbox.flush()
  due.length = 0
}

export function createOutbox(stream: Duplex, isOpen: () => boolean): Outbox {
  let pieces: Buffer[] = []
  let bytesHere = 0
  const outbox: Outbox = {
    send(bytes) {
      if (!isOpen()) return
      if (pieces.length === 0 && due.push(outbox) === 1) process.nextTick(flushAll)
      const [head, rest] = framed(bytes)
      pieces.push(head)
      if (rest) pieces.push(rest)
      bytesHere += bytes.length
    },
    flush() {
      if (pieces.length === 0) return
      const all = pieces
      const bytes = bytesHere
      pieces = []
      bytesHere = 0
      if (!isOpen()) return
      if (all.length === 1) return void stream.write(all[0])
      if (bytes <= mostJoined) return void stream.write(Buffer.concat(all))
      stream.cork()
      for (const piece of all) stream.write(piece)
      stream.uncork()
    },
    waitingBytes: () => stream.writableLength + bytesHere,
  }
  return outbox
}

const mostJoined = 16 * 1024 // more is not worth copying
let last: { readonly bytes: Uint8Array; readonly frame: readonly [Buffer] } | undefined

/** A whole WebSocket frame: final, binary, not masked; in one piece when that is cheap. */
function framed(bytes: Uint8Array): readonly [Buffer, Buffer?] {
  if (last?.bytes === bytes) return last.frame
  const { length } = bytes
  if (length > mostJoined) return [headOf(length, 0), Buffer.from(bytes.buffer, bytes.byteOffset, length)]
  const whole = headOf(length, length)
  whole.set(bytes, whole.length - length)
  last = { bytes, frame: [whole] }
  return last.frame
}

/** @param more bytes that will follow in the same buffer */
function headOf(length: number, more: number): Buffer {
  const headBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const head = Buffer.allocUnsafe(headBytes + more)
  head[0] = 0x82
  head[1] = headBytes === 2 ? length : headBytes === 4 ? 126 : 127
  if (headBytes === 4) head.writeUInt16BE(length, 2)
  if (headBytes === 10) head.writeBigUInt64BE(BigInt(length), 2)
  return head
}
