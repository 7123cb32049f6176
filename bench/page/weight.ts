/** What the first visit of a page brings over the wire, compressed as it comes, in five seconds without a touch. */
import type { Browser } from 'playwright-core'
import { atMost, told, type Row } from './table.ts'

/** kB of script: the page's own and what sync loads at idle (DESIGN, "Budgets"). What is the page's own alone, `npm run size` tells. */
const budgets: Readonly<Record<string, number>> = { guide: 2, listing: 25 + 45, home: 30 + 45 }

interface Loaded {
  readonly kind: string
  readonly bytes: number
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
    const scripts = kilobytes(({ kind }) => kind === 'Script')
    const [html, css] = [kilobytes(({ kind }) => kind === 'Document'), kilobytes(({ kind }) => kind === 'Stylesheet')]
    const budget = budgets[name]
    const files = `${loaded.filter(({ kind }) => kind === 'Script').length} files, with their headers`
    rows.push(told(`${name}: HTML, CSS`, `${html.toFixed(1)}, ${css.toFixed(1)} kB`))
    rows.push(
      budget === undefined
        ? told(`${name}: scripts in five seconds`, `${scripts.toFixed(1)} kB`, files)
        : atMost(`${name}: scripts in five seconds`, scripts, budget, 'kB', files),
    )
  }
  return rows
}

async function visit(browser: Browser, url: string): Promise<readonly Loaded[]> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const asked = new Map<string, string>()
  const loaded: Loaded[] = []
  session.on('Network.requestWillBeSent', ({ requestId, type = '' }) => void asked.set(requestId, type))
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    loaded.push({ kind: asked.get(requestId) ?? '', bytes: encodedDataLength })
  })
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForTimeout(watchMs)
  await context.close()
  return loaded
}
