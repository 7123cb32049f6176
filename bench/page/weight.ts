/** What the first visit of a page brings over the wire, compressed as it comes, in five seconds without a touch. */
import type { Browser } from 'playwright-core'
import { atMost, told, type Row } from './table.ts'

/** kB of script with the page, and of what is loaded at idle after it (DESIGN, "Budgets"). */
const budgets: Readonly<Record<string, number>> = { guide: 2, listing: 25, home: 30 }
const idleBudget = 45

interface Loaded {
  readonly kind: string
  readonly bytes: number
  /** Asked for before the page's own load event had passed. */
  readonly early: boolean
}

const watchMs = 5_000

export async function weightRows(
  browser: Browser,
  origin: string,
  pages: Readonly<Record<string, string>>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const [name, path] of Object.entries(pages)) {
    const loaded = await visit(browser, `${origin}${path}`)
    const kilobytes = (pick: (one: Loaded) => boolean) =>
      loaded.filter(pick).reduce((sum, { bytes }) => sum + bytes, 0) / 1000
    const scripts = kilobytes(({ kind, early }) => kind === 'Script' && early)
    const idle = kilobytes(({ kind, early }) => kind === 'Script' && !early)
    const [html, css] = [kilobytes(({ kind }) => kind === 'Document'), kilobytes(({ kind }) => kind === 'Stylesheet')]
    const budget = budgets[name]
    rows.push(told(`${name}: HTML, CSS`, `${html.toFixed(1)}, ${css.toFixed(1)} kB`))
    rows.push(
      budget === undefined
        ? told(`${name}: scripts with the page`, `${scripts.toFixed(1)} kB`)
        : atMost(`${name}: scripts with the page`, scripts, budget, 'kB'),
    )
    rows.push(atMost(`${name}: scripts at idle`, idle, idleBudget, 'kB'))
  }
  return rows
}

async function visit(browser: Browser, url: string): Promise<readonly Loaded[]> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const asked = new Map<string, { kind: string; at: number }>()
  const loaded: { kind: string; bytes: number; at: number }[] = []
  let loadedAt = Number.POSITIVE_INFINITY
  session.on(
    'Network.requestWillBeSent',
    ({ requestId, type = '', timestamp }) => void asked.set(requestId, { kind: type, at: timestamp }),
  )
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const known = asked.get(requestId)
    if (known) loaded.push({ ...known, bytes: encodedDataLength })
  })
  await session.send('Page.enable')
  session.on('Page.loadEventFired', ({ timestamp }) => void (loadedAt = timestamp))
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForTimeout(watchMs)
  await context.close()
  return loaded.map(({ kind, bytes, at }) => ({ kind, bytes, early: at <= loadedAt }))
}
