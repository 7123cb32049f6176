/** The HTTP server: where it listens, what it says until the portal is open, and how it ends. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { err, ok, type Result } from '#domain/result.ts'
import type { Config } from './config.ts'
import type { AtOnce } from './routes/at-once.ts'

type Fetch = (request: Request, bindings: HttpBindings) => Response | Promise<Response>

export interface Listening {
  readonly server: Server
  /** Every address this portal is reached by; the first is the one to tell. */
  readonly origins: readonly string[]
  /** From now on this answers; until then everything is 503. */
  answerWith(fetch: Fetch, atOnce: AtOnce): void
  /** Takes no new connection, lets answers that are on their way end, and cuts those that take too long. */
  end(): Promise<void>
}

export async function listen(config: Config): Promise<Result<Listening, { readonly detail: string }>> {
  let answer: Fetch = () => new Response(null, { status: 503, headers: { 'Retry-After': '1' } })
  let first: AtOnce = () => false
  const routes = getRequestListener((request, bindings) => answer(request, bindings as HttpBindings))
  const server = createServer((incoming, outgoing) => {
    if (!first(incoming, outgoing)) void routes(incoming, outgoing)
  })
  try {
    server.listen(config.port, config.host)
    await once(server, 'listening')
  } catch (thrown) {
    return err({ detail: problemOf(thrown, config) })
  }
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  const answerWith = (fetch: Fetch, atOnce: AtOnce) => {
    answer = fetch
    first = atOnce
  }
  return ok({ server, origins: originsOf(config, port), answerWith, end: () => endOf(server) })
}

/** A line that says which setting to change. */
function problemOf(thrown: unknown, { host, port }: Config): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
  return problems[code]?.(port, host) ?? `HOST=${host}: cannot listen there: ${code}`
}

// prettier-ignore
const problems: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port, host) => `PORT=${port} is taken: another program listens on ${host}:${port}; set PORT to another number, or to 0 for any free one`,
  EACCES:     (port) => `PORT=${port} is not allowed to this user: set PORT to a number above 1023`,
}

/** ORIGIN alone where it is set, else the names of this machine. */
export function originsOf({ origin, host }: Config, port: number): readonly string[] {
  if (origin) return [origin]
  const local = ['localhost', '127.0.0.1', '[::1]']
  const named = local.includes(host) || host === '0.0.0.0' || host.includes(':') ? [] : [host]
  return [...local, ...named].map((name) => new URL(`http://${name}:${port}`).origin) // port 80 goes unsaid
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
