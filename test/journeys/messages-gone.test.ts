/** Messages that somebody wants to be rid of, hints while one is written, and listings that are over, between real browsers. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { post } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ fresh: true })

async function ask(page: Page, id: string, text: string): Promise<void> {
  await page.goto(`/l/${id}`)
  await page.locator('[data-message="closed"] button').scrollIntoViewIfNeeded() // it wakes when it is seen
  await page.locator('[data-message="closed"] button').click()
  await page.locator('textarea[name="message"]').fill(text)
  await page.locator('.composer [type="submit"]').click()
  await page.locator('.line[data-message-state="sent"]', { hasText: text }).waitFor()
}
async function openThread(page: Page): Promise<void> {
  await page.goto('/messages')
  await page.locator('.threads a').first().click()
  await page.locator('[data-act="delete-thread"]').waitFor()
}
const faultsOf = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id }) => id)

it('a deleted thread is out of sight, comes back with undo after a reload too, and then goes from the portal; the other keeps it', async () => {
  const [seller, buyer] = [(await scene.somebody(390)).page, (await scene.somebody(1280)).page]
  const id = await post(seller, { title: '问过就删掉的书桌' })
  await ask(buyer, id, '书桌还在吗？')
  await openThread(seller)
  await seller.locator('.thread .line', { hasText: '书桌还在吗' }).waitFor()
  await seller.locator('[data-act="delete-thread"]').click()
  await seller.locator('[data-gone="1"]').waitFor()
  await seller.locator('[data-empty]').waitFor()
  expect(await faultsOf(seller)).toEqual([])
  await seller.reload()
  await seller.locator('[data-gone="1"] [data-act="undo-delete"]').click()
  await seller.locator('.threads a').waitFor()
  await seller.locator('.threads a').click()
  await seller.locator('[data-act="delete-thread"]').click()
  await seller.locator('[data-act="delete-now"]').click()
  await seller.locator('[data-deleted]').waitFor()
  await seller.reload()
  await seller.locator('[data-messages="ready"] [data-empty]').waitFor()
  await seller.waitForTimeout(2000) // as long as the rooms take to say what they still have
  expect(await seller.locator('main').innerText()).not.toContain('书桌还在吗')
  await openThread(buyer)
  await buyer.locator('.thread .line.mine', { hasText: '书桌还在吗？' }).waitFor()

  await buyer.goto('/messages')
  await buyer.locator('.empty-all summary').click()
  await buyer.locator('[data-act="empty-messages"]').click()
  await buyer.locator('[data-act="delete-now"]').click()
  await buyer.locator('[data-empty]').waitFor()
  await buyer.reload()
  await buyer.locator('[data-messages="ready"] [data-empty]').waitFor()
})

it('with the portal stopped it stays out of sight and is carried out when the portal is back', async () => {
  const [seller, buyer] = [(await scene.somebody()).page, (await scene.somebody()).page]
  const id = await post(seller, { title: '断网也删得掉的书桌' })
  await ask(buyer, id, '断网前问的话')
  await openThread(seller)
  await seller.locator('.thread .line', { hasText: '断网前问的话' }).waitFor()
  await scene.portal.stop()
  await seller.locator('[data-act="delete-thread"]').click()
  await seller.locator('[data-act="delete-now"]').click()
  await seller.locator('[data-going="1"]').waitFor()
  expect(await seller.locator('.threads a').count()).toBe(0)
  await scene.portal.start()
  await seller.locator('[data-deleted]').waitFor()
})

it('the house rules speak while a message is written, and it can be sent all the same', async () => {
  const [seller, buyer] = [(await scene.somebody()).page, (await scene.somebody(390)).page]
  const id = await post(seller, { title: '写留言有提醒的书桌' })
  await buyer.goto(`/l/${id}`)
  await buyer.locator('[data-message="closed"] button').scrollIntoViewIfNeeded() // it wakes when it is seen
  await buyer.locator('[data-message="closed"] button').click()
  let come = (): void => undefined
  const slow = new Promise<void>((resolve) => (come = resolve))
  await buyer.context().route('**/house-hint.*.js', async (route) => {
    await slow
    await route.continue()
  })
  const box = buyer.locator('textarea[name="message"]')
  await box.pressSequentially('我的电话是 138')
  expect(await box.evaluate((one) => one === document.activeElement)).toBe(true) // what is on its way takes nothing from under the fingers
  come()
  await buyer.keyboard.type('12345678')
  expect(await box.inputValue()).toBe('我的电话是 13812345678')
  await buyer.locator('.house-hints [data-rule="HR-2"]').waitFor()
  expect(await faultsOf(buyer)).toEqual([])
  await buyer.locator('.composer [type="submit"]').click()
  await buyer.locator('.line[data-message-state="sent"]', { hasText: '13812345678' }).waitFor()
  expect(await buyer.locator('.house-hints [data-rule]').count()).toBe(0)
})

it('whoever writes is told before that the listing is over, offline too; its poster sees how it stands', async () => {
  const [seller, buyer] = [(await scene.somebody()).page, await scene.somebody()]
  const id = await post(seller, { title: '问的时候已经卖掉的书桌' })
  await ask(buyer.page, id, '第一次问')
  expect(await buyer.page.locator('[data-standing]').count()).toBe(0)
  await seller.goto('/me')
  await seller.locator('details.end summary').click()
  await seller.locator('[data-act="sold-here"]').click()
  await expect.poll(async () => (await fetch(`${scene.portal.url}/l/${id}`)).text()).toContain('已成交')
  await openThread(seller)
  await seller.locator('[data-standing="sold"]').waitFor()

  await buyer.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await buyer.page.goto(`/l/${id}`) // he looks at it again, and his browser keeps that
  await buyer.page.goto('/messages')
  await scene.portal.stop()
  await buyer.page.locator('.threads a').first().click()
  await buyer.page.locator('[data-standing="sold"]').waitFor()
  await scene.portal.start()
})
