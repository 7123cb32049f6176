/** One's own listings from "me": ended and taken back, and the gap between renewals told. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { fillListing, idOf, reach, ready, submit } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene()
const number = '13800005678'

const own = (page: Page, id: string) => page.locator(`main li[data-record="${id}"]`)
const contactOf = async (id: string) => {
  const answer = await fetch(`${scene.portal.url}/contact/${id}`, {
    method: 'POST',
    headers: { Accept: 'application/json' },
  })
  return answer.text()
}
const pageOf = async (id: string) => (await fetch(`${scene.portal.url}/l/${id}`)).text()
const isListed = async (id: string) =>
  (await (await fetch(`${scene.portal.url}/c/goods`)).text()).includes(`data-record="${id}"`)

async function postWithNumber(page: Page, title: string): Promise<string> {
  await page.goto('/post')
  await ready(page)
  await fillListing(page, { title })
  await page.locator('[name="contactValue"]').fill(number)
  await submit(page)
  await reach(page, 'published')
  const id = await idOf(page)
  expect(await contactOf(id)).toContain(number)
  return id
}

it('sold, and taken back: page, list and contact follow both ways', async () => {
  const { page } = await scene.somebody(390)
  const id = await postWithNumber(page, '差点卖掉的实木书桌')

  await page.goto('/me')
  await own(page, id).locator('[data-act="renew"]:disabled').waitFor()
  expect(await own(page, id).innerText()).toContain('48 小时')
  await own(page, id).locator('details.end summary').click()
  await own(page, id).locator('[data-act="sold-here"]').click()
  await page.locator(`li[data-record="${id}"][data-life="sold"]`).waitFor()
  await expect.poll(() => pageOf(id)).toContain('已成交')
  await expect.poll(() => isListed(id)).toBe(false)
  expect(await contactOf(id)).not.toContain(number)

  await page.locator('.toast [data-act="undo"]').click()
  await page.locator(`li[data-record="${id}"][data-life="live"]`).waitFor()
  await expect.poll(() => pageOf(id)).not.toContain('已成交')
  await expect.poll(() => isListed(id)).toBe(true)
  await expect.poll(() => contactOf(id)).toContain(number)

  await own(page, id).locator('details.end summary').click()
  await own(page, id).locator('[data-act="changed-mind"]').click()
  await expect.poll(() => isListed(id)).toBe(false)
  await page.reload() // a later day: the contact is forgotten, the listing is not
  await own(page, id).locator('[data-act="restore"]').click()
  await expect.poll(() => isListed(id)).toBe(true)
  expect(await page.locator('.toast').innerText()).toContain('联系方式')
  await own(page, id).locator('[data-no-contact]').waitFor()
  expect(await pageOf(id)).not.toContain('data-contact=') // nothing to tap for
  expect(await contactOf(id)).not.toContain(number)
})

it('sold elsewhere: its page says so and has no contact left, and what is on sale here does not count it', async () => {
  const { page } = await scene.somebody()
  const id = await postWithNumber(page, '在别处卖掉的实木书桌')
  await page.goto('/me')
  await own(page, id).locator('details.end summary').click()
  await own(page, id).locator('[data-act="sold-elsewhere"]').click()
  await expect.poll(() => pageOf(id)).toContain('发布者已在别处成交')
  expect(await pageOf(id)).not.toContain('data-contact=')
  expect(await contactOf(id)).not.toContain(number)
  expect(await isListed(id)).toBe(false)
})

it('one that is over is posted once more: the form has its words, and another listing comes of it', async () => {
  const { page } = await scene.somebody(390)
  await page.goto('/post')
  await ready(page)
  await fillListing(page, { title: '每年夏天都转的遮阳伞' })
  await submit(page)
  await reach(page, 'published')
  const id = await idOf(page)
  await page.goto('/me')
  await own(page, id).locator('details.end summary').click()
  await own(page, id).locator('[data-act="changed-mind"]').click()
  await expect.poll(() => isListed(id)).toBe(false)

  await own(page, id).locator('[data-act="again"]').click()
  await page.waitForURL(/\/post\?draft=/)
  await ready(page)
  await expect.poll(() => page.locator('[name="title"]').inputValue()).toBe('每年夏天都转的遮阳伞')
  expect(await page.locator('[name="priceFen"]').inputValue()).toBe('280')
  await submit(page)
  await reach(page, 'published')
  const next = await idOf(page)
  expect(next).not.toBe(id)
  await expect.poll(() => isListed(next)).toBe(true)
  expect(await isListed(id)).toBe(false)
})

it('a refused listing says its rule, why and what to do, keeps every word, and is mended in place', async () => {
  const { page, context } = await scene.somebody()
  await context.route(/house-check/, (route) => route.abort()) // the form does not know the rules: the portal tells them
  await page.goto('/post')
  await ready(page)
  await fillListing(page, { title: '写了电话的书桌', text: '用了两年的实木书桌，要看货打 13800005678。' })
  await submit(page)
  await reach(page, 'refused')
  const reason = page.locator('[data-state="refused"] [data-rule="HR-2"]')
  await expect.poll(async () => (await reason.innerText()).length).toBeGreaterThan(20) // why, and what to do
  expect(await page.locator('[name="text"]').inputValue()).toContain('13800005678')
  expect(await page.locator('[name="text"]').getAttribute('aria-invalid')).toBe('true')
  const id = await idOf(page)
  expect((await fetch(`${scene.portal.url}/l/${id}`)).status).toBe(404)
  await page.reload()
  await expect.poll(() => page.locator('[name="text"]').inputValue()).toContain('13800005678')
  await ready(page)
  await page.locator('[name="text"]').fill('用了两年的实木书桌，看货请用联系方式一栏。')
  await submit(page)
  await reach(page, 'published')
  expect(await idOf(page)).toBe(id)
})

it('what is nearly the same as a listing of one’s own is told while it is written, with the way to that one', async () => {
  const { page } = await scene.somebody(390)
  await page.goto('/post')
  await ready(page)
  await fillListing(page, { title: '九成新的儿童自行车' })
  await submit(page)
  await reach(page, 'published')
  const id = await idOf(page)

  await page.goto('/post?new')
  await ready(page)
  await fillListing(page, { title: '九成新儿童自行车急出', price: '150' })
  const told = page.locator(`[data-near="${id}"]`)
  await told.waitFor()
  expect(await told.locator('a').first().getAttribute('href')).toBe(`/l/${id}`)
  await page.locator('[name="text"]').fill('四十本外国小说，都只读过一遍，没有划线，整箱一起走。')
  await told.waitFor({ state: 'detached' })
})
