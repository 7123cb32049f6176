/** What the operating system has charged a process: processor time of all its threads, and resident memory. Linux. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'

const msPerTick = 10 // the kernel counts a hundred ticks a second for everybody

/** Time in user and kernel mode since the start. */
export function processorMs(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ') // a program's name may hold spaces; the state comes next
  return (Number(fields[11]) + Number(fields[12])) * msPerTick
}

/** The same of the threads that live, as exact as the scheduler keeps it: for what takes less than a tick. */
export function finelyMs(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`)
  const spent = tasks.map((task) => Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]))
  return spent.reduce((sum, ns) => sum + ns, 0) / 1e6
}

/** `now` in bytes, and the most there ever was. */
export function residentBytes(pid: number): { readonly now: number; readonly peak: number } {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024
  return { now: kilobytes('VmRSS'), peak: kilobytes('VmHWM') }
}

/** Forgets the peak so far, so that the next reading is that of the time from now on. */
export const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5')

const restMs = 300
const mostRests = 60

/** Waits until the process does nothing worth mentioning: what it puts off is charged to whoever caused it. */
export async function quiet(pid: number): Promise<void> {
  for (let rests = 0, before = processorMs(pid); rests < mostRests; rests++) {
    await pause(restMs)
    const after = processorMs(pid)
    if (after - before <= msPerTick) return
    before = after
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms))
