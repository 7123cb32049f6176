/**
 * A WebSocket client that does as little as can be done, so that a bench measures the server: frames are made in advance
 * (masked with zeros, which every server unmasks like any other mask), what arrives is cut at frame borders and no more.
 */
import { connect } from 'node:net'
import { once } from 'node:events'

export interface RawSocket {
  /** A frame made by `masked`. */
  send(frame: Uint8Array): void
  /** Stops reading until `resume`: to the server a reader that is stuck. */
  pause(): void
  resume(): void
  close(): void
  readonly closed: Promise<void>
  /** The server's close code, when it said one; the socket is gone then. */
  closeCode(): number | undefined
  /** Of everything that came in, headers and all. */
  bytesRead(): number
}

export type Receive = (message: Buffer, socket: RawSocket) => void

/** Resolves once the server has switched to WebSocket. */
export async function dial(url: string, receive: Receive): Promise<RawSocket> {
  const { hostname, port, pathname } = new URL(url)
  const stream = connect({ host: hostname, port: Number(port), noDelay: true })
  stream.on('error', () => undefined) // `close` follows
  const closed = once(stream, 'close').then(() => undefined)
  await once(stream, 'connect')
  let code: number | undefined
  const raw: RawSocket = {
    send: (frame) => void stream.write(frame),
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    close: () => void stream.resetAndDestroy(), // a reset leaves no port behind that waits a minute
    closed,
    closeCode: () => code,
    bytesRead: () => stream.bytesRead,
  }
  const cut = createCutter(
    (message) => receive(message, raw),
    (said) => {
      code = said
      stream.resetAndDestroy()
    },
  )
  const switched = new Promise<void>((resolve, reject) => {
    let head = Buffer.alloc(0)
    const onHead = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      stream.off('data', onHead)
      if (!head.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) return reject(new Error(head.toString('latin1')))
      stream.on('data', cut)
      cut(head.subarray(end + 4))
      resolve()
    }
    stream.on('data', onHead)
    void closed.then(() => reject(new Error('closed before the upgrade')))
  })
  stream.write(
    `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  )
  await switched
  return raw
}

const masksBit = 0x80
const finalBinary = 0x82

/** One binary message as it goes over the wire. */
export function masked(payload: Uint8Array): Buffer {
  const { length } = payload
  const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const frame = Buffer.alloc(2 + lengthBytes + 4 + length) // the four zeros are the mask
  frame[0] = finalBinary
  frame[1] = masksBit | (lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127)
  if (lengthBytes === 2) frame.writeUInt16BE(length, 2)
  if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.set(payload, 2 + lengthBytes + 4)
  return frame
}

const opcodes = { text: 1, binary: 2, close: 8 }

/** Cuts a byte stream into messages. A server does not mask and neither server here fragments. */
function createCutter(receive: (message: Buffer) => void, closedWith: (code: number) => void): (chunk: Buffer) => void {
  let rest: Buffer[] = []
  let restBytes = 0
  let wanted = 2
  return (chunk) => {
    rest.push(chunk)
    restBytes += chunk.length
    if (restBytes < wanted) return
    const bytes = rest.length === 1 ? chunk : Buffer.concat(rest)
    let at = 0
    wanted = 2
    while (bytes.length - at >= 2) {
      const short = bytes[at + 1]! & 0x7f
      const head = short < 126 ? 2 : short === 126 ? 4 : 10
      if (bytes.length - at < head) break
      const length =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
      wanted = head + length
      if (bytes.length - at < wanted) break
      const opcode = bytes[at]! & 0x0f
      if (opcode === opcodes.binary || opcode === opcodes.text) receive(bytes.subarray(at + head, at + wanted))
      if (opcode === opcodes.close) return closedWith(length >= 2 ? bytes.readUInt16BE(at + head) : 1005)
      at += wanted
      wanted = 2
    }
    rest = at < bytes.length ? [bytes.subarray(at)] : []
    restBytes = bytes.length - at
  }
}
