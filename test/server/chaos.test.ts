/** A short run of `npm run chaos`: the relay's process is killed under load and started again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createChance } from '../../bench/chaos/chance.ts'
import { runRounds } from '../../bench/chaos/rounds.ts'

const folder = mkdtempSync(join(tmpdir(), 'chaos-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it(
  'killed under load and started again, nothing acknowledged is lost and nothing is stored twice',
  { timeout: 60_000 },
  async () => {
    const found = await runRounds(join(folder, 'rounds.sqlite'), 2, createChance(3).random)
    expect(found).toMatchObject({ lost: 0, duplicated: 0, unfit: 0, diverged: 0 })
    expect(found.acked).toBeGreaterThan(0)
    expect(found.made).toBeGreaterThanOrEqual(found.acked)
  },
)
