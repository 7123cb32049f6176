/**
 * That an acknowledgement waits for the disk, seen from outside by strace. Counted: fsyncs against acknowledged batches.
 * And held up: when every fsync takes 50 ms longer, no acknowledgement may come sooner than that.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { skipped, type Row } from './rows.ts'
import { folder, startServer, type Load, type Running } from './servers.ts'
import type { WritersInput, WritersResult } from './load-writers.ts'

const calls = 'fsync,fdatasync'
const heldUpMs = 50
const what = 'fsyncs per acknowledged batch (strace)'

export async function fsyncRows(load: Load, writers: number, edits: number): Promise<readonly Row[]> {
  if (spawnSync('strace', ['-V']).status !== 0) return [skipped(what, 'there is no strace here')]
  return [await counted(load, writers, edits), await heldUp(load)]
}

async function counted(load: Load, writers: number, edits: number): Promise<Row> {
  const out = join(folder, 'strace.txt')
  const server = await startServer('ours', undefined, ['strace', '-f', '-e', `trace=${calls}`, '-o', out])
  const before = { ...(await commitsOf(server)), fsyncs: fsyncsIn(out) }
  const { acks } = await write(load, server, { writers, edits, pass: 90 })
  const after = { ...(await commitsOf(server)), fsyncs: fsyncsIn(out) }
  await server.stop()
  const batches = after.commits - before.commits
  const fsyncs = after.fsyncs - before.fsyncs
  return {
    what,
    value: `${fsyncs} fsyncs`,
    peer: `${batches} batches`,
    ratio: fsyncs / batches,
    budget: '>= 1',
    met: fsyncs >= batches && batches > 0,
    note: `${acks} updates acknowledged; checkpoints of the WAL sync the file as well`,
  }
}

async function heldUp(load: Load): Promise<Row> {
  const inject = `inject=${calls}:delay_exit=${heldUpMs * 1000}`
  const traced = ['strace', '-f', '-e', `trace=${calls}`, '-e', inject, '-o', '/dev/null']
  const server = await startServer('ours', undefined, traced)
  const { fastestAckMs } = await write(load, server, { writers: 4, edits: 10, pass: 91 })
  await server.stop()
  return {
    what: `fastest acknowledgement when an fsync takes ${heldUpMs} ms`,
    value: `${fastestAckMs.toFixed(1)} ms`,
    peer: `${heldUpMs} ms`,
    ratio: fastestAckMs / heldUpMs,
    budget: '>= 1',
    met: fastestAckMs >= heldUpMs,
  }
}

const write = (load: Load, { url, pid }: Running, size: Pick<WritersInput, 'writers' | 'edits' | 'pass'>) =>
  load.ask<WritersResult>('writers', { url, pid, kind: 'typing', ...size } satisfies WritersInput)

async function commitsOf({ url }: Running): Promise<{ readonly commits: number; readonly updates: number }> {
  const response = await fetch(url.replace('ws:', 'http:').replace('/sync', '/commits'))
  return (await response.json()) as { commits: number; updates: number }
}

/** Each call once: a call that another thread interrupts stands on two lines. */
const fsyncsIn = (path: string): number =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => /f(?:data)?sync\(/.test(line)).length
