/** The real server on a data folder, as `npm start` runs it, with the limits off: one machine plays the whole town. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { cpus } from 'node:os'
import { createInterface } from 'node:readline'
import { Pointer } from '#domain/edition.ts'
import { pause } from '../relay/accounts.ts'

export interface PortalProcess {
  readonly pid: number
  readonly http: string
  readonly sync: string
  /** Resolves with the pointer of the edition in force, once there is one that is not `besides`. */
  printed(besides?: string): Promise<Pointer | undefined>
  stop(): Promise<void>
}

/** A base print of a large town, on a machine with other work. */
const mostPrintMs = 15 * 60_000

const root = new URL('../..', import.meta.url).pathname

export async function startPortal(
  dataDir: string,
  { port, origin }: { readonly port: number; readonly origin: string },
): Promise<PortalProcess> {
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(port),
    ORIGIN: origin,
    SAMPLES: 'off',
    LIMITS: 'off',
    DISK_FLOOR_MB: '0',
    LOG_LEVEL: 'error',
  }
  const profile = process.env['PROFILE']
  const flags = ['--max-old-space-size=6000', ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [])]
  const child = spawn(process.execPath, [...flags, 'server/main.ts'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => undefined)])
  if (!line) throw new Error('the server ended before it listened')
  return {
    pid: child.pid ?? 0,
    http: `http://127.0.0.1:${port}`,
    sync: `ws://127.0.0.1:${port}/sync`,
    async printed(besides) {
      for (const until = performance.now() + mostPrintMs; performance.now() < until; await pause(100)) {
        const answer = await fetch(`http://127.0.0.1:${port}/edition/current.json`).catch(() => undefined)
        const parsed = answer?.ok ? Pointer.safeParse(await answer.json()) : undefined
        if (parsed?.success && parsed.data.edition !== besides) return parsed.data
      }
      return undefined
    },
    async stop() {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000)
      await ended
      clearTimeout(late)
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

export const machine = () => {
  const [processor = 'unknown', cores, node] = [cpus()[0]?.model, cpus().length, process.version]
  return { processor, cores, node, line: `${cores} cores (${processor}), Node ${node}` }
}
