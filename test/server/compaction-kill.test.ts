/** `kill -9` in the middle of a compaction, under load: what was acknowledged is there, once, and the file is whole. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openDatabase } from '../../server/stores/database.ts'
import { partsInRow } from '../../server/stores/spread.ts'
import { createSqliteCore } from '../../server/stores/sqlite.ts'
import { must } from '../fixtures/must.ts'

const folder = mkdtempSync(join(tmpdir(), 'compaction-kill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const program = new URL('../fixtures/compacting-process.ts', import.meta.url).pathname

/** The last acknowledged number, and up to where the last compaction would have replaced the log. */
async function workUntilKilled(path: string, point: string): Promise<{ acked: number; replacing: number }> {
  const child = spawn(process.execPath, [program, path, point], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()))
  const [, signal] = await once(child, 'close')
  expect(signal).toBe('SIGKILL')
  const lines = output.trim().split('\n')
  return {
    acked: Number(lines.findLast((line) => !line.includes(' '))),
    replacing: Number(lines.findLast((line) => line.includes(' '))?.split(' ')[1]),
  }
}

it.each([
  // point of the compaction, whether its snapshot counts
  ['folded', false],
  ['put', false],
  ['first-dropped', false],
  ['last-dropped', false],
  ['committed', true],
  ['checkpoint', true],
] as const)('killed when %s, nothing is lost and nothing doubled', { timeout: 60_000 }, async (point, isReplaced) => {
  const path = join(folder, `${point}.sqlite`)
  const { acked, replacing } = await workUntilKilled(path, point)
  const core = createSqliteCore(must(openDatabase(path)))
  core.spread()
  const bytes = core.readNow('shelf/a')!
  const upTo = core.db.prepare('SELECT up_to FROM snapshots').get()?.['up_to']
  const inLog = Number(core.db.prepare(`SELECT sum(${partsInRow}) AS n FROM updates`).get()?.['n'])
  core.db.close()
  expect(inLog).toBe(bytes.updates.length) // what a snapshot covers is gone with it, or still all there
  const doc = new Y.Doc()
  for (const update of [...(bytes.snapshot ? [bytes.snapshot] : []), ...bytes.updates]) Y.applyUpdate(doc, update)
  const numbers = doc.getArray<number>('l').toArray()
  expect(acked).toBeGreaterThan(20)
  expect(numbers.length).toBeGreaterThan(acked)
  expect(numbers).toEqual(numbers.map((_, at) => at))
  expect(doc.getMap('m').get('replaced')).toBe(`${'x'.repeat(3000)} ${numbers.length - 1}`)
  expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null])
  expect(upTo === replacing).toBe(isReplaced)
})
