/** Search as residents use it: either script, what was posted a moment ago, without the server, never what is over. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterEach, expect, it } from 'vitest'
import { dayMs } from '#domain/time.ts'
import { firstRevision } from '#domain/record.ts'
import type { Signer } from '#domain/identity.ts'
import { aNonce, aSigner } from '../fixtures/signers.ts'
import { aListing } from '../fixtures/town.ts'
import { openAs, type OpenClient } from './client.ts'
import { badge, told } from './notified.ts'
import { openScene } from './scene.ts'

const scene = openScene()
const clients: OpenClient[] = []
afterEach(() => clients.splice(0).forEach((client) => client.close()))

/** A neighbour posts; resolves with the ids when their pages are there. */
async function neighbourPosts(seed: number, ...said: Parameters<typeof aListing>[0][]): Promise<readonly string[]> {
  const signer: Signer = await aSigner(seed)
  const shelf = openAs(scene.portal.url, `shelf/${signer.did}`, signer)
  clients.push(shelf)
  await expect.poll(() => shelf.synced()).toBe(true)
  const records = await Promise.all(
    said.map((change, n) => {
      const nonce = aNonce(seed * 10 + n)
      return firstRevision(signer, {
        portal: 'rizhao',
        kind: 'listing',
        body: aListing(change),
        nonce,
        now: Date.now(),
      })
    }),
  )
  for (const { envelope, text } of records) shelf.doc.getMap('records').set(`${envelope.id}/d1`, text)
  for (const { envelope } of records)
    await expect.poll(async () => (await fetch(`${scene.portal.url}/l/${envelope.id}`)).status).toBe(200)
  return records.map(({ envelope }) => envelope.id)
}

const box = (page: Page) => page.locator('main input[name="q"]')
const hits = (page: Page) =>
  page
    .locator('main a.hit[data-record]')
    .evaluateAll((found) => found.map((hit) => hit.getAttribute('data-record') ?? ''))
const finds = (page: Page, ids: readonly string[]) =>
  expect.poll(async () => (await hits(page)).toSorted()).toEqual(ids.toSorted())

it('finds either script, what is new, on without the server, and nothing that is over', async () => {
  const { page, context } = await scene.somebody(390)
  await context.addInitScript(() => {
    const now = Date.now
    let shift = 0
    Date.now = () => now() + shift
    Object.assign(globalThis, { wait: (ms: number) => (shift += ms) })
  })
  const [short = '', long = ''] = await neighbourPosts(
    31,
    { title: '家电售后维修，当天上门', validDays: 7 },
    { title: '净水机一台', text: '买了一年的净水机，还在保，售后电话打得通，可以过户。', validDays: 60 },
  )
  await neighbourPosts(32, { title: '实木书桌，送台灯一盏' })

  await page.goto('/search?q=%E5%94%AE%E5%90%8E')
  await finds(page, [short, long])
  await box(page).fill('售後')
  await finds(page, [short, long])
  const plain = await scene.browser.newContext({ baseURL: scene.portal.url, javaScriptEnabled: false })
  const without = await plain.newPage()
  await without.goto(`/search?q=${encodeURIComponent('售後')}`)
  await finds(without, [short, long])
  await plain.close()

  await box(page).fill('摇椅')
  await page.locator('.nothing').waitFor()
  const [fresh = ''] = await neighbourPosts(33, { title: '藤编老摇椅，坐着很稳' })
  await finds(page, [fresh]) // nothing was typed again, and no page loaded

  await scene.portal.stop()
  await page.locator('[data-connection="offline"]').first().waitFor()
  await box(page).fill('净水')
  await finds(page, [long])
  await box(page).fill('售后')
  await finds(page, [short, long])
  await page.evaluate((ms) => (globalThis as unknown as { wait: (ms: number) => void }).wait(ms), 8 * dayMs)
  await box(page).fill('售後')
  await finds(page, [long])
  await scene.portal.start()
})

it('works on an open page that nobody has typed into when the server stops', async () => {
  const [id = ''] = await neighbourPosts(34, { title: '二手渔具一套，含三根竿' })
  const { page } = await scene.somebody()
  await page.goto('/search')
  await page.locator('[data-search="ready"]').waitFor()
  await scene.portal.stop()
  await box(page).fill('渔具')
  await finds(page, [id])
  await scene.portal.start()
})

it('a search that is watched tells what is new: in the head of any page, outside it where that is allowed, and by name', async () => {
  const { page, context } = await scene.somebody()
  await context.grantPermissions(['notifications'])
  await page.goto(`/search?q=${encodeURIComponent('旧渔船')}`)
  await page.locator('[data-act="save-search"]').click()
  await page.locator('.save-search input[name="name"]').fill('给爷爷找的船')
  await page.locator('.save-search .primary').click()
  await page.locator('[data-kept]').waitFor()
  expect(await told(page)).toEqual([])
  expect(await badge(page).isVisible()).toBe(false)

  const [id = ''] = await neighbourPosts(37, { title: '旧渔船一条，带马达' })
  await badge(page).filter({ hasText: '1' }).waitFor()
  await expect.poll(() => told(page)).toEqual(['你留意的有 1 条新的'])
  await page.goto('/rules')
  await badge(page).filter({ hasText: '1' }).waitFor()

  await page.goto('/me')
  const row = page.locator('[data-search-row]').filter({ hasText: '给爷爷找的船' })
  await row.locator(`a[href$="/l/${id}"]`).waitFor()
  await row.locator('[data-act="seen"]').click()
  await badge(page).waitFor({ state: 'hidden' })
  await row.locator('[data-fresh="0"]').waitFor()
})

it('shows how prices lie beside from and to, narrows by a tap on a bar, and goes on without the server', async () => {
  const prices = [100, 120, 150, 300, 900, 2_000, 6_000]
  const ids = await neighbourPosts(
    35,
    ...prices.map((yuan, n) => ({
      title: `羽毛球拍第${n + 1}支`,
      text: `球拍一支，编号 ${'甲乙丙丁戊己庚'[n]}${yuan}，线是新拉的，可以当面试打。`,
      priceFen: yuan * 100,
    })),
  )
  await neighbourPosts(36, { title: '羽毛球拍一支，别人的', text: '说好价钱再拿，球拍是旧的。', priceFen: null })
  const { page } = await scene.somebody(1_280)
  await page.goto(`/search?q=${encodeURIComponent('羽毛球拍')}`)
  await page.locator('[data-search="ready"]').waitFor()
  await page.locator('.narrow').hover()
  await page.locator('.narrow option', { hasText: '(8)' }).first().waitFor({ state: 'attached' }) // counted, and of no category
  expect(await page.locator('.bars').count()).toBe(0)

  await page.locator('.narrow select[name="category"]').selectOption('goods')
  const bars = page.locator('.facets fieldset', { hasText: '价格' }).locator('.bars a')
  await bars.first().waitFor()
  expect(await page.locator('.facets fieldset', { hasText: '价格' }).innerText()).toContain('另有 1 条没写')
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  const says = await bars.evaluateAll((all) => all.map((bar) => bar.getAttribute('aria-label') ?? ''))
  const counts = says.map((one) => Number(/：(\d+) 条/.exec(one)?.[1]))
  const fullest = counts.indexOf(Math.max(...counts))
  const most = counts[fullest] ?? 0
  expect(most).toBeGreaterThan(1)
  await bars.nth(fullest).click()
  await expect.poll(async () => (await hits(page)).length).toBe(most)
  expect((await hits(page)).every((id) => ids.includes(id))).toBe(true)
  expect(new URL(page.url()).search).toMatch(/price-(?:min|max)=/)
  expect(await bars.nth(fullest).getAttribute('aria-current')).toBe('true')
  expect(await bars.nth(fullest).evaluate((bar) => bar === document.activeElement)).toBe(true)

  await scene.portal.stop()
  await page.locator('[data-connection="offline"]').first().waitFor()
  await page.keyboard.press('Enter') // the chosen bar once more takes its range away
  await expect.poll(async () => (await hits(page)).length).toBe(prices.length + 1)
  await scene.portal.start()
})
