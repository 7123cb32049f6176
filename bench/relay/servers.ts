/**
 * Starts and ends the processes of a bench. The load keeps to one core where that can be had; servers run where the system
 * puts them, as they do in production: on one core a server of two threads would pay for changing between them.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Running {
  readonly pid: number
  readonly url: string
  stop(): Promise<void>
}
export type ServerName = 'ours' | 'projecting' | 'peer'

export const isPinned = availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0
const onOneCore = (command: readonly string[]): readonly string[] =>
  isPinned ? ['taskset', '-c', '1', ...command] : command

export const folder = mkdtempSync(join(tmpdir(), 'bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
let files = 0
export const newFile = (): string => join(folder, `${++files}.sqlite`)

const programOf = (name: string): string => new URL(`./${name}.ts`, import.meta.url).pathname

/** @param before what the server runs under, such as strace */
export async function startServer(
  name: ServerName,
  path = newFile(),
  before: readonly string[] = [],
): Promise<Running> {
  const program = [process.execPath, ...flags(name), programOf(name === 'peer' ? 'peer' : 'ours'), path]
  const [command = '', ...rest] = [...before, ...program]
  const env = { ...process.env, PROJECTOR: name === 'projecting' ? 'on' : 'off' }
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'], env })
  const [url] = await Promise.race([once(createInterface(child.stdout), 'line'), failed(child, name)])
  return { pid: child.pid ?? 0, url: String(url), stop: () => stop(child, before.length > 0) }
}

/** A profile of the server is one environment variable away: PROFILE=<folder>. */
const flags = (name: ServerName): readonly string[] =>
  process.env['PROFILE'] ? ['--cpu-prof', `--cpu-prof-dir=${join(process.env['PROFILE'], name)}`] : []

async function failed(child: ChildProcess, name: string): Promise<never> {
  const [code] = await once(child, 'exit')
  throw new Error(`${name} ended with ${code} before it listened`)
}

/** @param isTraced the child is what the server runs under, and ends with it */
async function stop(child: ChildProcess, isTraced = false): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  const target = isTraced
    ? Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').split(' ')[0])
    : child.pid
  process.kill(target ?? 0, 'SIGTERM')
  const late = setTimeout(() => process.kill(target ?? 0, 'SIGKILL'), 5000)
  await gone
  clearTimeout(late)
}

/** The load generator; `ask` runs one of its scenarios. */
export function startLoad() {
  const [command = '', ...rest] = onOneCore([process.execPath, programOf('load')])
  const child = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ended = once(child, 'exit').then(() => 'ended' as const)
  let onAnswer: (answer: Answer) => void = () => undefined
  child.on('message', (answer: Answer) => onAnswer(answer))
  return {
    async ask<T>(scenario: string, input: object): Promise<T> {
      const answered = new Promise<Answer>((resolve) => (onAnswer = resolve))
      child.send({ scenario, input })
      const answer = await Promise.race([answered, ended])
      if (answer === 'ended') throw new Error('the load generator ended')
      if (!answer.ok) throw new Error(`${scenario}: ${String(answer.value)}`)
      return answer.value as T
    },
    stop: () => stop(child),
  }
}
interface Answer {
  readonly ok: boolean
  readonly value: unknown
}
export type Load = ReturnType<typeof startLoad>
