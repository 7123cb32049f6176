/** What the first visit of a page brings over the wire, compressed as it comes, in five seconds without a touch. */
import type { Browser, Request } from 'playwright-core'
import { atMost, told, type Row } from './table.ts'

/** kB of script: the page's own, and on a listing's page what sync loads at idle (DESIGN, "Budgets"); home loads no sync for who only reads. */
const budgets: Readonly<Record<string, number>> = { guide: 2, listing: 25 + 45, home: 30 }

interface Loaded {
  readonly kind: string
  /** Of the body, compressed as it came; headers aside, which a proxy that speaks HTTP/2 makes small. */
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
    const scripts = kilobytes(({ kind }) => kind === 'script')
    const [html, css] = [kilobytes(({ kind }) => kind === 'document'), kilobytes(({ kind }) => kind === 'stylesheet')]
    const budget = budgets[name]
    const files = `${loaded.filter(({ kind }) => kind === 'script').length} files`
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
  const finished: Request[] = []
  page.on('requestfinished', (request) => void finished.push(request))
  await page.goto(url, { waitUntil: 'load' })
  await page.waitForTimeout(watchMs)
  const loaded = await Promise.all(
    finished.map(async (request) => ({
      kind: request.resourceType(),
      bytes: (await request.sizes()).responseBodySize,
    })),
  )
  await context.close()
  return loaded
}
