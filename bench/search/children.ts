/** Runs the parts of the bench that are processes of their own, so that one's memory is not another's. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A side that does not come to an end is given up. */
const mostMs = 15 * 60_000

export type Told<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string }

/** @returns the last line it printed, read as JSON; or why there is none */
export async function figuresOf<T>(program: string, args: readonly (string | number)[]): Promise<Told<T>> {
  const path = new URL(`./${program}.ts`, import.meta.url).pathname
  const child = spawn(process.execPath, ['--max-old-space-size=9000', '--expose-gc', path, ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  let complained = ''
  child.stdout.on('data', (data: Buffer) => (printed += data.toString()))
  child.stderr.on('data', (data: Buffer) => (complained = (complained + data.toString()).slice(-4_000)))
  const late = setTimeout(() => child.kill('SIGKILL'), mostMs)
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  clearTimeout(late)
  const last = printed.trim().split('\n').at(-1)
  if (code === 0 && last) return { ok: true, value: JSON.parse(last) as T }
  const reason = /^\w*Error: .*|heap out of memory/m.exec(complained)?.[0] ?? complained.slice(-300)
  return { ok: false, why: signal ? `ended by ${signal}: ${reason}` : reason }
}
