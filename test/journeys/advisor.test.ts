/** A resident with a broken thing and a receipt: the advisor without the server, on paper, and without JavaScript. */
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { aPerson, openBrowser } from './browser.ts'
import { startPortal, type Portal } from './portal.ts'

let browser: Browser
let portal: Portal

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  portal = await startPortal()
})
afterEach(() => portal.remove())

const guide = '/guides/how-a-return-works'
const remedyOf = (page: Page) => page.locator('.verdict').getAttribute('data-remedy')

it('answers while the server is away, prints the answer alone, and saves its days', async () => {
  const { page, context, faults } = await aPerson(browser, portal.url, 390)
  const scripts: string[] = []
  page.on('request', (request) => void scripts.push(request.url()))
  await page.goto(guide, { waitUntil: 'networkidle' })
  expect(scripts.filter((url) => url.includes('PolicyAdvisor') && url.endsWith('.js'))).toEqual([]) // the guide stays light
  await page.getByRole('link', { name: '直接算我的情况' }).click()
  await page.locator('astro-island[component-export="PolicyAdvisor"]:not([ssr])').waitFor()
  await portal.stop()

  await page.locator('[name="bought"]').fill('2024-02-29')
  await page.locator('[name="goods"][value="phone"]').check()
  await page.locator('[name="state"][value="fault"]').check()
  await page.getByRole('button', { name: '看结果' }).click()
  expect(await remedyOf(page)).toBe('paid-repair')
  expect(await page.locator('[data-article="P-10"]').count()).toBe(1)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '存日历提醒' }).click(),
  ])
  expect(readFileSync(await download.path(), 'utf8')).toContain('(P-16)')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.verdict h3').isVisible()).toBe(true)
  for (const hidden of ['.text', '.contents', '.advisor form'])
    expect(await page.locator(hidden).isVisible()).toBe(false)
  expect(faults).toEqual([])
  await context.close()
})

it('without JavaScript a plain form leads to the same verdict, and what is wrong keeps what was typed', async () => {
  const context = await browser.newContext({ baseURL: portal.url, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(guide)
  await page.locator('[name="bought"]').fill('2024-02-29')
  await page.getByRole('button', { name: '看结果' }).click()
  expect(await page.locator('#case-state-error').innerText()).not.toBe('')
  expect(await page.locator('[name="bought"]').inputValue()).toBe('2024-02-29')
  await page.locator('[name="state"][value="fault"]').check()
  await page.getByRole('button', { name: '看结果' }).click()
  expect(await remedyOf(page)).toBe('paid-repair')
  await context.close()
})

it.each([390, 1280])('at %i pixels nobody is kept out of a verdict', async (width) => {
  const { page, context, faults } = await aPerson(browser, portal.url, width)
  await page.goto(`${guide}/verdict?bought=2026-01-31&where=distance&goods=phone&state=fault&listed=yes&special=yes`)
  await page.locator('.verdict .btns').waitFor()
  const { violations } = await new AxeBuilder({ page }).include('main').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  expect(faults).toEqual([])
  await context.close()
})
