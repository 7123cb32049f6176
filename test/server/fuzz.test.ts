/** A short run of the fuzz of `npm run chaos`: hostile frames over real sockets while honest clients write. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { mostGrowth, runFuzz } from '../../bench/chaos/fuzz.ts'

const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const frames = 4000

it(
  'hostile frames end no process, fill no memory, and leave the honest rooms as they were written',
  { timeout: 60_000 },
  async () => {
    const found = await runFuzz(join(folder, 'fuzz.sqlite'), frames, 7)
    expect(found).toMatchObject({ crashes: 0, unequal: 0, unfit: 0 })
    expect(found.frames).toBeGreaterThanOrEqual(frames)
    expect(found.forYjs).toBeGreaterThan(frames / 2)
    expect(found.honestChanges).toBeGreaterThan(0)
    expect(found.peakBytes - found.startBytes).toBeLessThan(mostGrowth)
  },
)
