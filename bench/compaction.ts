/**
 * `node bench/compaction.ts`: what a shelf weighs whose one record was replaced again and again, and what folding it takes.
 * Sizes are bytes on the disk for the room; times are of this machine.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fold } from '../server/fold.ts'
import { replacements } from '../test/fixtures/replaced.ts'
import { createCompaction } from '../server/compaction.ts'
import { openWriter } from '../server/stores/writer.ts'

const folder = mkdtempSync(join(tmpdir(), 'bench-compaction-'))
const thread = new URL('../test/fixtures/plain-writer-thread.ts', import.meta.url)
const room = 'shelf/bench'

async function measure(edits: number, session: number) {
  const path = join(folder, `${edits}-${session}.sqlite`)
  const writer = await openWriter({ path, thread })
  if (!writer.ok) throw new Error(writer.error.detail)
  const { log } = writer.value
  let now = 0
  const compaction = createCompaction({
    writer: writer.value,
    path,
    now: () => now,
    onCompacted: () => undefined,
    report: (name, reason) => console.error(name, reason),
  })
  let sent = 0
  let longest = 0
  const began = performance.now()
  for (const update of replacements(edits, session)) {
    const at = performance.now()
    await log.append([{ room, update, at: 1 }])
    sent += update.length
    longest = Math.max(longest, performance.now() - at)
  }
  const writing = performance.now() - began
  await compaction.settled()
  now += 120_000
  compaction.tick()
  await compaction.settled()
  const stored = (await log.read(room))!
  const at = performance.now()
  fold(stored)
  const folding = performance.now() - at
  const { rooms, bytesRead } = compaction.counts()
  await compaction.close()
  await writer.value.close()
  const bytes = (stored.snapshot?.length ?? 0) + stored.updates.reduce((sum, update) => sum + update.length, 0)
  return {
    edits,
    'edits a session': session,
    'sent kB': Math.round(sent / 1000),
    'stored bytes': bytes,
    compactions: rooms,
    'read / sent': Number((bytesRead / sent).toFixed(2)),
    'last fold ms': Number(folding.toFixed(1)),
    'append ms, mean': Number((writing / edits).toFixed(2)),
    'append ms, longest': Number(longest.toFixed(1)),
  }
}

const rows = []
for (const [edits, session] of [
  [2_500, 100],
  [10_000, 100],
  [2_500, 1],
  [10_000, 1],
] as const)
  rows.push(await measure(edits, session))
console.table(rows)
rmSync(folder, { recursive: true, force: true })
