/** Every kind of page in every language, on a phone and on a desk, by day and by night: axe finds nothing to mend. */
import { describe, expect, it } from 'vitest'
import { localePath, locales } from '#domain/locale.ts'
import { faultsOf } from './axe.ts'
import { addressOf, pageKinds } from './kinds.ts'
import { fillListing, reach, ready, submit } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ env: { SAMPLES: 'on' } })

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
