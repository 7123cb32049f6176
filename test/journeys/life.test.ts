/** A listing from its first day to the day its page goes: what its author is told, what readers see, whatever their clocks say. */
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { dayMs, hourMs } from '#domain/time.ts'
import { badge, told } from './notified.ts'
import { fillListing, idOf, reach, ready, submit } from './posting.ts'
import { openScene } from './scene.ts'
import { laterPortal, shiftClock } from './shifted-clock.ts'

const file = join(tmpdir(), `portal-clock-${process.pid}`)
const { later, env } = laterPortal(file)
const scene = openScene({ env })
afterAll(() => rmSync(file, { force: true }))

const number = '13800005678'
const movedTo = async (ms: number) => {
  later(ms)
  await scene.portal.stop()
  await scene.portal.start()
}
const answerOf = (id: string) => fetch(`${scene.portal.url}/l/${id}`)
const contactOf = async (id: string) =>
  (await fetch(`${scene.portal.url}/contact/${id}`, { method: 'POST', headers: { Accept: 'application/json' } })).text()

it('its author is told once for each step and renews with one tap; when it is over it says so, and then it is gone', async () => {
  const { page, context } = await scene.somebody()
  await context.grantPermissions(['notifications'])
  await page.goto('/post')
  await ready(page)
  await fillListing(page, { title: '要到期的实木书桌', price: '1200' })
  await page.locator('[name="contactValue"]').fill(number)
  await submit(page)
  await reach(page, 'published')
  const id = await idOf(page)
  const own = page.locator(`main li[data-record="${id}"]`)

  await page.locator('[name="priceFen"]').fill('1000')
  await submit(page)
  await expect.poll(async () => (await answerOf(id)).text()).toMatch(/¥1,200\s*到周.为止/)

  await movedTo(23.5 * dayMs)
  await page.goto('/guides')
  await badge(page).filter({ hasText: '1' }).waitFor()
  await expect.poll(() => told(page)).toEqual(['“要到期的实木书桌”不到七天就到期'])
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    for (const shown of (await registration?.getNotifications()) ?? []) shown.close()
  })
  await page.goto('/rules')
  await badge(page).filter({ hasText: '1' }).waitFor()
  await page.goto('/me')
  await own.locator('[data-ending="week"]').waitFor()
  await badge(page).waitFor({ state: 'hidden' })
  await page.goto('/rules')
  await page.waitForTimeout(3_000) // as long as the look takes: nothing is told again
  expect(await told(page)).toEqual([])
  expect(await badge(page).isVisible()).toBe(false)

  await page.goto('/me')
  await own.locator('[data-act="renew"]').click()
  await own.locator('[data-ending]').waitFor({ state: 'detached' })
  await expect.poll(async () => (await answerOf(id)).text()).toContain('续期')

  await movedTo((23.5 + 30) * dayMs + hourMs)
  const over = await answerOf(id)
  expect(over.status).toBe(200)
  const html = await over.text()
  expect(html).toContain('已到期')
  expect(html).toContain('noindex')
  expect(html).not.toContain('data-contact=')
  expect(await contactOf(id)).not.toContain(number)
  await page.goto('/me')
  await own.locator('[data-ending="end"]').waitFor()
  expect(await own.getAttribute('data-life')).toBe('expired')

  await movedTo((23.5 + 61) * dayMs)
  expect((await answerOf(id)).status).toBe(410)
})

it('a reader whose clock is a year off sees what lives as live, and is told nothing of his own', async () => {
  await movedTo(0)
  const author = await scene.somebody()
  await author.page.goto('/post')
  await ready(author.page)
  await fillListing(author.page, { title: '表不准也看得到的书桌' })
  await submit(author.page)
  await reach(author.page, 'published')
  const id = await idOf(author.page)
  for (const shift of [365 * dayMs, -365 * dayMs]) {
    const { page, context } = await scene.somebody()
    await shiftClock(context, shift)
    for (const path of ['/', '/c/goods']) {
      await page.goto(path)
      await page.waitForFunction(() => document.querySelectorAll('astro-island[ssr]').length === 0)
      const card = page.locator(`main a[data-record="${id}"]`)
      await card.first().waitFor()
      await page.waitForTimeout(1_500) // the live list has taken over
      expect(await card.first().locator('time').innerText()).toMatch(/刚刚|分钟前/)
    }
    await page.goto(`/search?q=${encodeURIComponent('表不准')}`)
    await page.locator(`[data-search="ready"] a.hit[data-record="${id}"]`).waitFor()
    await page.goto(`/l/${id}`)
    await page.locator('[data-signature="genuine"]').waitFor()
  }
  await shiftClock(author.context, 365 * dayMs)
  await author.page.goto('/me')
  await author.page.locator(`main li[data-record="${id}"][data-life="live"]`).waitFor()
  expect(await author.page.locator('[data-ending]').count()).toBe(0)
})
