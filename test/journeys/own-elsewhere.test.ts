/** Everything of one's own goes to the portal of another town: what comes is there, and what cannot come is told line by line. */
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startAnotherTown } from './another-town.ts'
import { aPerson } from './browser.ts'
import { introduce, newDraft, openBusiness, publish, write } from './business-desk.ts'
import type { Portal } from './portal.ts'
import { post, reach, ready, restore, submit, wordsOf } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene()
let other: Portal
beforeAll(async () => void (other = await startAnotherTown('huangdao')), 600_000)
afterAll(() => other?.remove())

async function converse(seller: Page, buyer: Page, id: string): Promise<void> {
  await buyer.goto(`/l/${id}`)
  const open = buyer.locator('[data-message="closed"] button')
  await open.scrollIntoViewIfNeeded()
  await open.click()
  await say(buyer, '周六上午可以来看吗？')
  await seller.goto('/messages')
  await seller.locator('.threads a').first().click()
  await seller.locator('.thread .line:not(.mine)', { hasText: '周六上午' }).waitFor()
  await say(seller, '可以，十点以后都在。')
}
async function say(page: Page, text: string): Promise<void> {
  await page.locator('textarea[name="message"]').fill(text)
  await page.locator('.composer [type="submit"]').click()
  await page.locator('.line[data-message-state="sent"]', { hasText: text }).waitFor()
}
async function saveFile(page: Page): Promise<string> {
  await page.goto('/data')
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('[data-act="export"]').click()])
  return readFileSync(await file.path(), 'utf8')
}

it('a guide and a name are signed again, listings of another town’s districts come as drafts with the rule, messages are told', async () => {
  const [{ page }, buyer] = [await scene.somebody(), await scene.somebody()]
  const id = await post(page, { title: '带到邻城去的书桌' })
  await introduce(page, '样例修船铺')
  await newDraft(page, '缆绳保养怎么做', '三步看懂缆绳什么时候该换，随时可以来店里问。')
  await write(page, '先看有没有起毛，再看有没有断股，最后看绳头。')
  await publish(page, 1)
  await converse(page, buyer.page, id)
  const words = await wordsOf(page)
  const text = await saveFile(page)

  const there = await aPerson(scene.browser, other.url, 390)
  await restore(there.page, words)
  await there.page.locator('[data-act="show-words"]').waitFor()
  await there.page.goto('/data')
  await there.page
    .locator('#bring-file')
    .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  const plan = there.page.locator('[data-plan]')
  await plan.waitFor()
  const lines = await there.page.locator('[data-line]').evaluateAll((all) =>
    all.map((line) => [line.getAttribute('data-action'), line.querySelector('[data-rule]')?.getAttribute('data-rule')].join(' ').trim()),
  ) // prettier-ignore
  expect(lines.sort()).toEqual(['draft unknown-district', 'publish', 'publish'])
  expect(await plan.innerText()).toMatch(/来自“rizhao”[\s\S]*1 条收到的消息（留在文件里）/)
  expect((await new AxeBuilder({ page: there.page }).analyze()).violations).toEqual([])
  await there.page.locator('[data-act="import"]').click()
  await there.page.locator('[data-bring="brought"]').waitFor()

  await expect.poll(async () => (await fetch(`${other.url}/guides`)).text()).toContain('缆绳保养怎么做')
  await there.page.goto('/guides')
  await there.page
    .getByRole('link', { name: /缆绳保养怎么做/ })
    .first()
    .click()
  expect(await there.page.locator('main').innerText()).toMatch(
    /最后看绳头[\s\S]*样例修船铺|样例修船铺[\s\S]*最后看绳头/,
  )
  await there.page.goto('/messages')
  await there.page.locator('.threads a', { hasText: '带到邻城去的书桌' }).first().click()
  await there.page.locator('.line.mine', { hasText: '十点以后都在' }).waitFor()
  await openBusiness(there.page)
  await there.page.getByText('缆绳保养怎么做').first().waitFor()

  await there.page.goto('/me') // the draft is mended for this town and published
  await there.page.locator('li[data-draft]', { hasText: '带到邻城去的书桌' }).locator('a').first().click()
  await ready(there.page)
  await there.page.locator('select[name="district"]').selectOption({ index: 1 })
  await submit(there.page)
  await reach(there.page, 'published')
  await expect.poll(async () => (await fetch(`${other.url}/c/goods`)).text()).toContain('带到邻城去的书桌')
  expect(await (await fetch(`${scene.portal.url}/l/${id}`)).text()).toContain('带到邻城去的书桌') // what was at home stays
  expect(there.faults).toEqual([])
  await there.context.close()
})
