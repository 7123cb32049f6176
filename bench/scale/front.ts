/**
 * What stands before the portal in production, as far as bytes go: passes requests and sockets on, compresses text that
 * came uncompressed (brotli 5), and counts every byte of a body and of a socket that it gives to the browser.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { brotliCompressSync, constants } from 'node:zlib'

export interface Front {
  readonly origin: string
  readonly port: number
  /** Bodies and socket frames since the last call; requests made. */
  taken(): {
    readonly bytes: number
    readonly requests: number
    /** What was asked for by GET, once each. */
    readonly paths: readonly string[]
    readonly largest: readonly string[]
  }
  close(): void
}

const mostTold = 8
const isText = (type: string): boolean => /^text\/|javascript|json|xml|svg/.test(type)
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** @param portalPort of the server behind; it may start later */
export async function createFront(portalPort: number): Promise<Front> {
  const given: { path: string; bytes: number }[] = []
  const answerWith = async (answer: IncomingMessage, path: string, outgoing: ServerResponse) => {
    const body = await bodyOf(answer)
    const { 'transfer-encoding': _, ...headers } = answer.headers
    const packs = !headers['content-encoding'] && body.length > 0 && isText(headers['content-type'] ?? '')
    const sent = packs ? brotliCompressSync(body, quality) : body
    given.push({ path, bytes: sent.length })
    const encoding = packs ? { 'content-encoding': 'br', vary: 'accept-encoding' } : {}
    const length = answer.statusCode === 304 ? {} : { 'content-length': String(sent.length) }
    outgoing.writeHead(answer.statusCode ?? 502, { ...headers, ...encoding, ...length })
    outgoing.end(sent)
  }
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const target = { host: '127.0.0.1', port: portalPort, method, path: url, headers }
    const passed = request(target, (answer) => void answerWith(answer, url ?? '', outgoing))
    passed.on('error', () => outgoing.writeHead(502).end())
    incoming.pipe(passed)
  })
  server.on('upgrade', (incoming: IncomingMessage, browser: import('node:net').Socket) => {
    const portal = connect({ host: '127.0.0.1', port: portalPort, noDelay: true })
    const head = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${String(value)}`)
    portal.write(`GET ${incoming.url} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`)
    portal.on('data', (data: Buffer) => given.push({ path: 'socket', bytes: data.length }))
    portal.pipe(browser).pipe(portal)
    for (const [one, other] of [
      [portal, browser],
      [browser, portal],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    taken() {
      const all = given.splice(0)
      const byPath = new Map<string, number>()
      for (const { path, bytes } of all) byPath.set(path, (byPath.get(path) ?? 0) + bytes)
      const largest = [...byPath]
        .sort((a, b) => b[1] - a[1])
        .slice(0, mostTold)
        .map(([path, bytes]) => `${path} ${bytes}`)
      const paths = [...byPath.keys()].filter((path) => path.startsWith('/'))
      return { bytes: all.reduce((sum, { bytes }) => sum + bytes, 0), requests: all.length, paths, largest }
    },
    close: () => (server.closeAllConnections(), void server.close()),
  }
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
