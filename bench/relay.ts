/**
 * `npm run bench:relay [-- --quick] [-- --json]`: this relay and @hocuspocus/server, driven by one load generator in one
 * run, side by side. Processor time is what the operating system charged the server's process. Repetitions take turns;
 * the table has their medians. The budgets are the design's.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { fanOutRows, joinRows, roomRows, slowReaderRows, writerRows } from './relay/compare.ts'
import { fsyncRows } from './relay/fsyncs.ts'
import { tableOf, type Row } from './relay/rows.ts'
import { isPinned, startLoad } from './relay/servers.ts'
import { full, quick } from './relay/sizes.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
})
const size = values.quick ? quick : full
const startedAt = performance.now()
const load = startLoad()

const parts = {
  writers: () => writerRows(load, size.writers),
  rooms: () => roomRows(load, size.rooms),
  'fan-out': () => fanOutRows(load, size.fanOut),
  'slow-reader': () => slowReaderRows(load, size.slowReader),
  join: () => joinRows(load, size.join),
  fsyncs: () => fsyncRows(load, size.fsyncs.writers, size.fsyncs.edits),
} as const satisfies Record<string, () => Promise<readonly Row[]>>

const wanted = values.only === '' ? Object.keys(parts) : values.only.split(',')
const rows: Row[] = []
for (const [name, part] of Object.entries(parts)) {
  if (!wanted.includes(name)) continue
  if (!values.json) console.error(`${name} …`)
  rows.push(...(await part()))
}
await load.stop()

const machine = {
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  node: process.version,
  pinned: isPinned,
  seconds: Math.round((performance.now() - startedAt) / 1000),
}
if (values.json) console.log(JSON.stringify({ machine, rows }, undefined, 2))
else {
  const where = isPinned ? 'the load on one core, servers where the system puts them' : 'nothing pinned to a core'
  console.log(`${tableOf(rows)}\n\n${machine.cores} cores (${machine.processor}), Node ${machine.node}, ${where}`)
  console.log(`${machine.seconds} s; medians of repetitions that take turns`)
}
