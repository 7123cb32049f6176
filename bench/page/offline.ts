/** How long pages take that this browser keeps, when the server is stopped: from the start of the navigation to the parsed page. */
import type { Browser, Page } from 'playwright-core'
import type { Portal } from '../../test/journeys/portal.ts'
import { atMost, median, type Row } from './table.ts'

const budgetMs = 200
const repeats = 7

export async function offlineRows(
  browser: Browser,
  portal: Portal,
  pages: Readonly<Record<string, string>>,
): Promise<readonly Row[]> {
  const context = await browser.newContext({ baseURL: portal.url, viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await page.goto('/')
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  for (const path of Object.values(pages)) await page.goto(path)
  await page.waitForTimeout(3_000) // what is fetched in the background has come
  await portal.stop()
  const rows: Row[] = []
  const all = { ...pages, 'a page that was never opened': '/l/aaaaaaaaaaaaaaaaaaaaaaaaaa' }
  for (const [name, path] of Object.entries(all)) {
    const times: number[] = []
    for (let i = 0; i < repeats; i++) times.push(await navigate(page, path))
    rows.push(atMost(`${name}: server stopped, page parsed`, median(times), budgetMs, 'ms', `${repeats} times, median`))
  }
  await context.close()
  return rows
}

async function navigate(page: Page, path: string): Promise<number> {
  await page.goto(path, { waitUntil: 'domcontentloaded' })
  return page.evaluate<number>(`performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd`)
}
