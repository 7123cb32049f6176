/** What axe finds on a page as it stands, on a phone and on a desk, by day and by night. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { defaultLocale } from '#domain/locale.ts'

/** All rules in each theme, on a phone by day and on a desk by night; the other theme of each width changes colours only, and no words. */
const screens = [
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark', rules: ['color-contrast'] },
  { width: 1280, height: 900, colorScheme: 'dark' },
  { width: 1280, height: 900, colorScheme: 'light', rules: ['color-contrast'] },
] as const

/** As lines that say where. @param isWhole whether each width is looked at in both themes; left out: on pages of the first language */
export async function faultsOf(page: Page, isWhole?: boolean): Promise<readonly string[]> {
  const faults: string[] = []
  const isSource = isWhole ?? (await page.locator('html').getAttribute('lang')) === defaultLocale
  for (const { width, height, colorScheme, ...only } of screens) {
    if ('rules' in only && !isSource) continue
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // legacy mode: without a page of its own for every run; the fifth row of a list looks like the fourth
    const axe = new AxeBuilder({ page })
      .setLegacyMode()
      .options({ resultTypes: ['violations'] })
      .exclude('main li:nth-child(n + 5)')
    const { violations } = await ('rules' in only ? axe.withRules([...only.rules]) : axe).analyze()
    for (const { id, nodes } of violations)
      faults.push(
        `${width} ${colorScheme} ${id}: ${nodes
          .map(({ target }) => target.join(' '))
          .slice(0, 5)
          .join(', ')}`,
      )
  }
  return faults
}
