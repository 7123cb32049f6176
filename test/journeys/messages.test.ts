/** Messages through the portal, between two browsers that know nothing of one another. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { post, restore, wordsOf } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ fresh: true })
const question = '书桌还在吗？周六上午可以来看。'
const answer = '在的，周六十点以后都行。'

/** Writes to the poster from the listing's page. */
async function ask(page: Page, id: string, text: string): Promise<void> {
  await page.goto(`/l/${id}`)
  await openBox(page)
  await say(page, text)
}
async function openBox(page: Page): Promise<void> {
  const open = page.locator('[data-message="closed"] button')
  await open.scrollIntoViewIfNeeded() // it wakes when it is seen
  await open.click()
  await page.locator('textarea[name="message"]').waitFor()
}
async function say(page: Page, text: string): Promise<void> {
  await page.locator('textarea[name="message"]').fill(text)
  await page.locator('.composer [type="submit"]').click()
}
const delivered = (page: Page, text: string) =>
  page.locator('.line[data-message-state="sent"]', { hasText: text }).waitFor()
const heard = (page: Page, text: string) => page.locator('.thread .line:not(.mine)', { hasText: text }).waitFor()

/** Opens the one thread of somebody's page. */
async function openThread(page: Page): Promise<void> {
  await page.goto('/messages')
  await page.locator('.threads a').first().click()
  await page.locator('[data-thread-open]').waitFor()
}

/** All that lies in the portal's folder. */
const bytesOf = (folder: string): Buffer =>
  Buffer.concat(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
  )
const axeFaults = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  )

it('asked on a listing’s page, told with a badge, answered, read on both sides and on a second device of the same key', async () => {
  const [seller, buyer] = [(await scene.somebody()).page, (await scene.somebody(390)).page]
  const id = await post(seller, { title: '有人会来问的实木书桌' })
  await ask(buyer, id, question)
  await delivered(buyer, question)
  expect(await axeFaults(buyer)).toEqual([])

  await seller.goto('/me')
  await seller.locator('[data-messages="ready"] [data-unread="1"]').waitFor()
  await seller.locator('nav [data-unread-badge]:not([hidden])').first().waitFor()
  await seller.goto('/messages')
  await seller.locator('.threads [data-unread="1"]').waitFor()
  expect(await seller.locator('.threads .name').innerText()).toBe('有人会来问的实木书桌')
  expect(await axeFaults(seller)).toEqual([])
  await seller.locator('.threads a').click()
  await heard(seller, question)
  await seller.locator('.threads a:not(:has([data-unread]))').waitFor()
  expect(await axeFaults(seller)).toEqual([])
  await say(seller, answer)
  await delivered(seller, answer)

  await openThread(buyer)
  await heard(buyer, answer)
  await delivered(buyer, question)
  expect(await axeFaults(buyer)).toEqual([])
  await say(buyer, '好，周六见。') // an open thread hears at once
  await heard(seller, '好，周六见。')

  const bytes = bytesOf(scene.portal.dataDir)
  for (const hidden of ['书桌还在吗', '十点以后', '周六见']) expect(bytes.includes(hidden)).toBe(false)
  const dids = [...new Set(bytes.toString('latin1').match(/did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}/g))]
  expect(dids.length).toBeGreaterThanOrEqual(2) // who writes to whom is no secret to the portal, and the page says so
  expect(await buyer.locator('main').innerText()).toContain('谁写给谁')

  const words = await wordsOf(seller)
  const second = (await scene.somebody(390)).page
  await restore(second, words)
  await second.locator('[data-did]').waitFor()
  await second.goto('/messages')
  await second.locator('.threads a').waitFor()
  await second.locator('.threads a:not(:has([data-unread]))').waitFor()
  await second.locator('.threads a').click()
  await heard(second, question)
  await second.locator('.thread .line.mine', { hasText: answer }).waitFor()
})

it('written with the portal stopped it is kept, survives a reload, and goes out when the portal is back', async () => {
  const [seller, buyer] = [(await scene.somebody()).page, (await scene.somebody()).page]
  const id = await post(seller, { title: '断网也有人问的书桌' })
  await ask(buyer, id, question)
  await delivered(buyer, question)
  await openThread(buyer)
  await buyer.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await buyer.reload() // this page is kept now
  await buyer.locator('[data-thread-open]').waitFor()

  await scene.portal.stop()
  await say(buyer, '明天也可以吗？')
  await buyer.locator('.line[data-message-state="kept"]', { hasText: '明天也可以吗？' }).waitFor()
  await buyer.locator('textarea[name="message"]').fill('写了一半的')
  await buyer.reload()
  await buyer.locator('.line[data-message-state="kept"]', { hasText: '明天也可以吗？' }).waitFor()
  expect(await buyer.locator('textarea[name="message"]').inputValue()).toBe('写了一半的')

  await scene.portal.start()
  await delivered(buyer, '明天也可以吗？')
  await openThread(seller)
  await heard(seller, '明天也可以吗？')
  expect(await seller.locator('.thread .line:not(.mine)').count()).toBe(2) // each once
})

it('a blocked person is not seen any more, on no page, and comes back with undo', async () => {
  const [seller, buyer] = [(await scene.somebody()).page, (await scene.somebody()).page]
  const id = await post(seller, { title: '招来麻烦的实木书桌' })
  await ask(buyer, id, '先交定金再看货 http://example.com/pay')
  await delivered(buyer, '先交定金')
  await openThread(seller)
  await heard(seller, '先交定金')
  expect(await seller.locator('.thread .line a').count()).toBe(0) // an address is only text
  await seller.locator('[data-act="block"]').click()
  await seller.locator('[data-empty]').waitFor()
  await say(buyer, '怎么不理我')
  await delivered(buyer, '怎么不理我')
  await seller.reload()
  await seller.locator('[data-messages="ready"] .blocked').waitFor()
  expect(await seller.locator('main').innerText()).not.toContain('怎么不理我')
  await seller.locator('.blocked summary').click()
  await seller.locator('[data-act="unblock"]').click()
  await seller.locator('.threads a').click()
  await heard(seller, '怎么不理我')
})

it('who is blocked may be left out of lists in the same breath, and who is left out blocked; each is undone by itself', async () => {
  const [seller, buyer] = [(await scene.somebody()).page, (await scene.somebody(390)).page]
  const id = await post(seller, { title: '再也不想看到的实木书桌' })
  const inList = async () => {
    await buyer.goto('/c/goods')
    return buyer.locator(`main a[href="/l/${id}"]`).isVisible()
  }
  await ask(buyer, id, question)
  await delivered(buyer, question)
  await openThread(buyer)
  expect(await inList()).toBe(true)
  await openThread(buyer)
  await buyer.locator('[data-act="block"]').click()
  await buyer.locator('[data-act="hide-too"]').click()
  await buyer.locator('[data-act="show-too"]').waitFor()
  expect(await axeFaults(buyer)).toEqual([])
  await expect.poll(inList).toBe(false)
  await buyer.goto('/messages')
  await buyer.locator('.blocked summary').click()
  await buyer.locator('[data-act="unblock"]').click()
  await buyer.locator('.threads a').waitFor()
  expect(await inList()).toBe(false) // two acts, undone one by one

  await buyer.goto(`/l/${id}`)
  await buyer.locator('[data-hide-seller] [data-act="block-too"]').click()
  await buyer.locator('[data-hide-seller] [data-act="unblock-too"]').waitFor()
  expect(await axeFaults(buyer)).toEqual([])
  await buyer.goto('/messages')
  await buyer.locator('[data-messages="ready"] .blocked').waitFor()
  expect(await buyer.locator('.threads a').count()).toBe(0)
})

it('of a thread about one’s own listing, blocking offers nothing to hide', async () => {
  const [seller, buyer] = [(await scene.somebody()).page, (await scene.somebody()).page]
  const id = await post(seller, { title: '自己发布的实木书桌' })
  await ask(buyer, id, question)
  await delivered(buyer, question)
  await openThread(seller)
  await seller.locator('.trouble').waitFor() // what the offer comes with is here
  await seller.locator('[data-act="block"]').click()
  await seller.locator('[data-act="undo"]').waitFor()
  expect(await seller.locator('[data-act="hide-too"]').count()).toBe(0)
})

it('what is too long, empty, to oneself or about an ended listing is told before it is sent, and nothing typed is lost', async () => {
  const [seller, buyer] = [(await scene.somebody()).page, (await scene.somebody()).page]
  const id = await post(seller, { title: '写得太长也不丢的书桌' })
  const long = '长'.repeat(2001)
  await ask(buyer, id, long)
  await buyer.locator('.composer [role="alert"]', { hasText: '2000' }).waitFor()
  expect(await buyer.locator('textarea[name="message"]').inputValue()).toBe(long)
  await buyer.locator('textarea[name="message"]').fill('  ')
  await buyer.locator('.composer [type="submit"]').click()
  await buyer.locator('.composer [role="alert"]').waitFor()
  expect(await buyer.locator('.line').count()).toBe(0)

  await seller.goto(`/l/${id}`)
  await seller.locator('[data-message="closed"] button').scrollIntoViewIfNeeded() // it wakes when it is seen
  await seller.locator('[data-message="closed"] button').click()
  await seller.locator('[data-message="open"]', { hasText: '你自己发布的' }).waitFor()
  expect(await seller.locator('textarea[name="message"]').count()).toBe(0)

  await seller.goto('/me')
  await seller.locator('details.end summary').click()
  await seller.locator('[data-act="sold-here"]').click()
  const pageOf = async () => (await fetch(`${scene.portal.url}/l/${id}`)).text()
  await expect.poll(pageOf).toContain('已成交')
  expect(await pageOf()).not.toContain('data-message=')
})
