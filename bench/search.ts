/**
 * `npm run bench:search [-- --quick] [-- --json] [-- --only town,press,lunr,minisearch,pagefind] [-- --write]`: search by editions beside one
 * full lunr index, MiniSearch and Pagefind, on the same invented listings in one run. Each side is a process of its own;
 * the budgets are the design's.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { machine } from './search/portal-process.ts'
import { columns, rowsOf } from './search/compare.ts'
import { measured, sides, type Taken } from './search/sides.ts'
import { tableOf, type Row } from './search/rows.ts'
import { withSearchTable } from './search/write-results.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    sizes: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
})
const sizes = values.sizes
  ? values.sizes.split(',').map(Number)
  : values.quick
    ? [1_000, 10_000]
    : [1_000, 10_000, 100_000]
const wanted = values.only === '' ? sides : sides.filter((side) => values.only.split(',').includes(side))
/** Its table is written to RESULTS.md; that of a smaller run where `--write` asks for it. */
const isWhole = !values.quick && !values.json && values.only === '' && values.sizes === ''
const now = Math.floor(Date.now() / 3_600_000) * 3_600_000
const startedAt = performance.now()

const rows: Row[] = []
for (const count of sizes) {
  const queriesEach = values.quick ? 30 : 60
  let taken: Taken = {}
  for (const side of wanted) {
    console.error(`${count} listings: ${side} …`)
    taken = { ...taken, [side]: await measured(side, { count, queriesEach, now }) }
  }
  rows.push(...rowsOf(count, taken))
  if (!values.json) console.error(tableOf(rows, columns))
}
const seconds = Math.round((performance.now() - startedAt) / 1000)
if (values.json) console.log(JSON.stringify({ machine: { ...machine(), seconds }, rows }, undefined, 2))
else console.log(`${tableOf(rows, columns)}\n\n${machine().line}; ${seconds} s`)
if (isWhole || values.write) {
  const told = `\`npm run bench:search\` on ${new Date().toISOString().slice(0, 10)}, ${machine().line}, ${seconds} s; ${sizes.map((size) => size.toLocaleString('en')).join(', ')} listings. The sides ran one after the other.`
  const path = new URL('RESULTS.md', import.meta.url)
  writeFileSync(path, withSearchTable(readFileSync(path, 'utf8'), tableOf(rows, columns), told))
}
process.exit(0)
