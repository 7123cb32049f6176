/** Moderation from end to end: readers report, a moderator decides, it is gone everywhere, its poster is told and objects, it comes back. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { aPerson, openBrowser, type Person } from './browser.ts'
import { until } from './patience.ts'
import { startPortal, type Portal } from './portal.ts'
import { fillListing, post, reach, ready, submit } from './posting.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
let portal: Portal
let judge: Person
let people: Person[] = []

const somebody = async (width?: number): Promise<Person> => {
  const person = await aPerson(browser, portal.url, width)
  people.push(person)
  return person
}
const title = '实木书桌送台灯一盏'
const axe = async (page: Page) => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)

/** The key that this browser goes by, as the page for moderators tells it. */
async function keyOf({ page }: Person): Promise<string> {
  await post(page, { title: '管理员自己的一件东西' })
  await page.goto('/moderation')
  await page.locator('[data-queue="stranger"] code').waitFor()
  return page.locator('[data-queue] code').innerText()
}

beforeAll(async () => {
  browser = await openBrowser()
  portal = await startPortal({ NEW_KEY_LISTINGS: '3' })
  judge = await aPerson(browser, portal.url)
  const did = await keyOf(judge)
  await portal.stop()
  await portal.start({ MODERATORS: did })
})
beforeEach(() => () => Promise.all(people.splice(0).map(({ context }) => context.close())))
afterAll(async () => {
  await browser?.close()
  await portal?.remove()
})

async function report(page: Page, id: string, reason: string, text = ''): Promise<void> {
  await page.goto(`/l/${id}`)
  await page.locator('details.report summary').click()
  await page.locator(`details.report [name="reason"][value="${reason}"]`).check()
  await page.locator('details.report textarea').fill(text)
  await page.locator('details.report [type="submit"]').click()
  const answer = page.locator('details.report [data-answer]:visible').first()
  await answer.waitFor()
  expect(await answer.getAttribute('data-answer'), await answer.innerText()).toBe('taken')
}
const card = (page: Page, id: string) => page.locator(`[data-subject="${id}"]`)

/** Opens the queue and decides; waits until it is in force. */
async function decide(page: Page, id: string, action: string): Promise<void> {
  await page.goto('/moderation')
  await card(page, id).locator(`[data-act="${action}"]`).click()
  await page.locator(`[data-recent="${action}"][data-of="${id}"][data-step="published"]`).first().waitFor()
}
const textAt = async (path: string): Promise<string> => (await fetch(`${portal.url}${path}`)).text()
const statusAt = async (path: string): Promise<number> => (await fetch(`${portal.url}${path}`)).status

it('what two readers report and a moderator hides is gone everywhere, kept copies too; the poster is told and objects; restored it is back', async () => {
  const [poster, one, two] = [await somebody(), await somebody(), await somebody(390)]
  const id = await post(poster.page, { title })
  // what a reader keeps of it: its page, a page that lists it, a favourite, the town for search
  await one.page.goto(`/l/${id}`)
  await one.page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await one.page.locator('.heart').first().click()
  await until('the favourite to be kept', () =>
    one.page.evaluate(async () => (await indexedDB.databases()).some(({ name }) => name?.startsWith('xxg/me/'))),
  )
  await one.page.waitForTimeout(500) // the row itself, which only the sealed room could tell
  await one.page.goto('/me')
  await one.page.locator(`[data-favourite="${id}"] a`).waitFor()
  await one.page.goto('/c/goods')
  await one.page.goto(`/l/${id}`)
  await one.page.waitForFunction(async (path) => (await caches.match(path)) !== undefined, `/l/${id}`)
  await one.page.waitForFunction(async () => (await caches.match('/c/goods')) !== undefined)
  await one.page.goto('/search?q=书桌')
  await one.page.locator(`a.hit[href="/l/${id}"]`).waitFor()

  await report(one.page, id, 'false', '图和东西不一样')
  await report(two.page, id, 'fraud')
  await two.page.reload()
  await two.page.locator('details.report summary').click()
  expect(await axe(two.page)).toEqual([])

  await judge.page.goto('/moderation')
  await card(judge.page, id).waitFor()
  expect(await card(judge.page, id).innerText()).toMatch(/2 次举报[\s\S]*图和东西不一样/)
  expect(await axe(judge.page)).toEqual([])
  await decide(judge.page, id, 'hide')

  expect(await statusAt(`/l/${id}`)).toBe(410)
  expect(await statusAt(`/en/l/${id}`)).toBe(410)
  for (const path of ['/', '/c/goods', '/search?q=书桌', '/c/goods/feed.atom', '/sitemap/listings-1.xml'])
    expect(await textAt(path), path).not.toContain(id)
  expect(await textAt('/labels.json')).toContain(id)

  // the same reader, online once more: then everything kept goes by it
  await one.page.goto('/search?q=书桌')
  await until('the hit to go', async () => (await one.page.locator(`a.hit[href="/l/${id}"]`).count()) === 0)
  await until('the copies to go', () =>
    one.page.evaluate(async (gone) => {
      const seen = await caches.open('seen')
      const all = await Promise.all((await seen.keys()).map(async (key) => (await seen.match(key))?.text()))
      return all.every((html) => !html?.includes(gone))
    }, id),
  )
  await one.page.goto('/me')
  await one.page.locator('[data-answers] summary').click()
  await one.page.locator(`[data-answered="hide"][data-of="${id}"]`).waitFor() // his report is answered
  await one.page.locator(`[data-favourite="${id}"] [data-removed]`).waitFor()
  expect(await one.page.locator(`[data-favourite="${id}"]`).innerText()).not.toContain(title)
  await portal.stop()
  await one.page.goto(`/l/${id}`)
  await one.page.locator('[data-removed]').waitFor()
  expect(await one.page.locator('main').innerText()).not.toContain(title)
  await one.page.goto('/c/goods')
  expect(await one.page.locator('main').innerText()).not.toContain(title)
  await portal.start()

  await one.page.goto(`/l/${id}`)
  expect(await one.page.locator('main').innerText()).toMatch(/已被撤下[\s\S]*HR-/)
  expect(await axe(one.page)).toEqual([])

  await poster.page.goto('/me')
  const notice = poster.page.locator(`[data-decision="hide"][data-of="${id}"]`)
  await notice.waitFor()
  await notice.locator('summary').click()
  await notice.locator('textarea').fill('图是上个月拍的，东西一样。')
  expect(await axe(poster.page)).toEqual([])
  await notice.locator('[data-act="object"]').click()
  await notice.locator('[data-objected="taken"]').waitFor()

  await judge.page.goto('/moderation')
  await card(judge.page, id).locator('[data-reason="objection"]').waitFor()
  await decide(judge.page, id, 'restore')
  expect(await statusAt(`/l/${id}`)).toBe(200)
  expect(await textAt('/c/goods')).toContain(id)
  await one.page.goto('/search?q=书桌')
  await one.page.locator(`a.hit[href="/l/${id}"]`).waitFor()
  await poster.page.goto('/me')
  await poster.page.locator(`[data-decision="restore"][data-of="${id}"]`).waitFor()

  await two.page.goto('/moderation/log')
  const rows = two.page.locator('tr[data-action]')
  expect(await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset['action']))).toEqual([
    'restore',
    'hide',
  ])
  const log = await two.page.locator('main').innerText()
  for (const words of [title, '图和东西不一样', '图是上个月拍的']) expect(log).not.toContain(words)
  expect(await axe(two.page)).toEqual([])
})

it('a moderator decides without a network, with the keyboard alone; it goes out by itself, and is taken back from the list of the last ones', async () => {
  const [poster, reader] = [await somebody(), await somebody()]
  const id = await post(poster.page, { title: '离线时要看的一条' })
  await report(reader.page, id, 'duplicate')
  await judge.page.goto('/moderation')
  await card(judge.page, id).waitFor()
  await judge.page.waitForFunction(async () => (await caches.match('/moderation')) !== undefined)
  await portal.stop()
  await judge.page.reload()
  await card(judge.page, id).waitFor() // the queue as it was
  await judge.page.locator('[data-queue="offline"]').waitFor()
  await card(judge.page, id).locator('[name="reason"]').fill('同一件东西发了三次。')
  await judge.page.keyboard.press('Tab')
  await judge.page.keyboard.press('Enter')
  await judge.page.locator(`[data-recent="hide"][data-of="${id}"][data-step="saved"]`).waitFor()
  await judge.page.reload()
  await judge.page.locator(`[data-recent="hide"][data-of="${id}"]`).waitFor()
  await portal.start()
  await judge.page.locator(`[data-recent="hide"][data-of="${id}"][data-step="published"]`).waitFor()
  expect(await statusAt(`/l/${id}`)).toBe(410)
  await judge.page.locator(`[data-recent="hide"][data-of="${id}"] [data-act="undo"]`).click()
  await judge.page.locator(`[data-recent="restore"][data-of="${id}"][data-step="published"]`).waitFor()
  expect(await statusAt(`/l/${id}`)).toBe(200)
})

it('a key that is blocked loses everything and is told why it cannot publish, with its words kept; without a script one reports too', async () => {
  const [poster] = [await somebody()]
  const [first, second] = [
    await post(poster.page, { title: '第一条要收定金的' }),
    await post(poster.page, { title: '第二条要收定金的' }),
  ]
  const plain = await browser.newContext({ baseURL: portal.url, javaScriptEnabled: false, locale: 'zh-CN' })
  const page = await plain.newPage()
  await page.goto(`/l/${first}`)
  const author = (await page.locator('a.seller').getAttribute('href')) ?? ''
  await page.locator('details.report summary').click()
  await page.locator('[name="reason"][value="fraud"]').check()
  await page.locator('details.report [type="submit"]').click()
  await page.locator('[data-reported="taken"]').waitFor()

  judge.page.once('dialog', (dialog) => void dialog.accept())
  await judge.page.goto('/moderation')
  await card(judge.page, first).locator('[data-act="block"]').click()
  await judge.page.locator('[data-recent="block"][data-step="published"]').first().waitFor()
  for (const path of [`/l/${first}`, `/l/${second}`, author]) expect(await statusAt(path), path).toBe(410)
  expect(await textAt('/c/goods')).not.toContain('要收定金的')
  await page.goto(author)
  expect(await page.locator('main').innerText()).toContain('已被停用')
  await plain.close()

  await poster.page.goto('/me')
  await poster.page.locator('[data-decision="block"]').waitFor()
  await poster.page.goto('/post')
  await ready(poster.page)
  await fillListing(poster.page, { title: '被停用以后又发的' })
  await submit(poster.page)
  await reach(poster.page, 'refused')
  await poster.page.locator('[data-rule="blocked"]').first().waitFor()
  expect(await poster.page.locator('[name="title"]').inputValue()).toBe('被停用以后又发的')
})

it('a conversation that looks like a fraud is copied, pasted into a report, and read by a moderator; nobody else could have read it', async () => {
  const [poster, buyer] = [await somebody(), await somebody(390)]
  const fraud = '先转两百定金到这个账号，马上发货'
  const id = await post(poster.page, { title: '便宜得离谱的实木书桌' })
  await buyer.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await buyer.page.goto(`/l/${id}`)
  const open = buyer.page.locator('[data-message="closed"] button')
  await open.scrollIntoViewIfNeeded() // it wakes when it is seen
  await open.click()
  const say = async (page: Page, text: string) => {
    await page.locator('textarea[name="message"]').fill(text)
    await page.locator('.composer [type="submit"]').click()
    await page.locator('.line[data-message-state="sent"]', { hasText: text }).waitFor()
  }
  await say(buyer.page, '书桌还在吗？')
  await poster.page.goto('/messages')
  await poster.page.locator('.threads a').first().click()
  await say(poster.page, fraud)
  expect(await poster.page.locator('.trouble [data-act="report"]').getAttribute('href')).toBe('/about#report') // not his own listing

  await buyer.page.goto('/messages')
  await buyer.page.locator('.threads a').first().click()
  await buyer.page.locator('.thread .line:not(.mine)', { hasText: fraud }).waitFor()
  expect(await axe(buyer.page)).toEqual([])
  await buyer.page.locator('[data-act="copy-thread"]').click()
  await buyer.page.locator('.trouble [role="status"]').getByText('已复制').waitFor()
  await buyer.page.locator('.trouble [data-act="report"]').click()
  await buyer.page.locator('details.report[open] [name="reason"][value="fraud"]').check()
  await buyer.page.locator('details.report textarea').focus()
  await buyer.page.keyboard.press('ControlOrMeta+V')
  await buyer.page.locator('details.report [type="submit"]').click()
  await buyer.page.locator('details.report [data-answer="taken"]:visible').waitFor()

  await judge.page.goto('/moderation')
  await card(judge.page, id).waitFor()
  expect(await card(judge.page, id).innerText()).toContain(fraud)
})

it('who is no moderator any more decides nothing: his label is refused by its rule, and what he decided before stands', async () => {
  const [poster, reader] = [await somebody(), await somebody()]
  const [old, fresh] = [
    await post(poster.page, { title: '先前撤下的一条' }),
    await post(poster.page, { title: '后来想撤下的一条' }),
  ]
  for (const id of [old, fresh]) await report(reader.page, id, 'other')
  await decide(judge.page, old, 'hide')
  await judge.page.goto('/moderation')
  await card(judge.page, fresh).waitFor()
  await portal.stop()
  await card(judge.page, fresh).locator('[data-act="hide"]').click()
  await judge.page.locator(`[data-recent="hide"][data-of="${fresh}"][data-step="saved"]`).waitFor()
  await portal.start({ MODERATORS: '' })
  await judge.page.goto('/moderation')
  await judge.page.locator('[data-queue="stranger"]').waitFor()
  await judge.page.locator(`[data-of="${fresh}"] [data-rule="not-moderator"]`).waitFor()
  expect(await statusAt(`/l/${old}`)).toBe(410)
  expect(await statusAt(`/l/${fresh}`)).toBe(200)
  expect(await textAt('/moderation/log')).not.toContain(fresh)
})

it('who is new has three live listings; the fourth is refused with limit and number, and nothing typed is lost', async () => {
  const [poster] = [await somebody()]
  for (const title of ['新来的第一条', '新来的第二条', '新来的第三条']) await post(poster.page, { title })
  await poster.page.goto('/post')
  await ready(poster.page)
  await fillListing(poster.page, { title: '新来的第四条' })
  await submit(poster.page)
  await reach(poster.page, 'refused')
  const why = poster.page.locator('[data-rule="new-key"]').first()
  await why.waitFor()
  await expect.poll(() => why.innerText()).toMatch(/最多在架 3 条，这是第 4 条/)
  expect(await poster.page.locator('[name="title"]').inputValue()).toBe('新来的第四条')
})
