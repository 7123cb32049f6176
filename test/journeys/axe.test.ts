/** Every kind of page in every language, on a phone and on a desk, by day and by night: axe finds nothing to mend. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { defaultLocale, localePath, locales } from '#domain/locale.ts'
import { addressOf, pageKinds } from './kinds.ts'
import { fillListing, reach, ready, submit } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ env: { SAMPLES: 'on' } })

/** All rules in each theme, on a phone by day and on a desk by night; the other theme of each width changes colours only, and no words. */
const screens = [
  { width: 390, height: 844, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark', rules: ['color-contrast'] },
  { width: 1280, height: 900, colorScheme: 'dark' },
  { width: 1280, height: 900, colorScheme: 'light', rules: ['color-contrast'] },
] as const

/** What axe finds, as lines that say where. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const faults: string[] = []
  const isSource = (await page.locator('html').getAttribute('lang')) === defaultLocale
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
describe.each(locales)('axe finds nothing in %s', (locale) => {
  const at = (path: string) => localePath(locale, path)

  it.each(pageKinds)('on %s', async (_, path) => {
    const { page } = await scene.somebody()
    await page.goto(at(await path(scene.portal)))
    expect(await faultsOf(page)).toEqual([])
  })

  it('on the answer to a plain contact form', async () => {
    const { page } = await scene.somebody()
    await page.goto(at(await addressOf('listing', scene.portal)))
    await page.evaluate(() => document.querySelector<HTMLFormElement>('form[action*="/contact/"]')?.submit())
    await page.waitForURL(/\/contact\//)
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
    expect(await faultsOf(page)).toEqual([])
  })

  it('on search results, and where nothing is found', async () => {
    const { page } = await scene.somebody()
    await page.goto(at(`/search?q=${encodeURIComponent('电动车')}`))
    await page.locator('[data-search="ready"] a.hit[data-record]').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.locator('main input[name="q"]').fill('没有这样的东西')
    await page.locator('.nothing').waitFor()
    expect(await faultsOf(page)).toEqual([])
  })

  it('on the post form, refused and published, and on one’s own listings', async () => {
    const { page } = await scene.somebody()
    await page.goto(at('/post'))
    await ready(page)
    expect(await faultsOf(page)).toEqual([])
    await page.locator('form:has([name="title"]) [type="submit"]').click()
    await page.locator('[aria-invalid="true"]').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
    await fillListing(page, { title: '给每个人看的实木书桌' })
    await submit(page)
    await reach(page, 'published')
    expect(await faultsOf(page)).toEqual([])
    await page.goto(at('/me'))
    await page.locator('li[data-record] h3 a').waitFor()
    await page.locator('details.end summary').click()
    await page.locator('[data-act="show-words"]').click()
    await page.locator('[data-words] li').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
  })
})
