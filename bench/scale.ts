/**
 * `npm run bench:scale [-- --quick] [-- --json]`: what a visit costs in a town of 100,000 listings against one of 1,000.
 * A real server on each town, a real Chromium, home, a category and one search; bytes as a compressing front gives them,
 * processor time as the operating system charged the server's threads, less what they take when nobody is there. A server
 * runs for weeks and its code is compiled: visits that do not count come first, and what they asked for many times more.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { finelyMs, pause, quiet } from './relay/accounts.ts'
import { kilobytes, milliseconds } from './relay/rows.ts'
import { createFront } from './scale/front.ts'
import { visit } from './scale/visit.ts'
import { everydayWords } from './corpus/queries.ts'
import { materialOf, percentile } from './search/material.ts'
import { freePort, machine, startPortal } from './search/portal-process.ts'
import { createAuthors } from './search/records.ts'
import { tableOf, type Row } from './search/rows.ts'
import { fillFolder } from './search/town-folder.ts'

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
})
const sizes = values.quick ? [1_000, 10_000] : [1_000, 100_000]
const visits = values.quick ? 12 : 30
const warmVisits = 4
const warmRounds = 60
const searchRounds = 10
const idleMs = 10_000
const folder = mkdtempSync(join(tmpdir(), 'bench-scale-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const note = (text: string) => console.error(text)

interface Cost {
  readonly bytes: number
  readonly requests: number
  readonly cpuMs: number
  readonly searchMs: number
  readonly failed: number
}

async function costIn(count: number): Promise<Cost> {
  note(`${count} listings: a town is made …`)
  const dataDir = join(folder, String(count))
  const { listings } = materialOf(count, 1, Math.floor(Date.now() / 3_600_000) * 3_600_000)
  await fillFolder(dataDir, listings, createAuthors(count))
  const port = await freePort()
  const front = await createFront(port)
  const portal = await startPortal(dataDir, { port, origin: front.origin })
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...browserFlags] })
  try {
    await portal.printed() // the first edition of the town belongs to no visitor
    await quiet(portal.pid)
    note(`${count} listings: ${visits} visits …`)
    for (let i = 0; i < warmVisits; i++) await visit(browser, front.origin, everydayWords[i]!)
    await askAll(portal.http, front.taken().paths)
    await quiet(portal.pid)
    const atRest = finelyMs(portal.pid)
    await pause(idleMs)
    const idlePerMs = (finelyMs(portal.pid) - atRest) / idleMs
    const bytes: number[] = []
    const requests: number[] = []
    const cpu: number[] = []
    const times: (number | undefined)[] = []
    for (let i = 0; i < visits; i++) {
      const [before, beganAt] = [finelyMs(portal.pid), performance.now()]
      times.push(await visit(browser, front.origin, everydayWords[i % everydayWords.length]!))
      cpu.push(finelyMs(portal.pid) - before - (performance.now() - beganAt) * idlePerMs)
      const taken = front.taken()
      if (i === 0) note(taken.largest.join('\n'))
      bytes.push(taken.bytes)
      requests.push(taken.requests)
    }
    const shown = times.filter((each) => each !== undefined)
    return {
      bytes: percentile(bytes, 0.5),
      requests: percentile(requests, 0.5),
      cpuMs: percentile(cpu, 0.5),
      searchMs: percentile(shown, 0.5),
      failed: times.length - shown.length,
    }
  } finally {
    await browser.close()
    await portal.stop()
    front.close()
  }
}

/** As a town's readers do all day; but of plain searches only so many as one network may ask, or visits were refused them. */
async function askAll(http: string, paths: readonly string[]): Promise<void> {
  for (let round = 0; round < warmRounds; round++)
    for (const path of paths) {
      if (round >= searchRounds && path.startsWith('/search?')) continue
      const answer = await fetch(`${http}${path}`, { headers: { 'Accept-Encoding': 'br' } })
      await answer.arrayBuffer()
    }
}

const browserFlags =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run'.split(
    ' ',
  )

const [small, large] = sizes as [number, number]
const few = await costIn(small)
const many = await costIn(large)

const row = (what: string, format: (value: number) => string, of: (cost: Cost) => number, most: number): Row[] => {
  const ratio = of(many) / of(few)
  const cells = { [`${small}`]: format(of(few)), [`${large}`]: format(of(many)) }
  return [
    { what, cells: { ...cells, ratio: ratio.toFixed(2) }, budget: '<= 1.3 x', met: ratio <= 1.3 },
    {
      what: `${what}, absolutely`,
      cells: { [`${large}`]: format(of(many)) },
      budget: `<= ${format(most)}`,
      met: of(many) <= most,
    },
  ]
}
const plain = (what: string, of: (cost: Cost) => string): Row => ({
  what,
  cells: { [`${small}`]: of(few), [`${large}`]: of(many) },
})
const rows: readonly Row[] = [
  ...row('a visit: bytes', kilobytes, ({ bytes }) => bytes, 150 * 1024),
  ...row('a visit: server CPU', milliseconds, ({ cpuMs }) => cpuMs, 15),
  plain('a visit: requests', ({ requests }) => String(requests)),
  plain('search page until its first line', ({ searchMs }) => milliseconds(searchMs)),
  plain('visits without an answer', ({ failed }) => `${failed} of ${visits}`),
]
if (values.json) console.log(JSON.stringify({ machine: machine(), rows }, undefined, 2))
else console.log(`${tableOf(rows, [`${small}`, `${large}`, 'ratio'])}\n\n${machine().line}`)
process.exit(0)
