/** What this device's owner is told outside the page. */
import type { Page } from 'playwright-core'

/** Titles of the notifications that stand there now. */
export const told = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    return ((await registration?.getNotifications()) ?? []).map(({ title }) => title)
  })

/** The number beside "mine" in the head of every page. */
export const badge = (page: Page) => page.locator('header [data-watch-badge]')
