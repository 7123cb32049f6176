/** One visit of a stranger in a real Chromium: home, a category, one search until its lines are there. Nothing is in any cache before. */
import type { Browser } from 'playwright-core'

const mostMs = 120_000
/** A search has answered when a listing stands among its results. */
const firstHit = 'main a[href*="/l/"]'

/** @returns ms until the search had lines; undefined when it never had */
export async function visit(browser: Browser, origin: string, query: string): Promise<number | undefined> {
  const context = await browser.newContext({ locale: 'zh-CN', serviceWorkers: 'block' })
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(mostMs)
    await page.goto(`${origin}/`, { waitUntil: 'load' })
    await page.waitForTimeout(700) // what is loaded at idle is a part of the visit
    await page.goto(`${origin}/c/goods`, { waitUntil: 'load' })
    await page.waitForTimeout(700)
    const startedAt = performance.now()
    await page.goto(`${origin}/search?q=${encodeURIComponent(query)}`, { waitUntil: 'load' })
    await page.waitForSelector(firstHit)
    const shownAt = performance.now()
    await page.waitForTimeout(700)
    return shownAt - startedAt
  } catch {
    return undefined
  } finally {
    await context.close()
  }
}
