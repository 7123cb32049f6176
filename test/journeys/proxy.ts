/** A proxy before the portal, as operators run one: it answers 502 while the portal is away, can fall silent, and can make a new version of the site appear. */
import { createServer, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'

export interface Proxy {
  readonly url: string
  /** From now on it takes requests and answers none, as a network one bar strong does. */
  hang(): void
  /** From now on the service worker's file is another one than before. */
  release(): void
  close(): Promise<void>
}

export async function startProxy(target: string): Promise<Proxy> {
  let version = 0
  let isHanging = false
  const server = createServer((incoming, outgoing) => {
    if (isHanging) return
    const isWorker = incoming.url === '/sw.js'
    const { 'accept-encoding': _packed, 'if-none-match': _tag, ...plain } = incoming.headers // it writes into that file
    const forward = ask(
      new URL(incoming.url ?? '/', target),
      { method: incoming.method, headers: isWorker ? plain : incoming.headers },
      (answer) => {
        const { 'content-length': length, ...headers } = answer.headers
        outgoing.writeHead(answer.statusCode ?? 502, isWorker || !length ? headers : answer.headers)
        if (isWorker) outgoing.write(`/* version ${version} */`)
        answer.pipe(outgoing)
      },
    )
    forward.on('error', () => outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<p>bad gateway'))
    incoming.pipe(forward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    hang: () => void (isHanging = true),
    release: () => void version++,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
