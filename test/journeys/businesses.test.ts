/** Businesses publish: a guide found by others, two who write one draft, and one who may not any more. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { draftListOf } from '#domain/draft-list.ts'
import type { Did } from '#domain/identity.ts'
import { introduce, invite, newDraft, openBusiness, publish, sheet, textOf, write } from './business-desk.ts'
import { until } from './patience.ts'
import { openScene } from './scene.ts'

const scene = openScene({ fresh: true })

/** Cuts one browser off, sockets and all, while the others go on. */
async function cuttable(page: Page) {
  let isCut = false
  const hangUps = new Set<() => void>()
  await page.context().routeWebSocket(/\/sync$/, (socket) => {
    if (isCut) return void socket.close()
    socket.connectToServer()
    hangUps.add(() => void socket.close())
  })
  return {
    async cut() {
      isCut = true
      await page.context().setOffline(true)
      for (const hangUp of hangUps) hangUp()
      hangUps.clear()
    },
    async mend() {
      isCut = false
      await page.context().setOffline(false)
      await page.evaluate(() => dispatchEvent(new Event('online')))
    },
  }
}
const ownerIn = (draft: string) => /did:key:\w+/.exec(decodeURIComponent(draft))?.[0] as Did
const agree = (page: Page) => page.on('dialog', (dialog) => void dialog.accept())

it('a profile and a guide with rules are published, and found by search in another browser, with and without scripts', async () => {
  const { page } = await scene.somebody()
  await introduce(page, '海曲电器行')
  await newDraft(page, '冰箱不制冷了怎么办', '先看三处，再打电话；保修期内上门不收费。')
  await write(page, '## 先看三处\n插头、温控器和门封条。<script>alert(1)</script>')
  await page.locator('.rules button').first().click() // a fault, up to 15 days: refund
  await publish(page, 1)
  await write(page, '\n第二版多了这一句。')
  await publish(page, 2)

  const reader = await scene.somebody(390)
  await reader.page.goto('/search?q=温控器')
  const hit = reader.page.locator('a.hit[href^="/guides/u/"]')
  await hit.waitFor()
  expect(await hit.innerText()).toContain('海曲电器行撰写，本站未核对')
  const path = (await hit.getAttribute('href')) ?? ''
  await reader.page.goto(path)
  expect(await reader.page.locator('main').innerText()).toMatch(
    /海曲电器行[\s\S]*没有核对[\s\S]*<script>alert\(1\)<\/script>/,
  )
  await reader.page.locator('[data-signature="owner"]').waitFor()
  expect(await reader.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  const { violations } = await new AxeBuilder({ page: reader.page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])

  const cheated = await scene.somebody() // a server that changes a word
  await cheated.page.route(`**${path}`, async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: (await answer.text()).replaceAll('第二版多了', '第二版改了') })
  })
  await cheated.page.goto(path)
  await cheated.page.locator('[data-signature="nobody"]').waitFor()
  expect(await cheated.page.locator('main').innerText()).toContain('第二版改了')

  const plain = await scene.browser.newContext({ baseURL: scene.portal.url, javaScriptEnabled: false, locale: 'zh-CN' })
  const read = await plain.newPage()
  await read.goto('/search?q=温控器')
  await read.locator(`a[href="${path}"]`).first().click()
  expect(await read.locator('main').innerText()).toContain('第二版多了这一句')
  await read.locator('#advisor input[type="date"]').first().fill('2026-11-20')
  await read.locator('#advisor [name="state"][value="fault"]').check()
  await read.locator('#advisor [type="submit"]').click()
  await read.locator('[data-remedy]').waitFor()
  await read.goto(`${path}@1`)
  expect(await read.locator('main').innerText()).not.toContain('第二版多了这一句')
  expect(await read.locator('[data-older]').count()).toBe(1)
  const policy = await (await fetch(`${scene.portal.url}/api/policies/u-${path.split('/').at(-1)}?version=1`)).json()
  expect(policy).toMatchObject({ version: 1, layer: 'shop' })
  const feed = await (await fetch(`${scene.portal.url}/guides.atom`)).text()
  expect(feed).toContain('<author><name>海曲电器行</name></author>')
  const shownAs = await (await fetch(scene.portal.url + path)).text()
  const marked = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(shownAs)?.[1] ?? ''
  const nodes = (JSON.parse(marked) as { '@graph': readonly Record<string, unknown>[] })['@graph']
  expect(nodes.map((node) => node['@type'])).toEqual(['Article', 'MerchantReturnPolicy'])
  expect(nodes[1]).toMatchObject({ merchantReturnDays: 15, identifier: `u-${path.split('/').at(-1)}@2/A-1` })
  await read.goto('/guides')
  expect(await read.locator(`#businesses a[href="${path}"]`).innerText()).toContain('信息港没有核对')
  await plain.close()
})

it('two of one business write one draft in two browsers, one of them offline for a while, and rename it at once', async () => {
  const [owner, clerk] = [await scene.somebody(), await scene.somebody()]
  await introduce(owner.page, '海曲电器行')
  const draft = await newDraft(owner.page, '洗衣机漏水', '先关水，再看三个地方，最后叫人。')
  await write(owner.page, '老板写的第一段。')
  const line = await cuttable(clerk.page)
  await invite(owner.page, clerk.page, 'editor')
  await openBusiness(clerk.page, new URL(draft).hash)
  await clerk.page.locator(sheet).waitFor()
  await until('the clerk to read the draft', async () => (await textOf(clerk.page)).includes('老板写的第一段'))

  await line.cut()
  await write(clerk.page, '\n店员离线写的一段。')
  await clerk.page.locator('#guide-title').fill('洗衣机漏水怎么办')
  await openBusiness(owner.page, new URL(draft).hash)
  await owner.page.locator(sheet).waitFor()
  await write(owner.page, '\n老板这时写的一段。')
  await owner.page.locator('#guide-title').fill('洗衣机漏水自查')
  expect(await textOf(owner.page)).not.toContain('店员离线')
  await line.mend()
  for (const { page } of [owner, clerk])
    await until('both to have all', async () => {
      const text = await textOf(page)
      return ['老板写的第一段', '店员离线写的一段', '老板这时写的一段'].every((words) => text.includes(words))
    })
  const titles = () => Promise.all([owner, clerk].map(({ page }) => page.locator('#guide-title').inputValue()))
  await until('one title for both', async () => new Set(await titles()).size === 1)
  expect(['洗衣机漏水怎么办', '洗衣机漏水自查']).toContain((await titles())[0])
  for (const { page } of [owner, clerk]) await page.locator('.others .other').waitFor() // each sees the other there
})

it('who may write all drafts finds them listed by their titles, and who may write one does not', async () => {
  const [owner, clerk, helper] = [await scene.somebody(), await scene.somebody(), await scene.somebody()]
  agree(owner.page)
  await introduce(owner.page, '海曲电器行')
  const draft = await newDraft(owner.page, '洗衣机漏水', '先关水，再看三个地方，最后叫人。')
  await write(owner.page, '老板写的第一段。')
  await openBusiness(owner.page)
  await newDraft(owner.page, '只给店里人看的草稿', '先关水，再看三个地方，最后叫人。')
  await invite(owner.page, clerk.page, 'editor', 'all')
  await invite(owner.page, helper.page, 'editor', new URL(draft).hash.split('~')[1])

  await openBusiness(clerk.page)
  const listed = clerk.page.locator('[data-owner] [data-shared-draft]')
  await listed.nth(1).waitFor()
  expect(await clerk.page.locator('[data-owner]').innerText()).toMatch(/海曲电器行[\s\S]*只给店里人看的草稿/)
  await listed.filter({ hasText: '洗衣机漏水' }).locator('a').click()
  await until('the draft to be read', async () => (await textOf(clerk.page)).includes('老板写的第一段'))

  await openBusiness(owner.page, new URL(draft).hash)
  await owner.page.locator('#guide-title').fill('洗衣机漏水自查')
  await openBusiness(clerk.page)
  await listed.filter({ hasText: '洗衣机漏水自查' }).waitFor()

  await openBusiness(helper.page)
  expect(await helper.page.locator('[data-owner]').count()).toBe(0)
  const room = await draftListOf(ownerIn(draft))
  const asked = await helper.page.evaluate(async (name) => (await fetch(`/rooms/${name}`)).status, room)
  expect(asked).toBeGreaterThanOrEqual(400)

  await openBusiness(owner.page)
  await owner.page.locator('[data-member] [data-act="revoke"]').first().waitFor()
  const members = owner.page.locator('[data-member]').filter({ hasText: '全部草稿' })
  await members.locator('[data-act="revoke"]').click()
  await owner.page.locator('[data-member][data-revoked][data-state="published"]').waitFor()
  await openBusiness(clerk.page)
  await clerk.page.locator('[data-owner][data-closed]').waitFor()
  expect(await listed.count()).toBe(0)
})

it('who is taken back while he writes offline cannot write nor publish, and keeps his words as a copy of his own', async () => {
  const [owner, clerk] = [await scene.somebody(), await scene.somebody()]
  agree(owner.page)
  await introduce(owner.page, '海曲电器行')
  const draft = await newDraft(owner.page, '洗衣机漏水', '先关水，再看三个地方，最后叫人。')
  await write(owner.page, '老板写的第一段。')
  const line = await cuttable(clerk.page)
  await invite(owner.page, clerk.page, 'publisher')
  await openBusiness(clerk.page, new URL(draft).hash)
  await until('the clerk to read the draft', async () => (await textOf(clerk.page)).includes('老板写的第一段'))
  await publish(clerk.page, 1) // so far he may

  await line.cut()
  await write(clerk.page, '\n收回之后写的一段。')
  await owner.page.locator('[data-act="revoke"]').click()
  await owner.page.locator('[data-member][data-revoked][data-state="published"]').waitFor()
  await clerk.page.locator('[data-publish]').click() // offline, and too late
  await line.mend()

  await clerk.page.locator('[data-lost]').waitFor()
  await clerk.page.locator('[data-lost] a').click()
  await until('the copy', async () => (await textOf(clerk.page)).includes('收回之后写的一段'))
  await openBusiness(clerk.page)
  await clerk.page.locator('[data-draft][data-copy]').waitFor()
  await clerk.page.locator('[data-guide] [data-rule="not-delegated"]').waitFor()

  await openBusiness(owner.page, new URL(draft).hash)
  await owner.page.locator(sheet).waitFor()
  expect(await textOf(owner.page)).not.toContain('收回之后')
  const { page } = await scene.somebody()
  await page.goto('/guides#businesses')
  const shown = page.locator('#businesses a.guide')
  await page.goto((await shown.getAttribute('href')) ?? '')
  await page.locator('[data-signature="member"]').waitFor() // he was let publish then, and a reader can see it
  expect(await page.locator('main').innerText()).not.toContain('收回之后')
})

it('the page of a business opens and writes without a network', async () => {
  const { page } = await scene.somebody()
  await introduce(page, '海曲电器行')
  await newDraft(page, '空调外机异响', '夏天最常见的三种声音，各是什么毛病。')
  await write(page, '先听是哪一种。')
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.waitForFunction(async () => (await caches.match('/business')) !== undefined)
  const draft = page.url()
  await scene.portal.stop()
  await page.goto('/me')
  await page.goto(draft)
  await page.locator(sheet).waitFor()
  await write(page, '再看有没有松动。')
  await page.reload()
  await until('what was written offline', async () => (await textOf(page)).includes('再看有没有松动'))
  await page.locator('[data-publish]').click()
  await page.locator('[data-published="saved"]').waitFor()
  await scene.portal.start()
  await page.locator('[data-published="published"]').waitFor()
})
