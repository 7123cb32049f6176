/** The storage card: what is kept here, how large, since when; and how it goes. */
import { expect, it } from 'vitest'
import { post, ready } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene()

it('what is kept is listed with its size and time; pages go alone, and everything goes with the key', async () => {
  const { page, context } = await scene.somebody(390)
  await context.addInitScript(() => {
    navigator.storage.persist = async () => (sessionStorage.setItem('asked', '1'), true)
  })
  const asked = () => page.evaluate(() => sessionStorage.getItem('asked'))
  await page.goto('/post')
  await ready(page)
  expect(await asked()).toBeNull() // nothing is saved yet
  await page.locator('[name="title"]').fill('存在这里的草稿')
  await page.locator('[data-draft="saved"]').waitFor()
  expect(await asked()).toBe('1')
  await post(page, { title: '存在这台设备上的书桌' })
  await page.goto('/me')
  const card = page.locator('.storage-card')
  await card.scrollIntoViewIfNeeded()
  for (const group of ['own', 'me', 'inbox']) {
    const row = card.locator(`[data-kept="${group}"]`)
    expect(await row.locator('.size').innerText()).toMatch(/^\d+ kB$|^\d+\.\d MB$/)
    expect(await row.innerText()).toMatch(/上次同步：2026/)
  }
  const pages = card.locator('[data-kept="pages"]')
  await pages.locator('button').click()
  await pages.waitFor({ state: 'detached' })
  expect(await card.locator('[data-kept="own"]').count()).toBe(1)
  await card.locator('[data-act="remove-all"]').click()
  const loaded = page.waitForEvent('load')
  await card.locator('[data-act="confirm-remove"]').click()
  await loaded
  await page.getByText('还没有钥匙').waitFor()
  expect(await page.locator('main [data-record]').count()).toBe(0)
})
