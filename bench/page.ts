/**
 * `npm run bench:page [-- --json] [-- --runs 5] [-- --only weight,lighthouse,offline]`: what a first visit of each page
 * weighs on the wire, what Lighthouse says of it on a phone, and how long a page takes with the server stopped. The portal
 * is a process of its own with the sample town, the browser a real Chromium. The budgets are the design's.
 */
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { findChromium } from '../test/chromium.ts'
import { startPortal } from '../test/journeys/portal.ts'
import { lighthouseRows } from './page/lighthouse.ts'
import { offlineRows } from './page/offline.ts'
import { tableOf, type Row } from './page/table.ts'
import { weightRows } from './page/weight.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: 'weight,lighthouse,offline' },
  },
})
const executablePath = findChromium()
if (!executablePath) throw new Error('no Chromium: npm test finds or installs one')
const debuggingPort = 9_300 + (process.pid % 500)
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']
const args = [...flags, '--disable-sync', '--no-first-run', `--remote-debugging-port=${debuggingPort}`]
const portal = await startPortal({ SAMPLES: 'on' })
const browser = await chromium.launch({ executablePath, args })

const firstListing = async (): Promise<string> =>
  /href="(\/l\/[a-z2-7]{26})"/.exec(await (await fetch(`${portal.url}/c/goods`)).text())?.[1] ?? '/'
const pages = { guide: '/guides/how-a-return-works', listing: await firstListing(), home: '/' }
const more = { category: '/c/goods', search: '/search', post: '/post' }

const parts: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  weight: () => weightRows(browser, portal.url, { ...pages, ...more }),
  lighthouse: () => lighthouseRows(portal.url, pages, { debuggingPort, runs: Number(values.runs) }),
  offline: () => offlineRows(browser, portal, pages),
}
const rows: Row[] = []
for (const name of values.only.split(',')) {
  if (!values.json) console.error(`${name} …`)
  rows.push(...((await parts[name]?.()) ?? []))
}
await browser.close()
await portal.remove()
console.log(values.json ? JSON.stringify(rows, undefined, 2) : tableOf(rows))
