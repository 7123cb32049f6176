/** A real portal for journeys: the server as a process of its own, stopped and killed as a machine would, on a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Portal {
  readonly url: string
  readonly dataDir: string
  readonly output: () => string
  /** Asks it to end (SIGTERM) and waits. */
  stop(): Promise<void>
  /** Ends it as a power cut would (SIGKILL) and waits. */
  kill(): Promise<void>
  /** Starts it again on the same folder and address. @param more of its environment, from now on */
  start(more?: Readonly<Record<string, string>>): Promise<void>
  /** Starts it again if it does not run: what a journey that failed has left. */
  revive(): Promise<void>
  /** Ends it and removes the folder. */
  remove(): Promise<void>
}

const root = new URL('../..', import.meta.url).pathname

/** @param folder of the sources and their build */
export async function startPortal(env: Readonly<Record<string, string>> = {}, folder = root): Promise<Portal> {
  const dataDir = env['DATA_DIR'] ?? mkdtempSync(join(tmpdir(), 'portal-journey-'))
  let output = ''
  let port = '0'
  let child: ChildProcess | undefined

  let own = env
  const start = async (more: Readonly<Record<string, string>> = {}) => {
    own = { ...own, ...more }
    const started = spawn(process.execPath, ['server/main.ts'], {
      cwd: folder,
      env: {
        ...process.env,
        SAMPLES: 'off',
        LOG_LEVEL: 'warn',
        PORTAL: 'rizhao',
        NEW_KEY_LISTINGS: '0', // people of a journey are all new
        ...own,
        PORT: port,
        DATA_DIR: dataDir,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = started
    const from = output.length
    started.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()))
    port = await new Promise<string>((resolve, reject) => {
      started.stdout.on('data', (bytes: Buffer) => {
        output += bytes.toString()
        const ready = /http:\/\/[^\s:]+:(\d+)/.exec(output.slice(from))
        if (ready?.[1]) resolve(ready[1])
      })
      started.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${output}`)))
    })
  }
  const end = (signal: 'SIGTERM' | 'SIGKILL') => async () => {
    const running = child
    child = undefined
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, 'exit')
    running.kill(signal)
    await ended
  }
  const kill = end('SIGKILL')
  await start()
  return {
    get url() {
      return `http://localhost:${port}`
    },
    dataDir,
    output: () => output,
    stop: end('SIGTERM'),
    kill,
    start,
    revive: async () => (child ? undefined : start()),
    async remove() {
      await kill()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
