/** The HTTP server: where it listens, what it says until the portal is open, and how it ends. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { err, ok, type Result } from '#domain/result.ts'
import type { Config } from './config.ts'

type Fetch = (request: Request, bindings: HttpBindings) => Response | Promise<Response>

export interface Listening {
  readonly server: Server
  /** Every address this portal is reached by; the first is the one to tell. */
  readonly origins: readonly string[]
  /** From now on this answers; until then everything is 503. */
  answerWith(fetch: Fetch): void
  /** Takes no new connection, lets answers that are on their way end, and cuts those that take too long. */
  end(): Promise<void>
}

export async function listen(config: Config): Promise<Result<Listening, { readonly detail: string }>> {
  let answer: Fetch = () => new Response(null, { status: 503, headers: { 'Retry-After': '1' } })
  const server = createAdaptorServer({
    fetch: (request, bindings) => answer(request, bindings as HttpBindings),
  }) as Server
  server.listen(config.port, config.host)
  const fault = await Promise.race([
    once(server, 'listening').then(() => undefined),
    once(server, 'error').then(([error]) => ({ detail: `PORT=${config.port}: ${String(error)}` })),
  ])
  if (fault) return err(fault)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  const answerWith = (fetch: Fetch) => void (answer = fetch)
  return ok({ server, origins: originsOf(config, port), answerWith, end: () => endOf(server) })
}

/** ORIGIN alone where it is set, else the names of this machine. */
function originsOf({ origin, host }: Config, port: number): readonly string[] {
  if (origin) return [origin]
  const local = ['localhost', '127.0.0.1', '[::1]']
  const named = local.includes(host) || host === '0.0.0.0' || host.includes(':') ? [] : [host]
  return [...local, ...named].map((name) => `http://${name}:${port}`)
}

const mostAnswerMs = 2000

function endOf(server: Server): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), mostAnswerMs)
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}
