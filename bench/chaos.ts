/**
 * `npm run chaos [-- --rounds 20] [-- --frames 200000] [-- --seed 1]`: rounds of load, `kill -9` and restart, then hostile
 * frames. Ends with 1 when anything acknowledged was lost or stored twice, when the relay fell, or when what the honest
 * wrote was touched. `--rounds 0` or `--frames 0` leaves that half out.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createChance } from './chaos/chance.ts'
import { isWithin, mostGrowth, runFuzz } from './chaos/fuzz.ts'
import { runRounds } from './chaos/rounds.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    frames: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
  },
})
const [rounds, frames, seed] = [values.rounds, values.frames, values.seed].map(Number) as [number, number, number]
const folder = mkdtempSync(join(tmpdir(), 'chaos-'))
const mb = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(0)} s`
let isWell = true

if (rounds > 0) {
  const since = performance.now()
  const found = await runRounds(join(folder, 'rounds.sqlite'), rounds, createChance(seed).random)
  isWell &&= found.lost + found.duplicated + found.unfit + found.diverged === 0 && found.acked > 0
  console.log(`kill -9, rounds            ${found.rounds} (${seconds(since)})
changes acknowledged       ${found.acked} of ${found.made} made
acknowledged and lost      ${found.lost}
duplicated                 ${found.duplicated}
rows that do not fit       ${found.unfit}
rooms that disagree        ${found.diverged}`)
}
if (frames > 0) {
  const since = performance.now()
  const found = await runFuzz(join(folder, 'fuzz.sqlite'), frames, seed)
  isWell &&= isWithin(found) && found.frames >= frames
  console.log(`
hostile frames             ${found.frames} (${seconds(since)})
of them read as Yjs bytes  ${found.forYjs} (${((found.forYjs / found.frames) * 100).toFixed(0)} %)
crashes                    ${found.crashes}
memory                     ${mb(found.startBytes)} at the start, ${mb(found.halfBytes)} half-way, ${mb(found.peakBytes)} at most (allowed: ${mb(mostGrowth)} more)
honest changes             ${found.honestChanges}, all acknowledged
honest rooms not equal     ${found.unequal}
rows that do not fit       ${found.unfit}`)
}
rmSync(folder, { recursive: true, force: true })
console.log(
  `\n${cpus().length} cores (${cpus()[0]?.model}), Node ${process.version}, seed ${seed}: ${isWell ? 'well' : 'NOT WELL'}`,
)
process.exitCode = isWell ? 0 : 1
