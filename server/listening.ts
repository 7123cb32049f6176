/** Where the server listens, and under which addresses it is reached. */
import { once } from 'node:events'
import type { Server } from 'node:http'
import { err, ok, type Result } from '#domain/result.ts'
import type { Config } from './config.ts'

/** @returns the port, or a line that says which setting to change */
export async function listen(server: Server, { host, port }: Config): Promise<Result<number, string>> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown)
    return err(problems[code]?.(port, host) ?? `HOST=${host}: cannot listen there: ${code}`)
  }
  const address = server.address()
  return ok(typeof address === 'object' && address ? address.port : port)
}

// prettier-ignore
const problems: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRINUSE: (port, host) => `PORT=${port} is taken: another program listens on ${host}:${port}; set PORT to another number, or to 0 for any free one`,
  EACCES:     (port) => `PORT=${port} is not allowed to this user: set PORT to a number above 1023`,
}

/** Every address this portal is reached by: ORIGIN alone where it is set, else the names of this machine. */
export const originsOf = ({ origin, host }: Config, port: number): readonly string[] => {
  if (origin) return [origin]
  const local = ['localhost', '127.0.0.1', '[::1]']
  const named = local.includes(host) || host === '0.0.0.0' || host.includes(':') ? [] : [host]
  return [...local, ...named].map((name) => new URL(`http://${name}:${port}`).origin) // port 80 goes unsaid
}
