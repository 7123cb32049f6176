/** The relay of the benches as a process to be killed. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface Victim {
  readonly pid: number
  readonly url: string
  /** Resolves with how it ended, by itself or not. */
  readonly ended: Promise<string>
  hasEnded(): boolean
  kill(): Promise<void>
  stop(): Promise<void>
}

const program = new URL('../relay/ours.ts', import.meta.url).pathname

export async function startVictim(path: string, env: Readonly<Record<string, string>> = {}): Promise<Victim> {
  const child = spawn(process.execPath, [program, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  let how: string | undefined
  const ended = once(child, 'exit').then(([code, signal]) => (how = String(signal ?? code)))
  const first = await Promise.race([once(createInterface(child.stdout), 'line'), ended])
  if (typeof first === 'string') throw new Error(`the relay ended with ${first} before it listened`)
  return {
    pid: child.pid ?? 0,
    url: String(first[0]),
    ended,
    hasEnded: () => how !== undefined,
    kill: () => end(child, 'SIGKILL', ended),
    stop: () => end(child, 'SIGTERM', ended),
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<string>): Promise<void> {
  child.kill(signal)
  await ended
}
