/** The town's own pages from end to end: a moderator edits them with the portal away, a reader sees it, it is taken off, and who may not is told. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { aPerson, openBrowser, type Person } from './browser.ts'
import { until } from './patience.ts'
import { startPortal, type Portal } from './portal.ts'
import { post } from './posting.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
let portal: Portal
let judge: Person
let did = ''
let people: Person[] = []

const somebody = async (width?: number): Promise<Person> => {
  const person = await aPerson(browser, portal.url, width)
  people.push(person)
  return person
}
const axe = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)
const textAt = async (path: string): Promise<string> => (await fetch(`${portal.url}${path}`)).text()
const statusAt = async (path: string): Promise<number> => (await fetch(`${portal.url}${path}`)).status
const row = (page: Page, id: string) => page.locator(`[data-entry="${id}"]`)
const inForce = (page: Page, id: string) => page.locator(`[data-mine="${id}"][data-step="published"]`).first().waitFor()

beforeAll(async () => {
  browser = await openBrowser()
  portal = await startPortal({})
  judge = await aPerson(browser, portal.url)
  await post(judge.page, { title: '管理员自己的一件东西' })
  await judge.page.goto('/moderation/town')
  await judge.page.locator('[data-town="stranger"] code').waitFor()
  did = await judge.page.locator('[data-town] code').innerText()
  await portal.stop()
  await portal.start({ MODERATORS: did })
})
beforeEach(async () => {
  await portal.stop() // a journey that failed may have left it without its moderator, or not running at all
  await portal.start({ MODERATORS: did })
})
beforeEach(() => () => Promise.all(people.splice(0).map(({ context }) => context.close())))
afterAll(async () => {
  await browser?.close()
  await portal?.remove()
})

it('a notice is edited without a network and goes out by itself: home, its page, both searches; taken off it is gone, put back it is there', async () => {
  const { page } = judge
  const id = 'notice/saturday-market'
  await page.goto('/moderation/town')
  await page.locator('[data-town="ready"]').waitFor()
  await page.waitForFunction(async () => (await caches.match('/moderation/town')) !== undefined)
  expect(await axe(page)).toEqual([])
  await portal.stop()
  await page.reload()
  await page.locator('[data-town="offline"]').waitFor()
  await page.locator('#town-filter').fill('渔码头')
  await row(page, id).locator('[data-act="edit"]').click()
  await page.locator('[name="entry.title.zh"]').fill('周六渔码头集改到周日')
  await page.locator('[name="entry.title.en"]').fill('')
  await page.reload() // what was typed is a draft
  await page.locator('#town-filter').fill('渔码头')
  await row(page, id).locator('[data-act="edit"]').click()
  expect(await page.locator('[name="entry.title.zh"]').inputValue()).toBe('周六渔码头集改到周日')
  expect(await page.locator('[data-preview="zh"]').innerText()).toContain('周六渔码头集改到周日')
  await page.locator('[data-act="save"]').click()
  await page.locator(`[data-mine="${id}"][data-step="saved"]`).waitFor()
  await portal.start()
  await inForce(page, id)

  const reader = (await somebody(390)).page
  await reader.goto('/')
  await reader.getByRole('link', { name: '周六渔码头集改到周日' }).click()
  await reader.locator('[data-notice="on"] h1').waitFor()
  expect(await reader.locator('h1').innerText()).toBe('周六渔码头集改到周日')
  expect(await axe(reader)).toEqual([])
  expect(await textAt('/en/notices/saturday-market')).toContain('<h1 lang="zh"')
  await until('it to be found without a script', async () =>
    (await textAt('/search?q=改到周日')).includes('/notices/saturday-market'),
  )
  expect(await textAt('/search?q=摊位登记到周四')).not.toContain('/notices/saturday-market')
  expect(await textAt('/sitemap/pages.xml')).toContain('/notices/saturday-market')
  await reader.goto('/search?q=改到周日')
  await reader.locator('a.hit[href="/notices/saturday-market"]').waitFor()

  await page.locator('#town-filter').fill('渔码头')
  await row(page, id).locator('[data-act="take-off"]').click()
  await page.locator(`[data-entry="${id}"][data-off] [data-step="published"]`).waitFor()
  expect(await statusAt('/notices/saturday-market')).toBe(410)
  for (const path of ['/', '/notices', '/search?q=渔码头集', '/sitemap/pages.xml'])
    expect(await textAt(path), path).not.toContain('saturday-market')
  await until('the printed words to go', async () => {
    await reader.goto('/search?q=渔码头集')
    await reader.locator('[data-found], .hit, [role="status"]').first().waitFor()
    return (await reader.locator('a.hit[href="/notices/saturday-market"]').count()) === 0
  })
  await row(page, id).locator('[data-act="put-back"]').click()
  await page.locator(`[data-entry="${id}"]:not([data-off]) [data-step="published"]`).waitFor()
  expect(await statusAt('/notices/saturday-market')).toBe(200)
})

it('phones and links too; what is typed badly is told by its rule beside its field; one tap goes back a version', async () => {
  const { page } = judge
  await page.goto('/moderation/town')
  await page.locator('[data-town="ready"]').waitFor()
  await page.locator('[data-new="link"]').click()
  await page.locator('[name="entry.url"]').fill('javascript:alert(1)')
  await page.locator('[name="entry.name.zh"]').fill('<script>document.title="x"</script>')
  await page.locator('[data-act="save"]').click()
  await page.locator('[data-rule="entry-link"]').waitFor()
  expect(await page.locator('[data-rule="entry-length"]').count()).toBeGreaterThan(0)
  expect(await axe(page)).toEqual([])
  await page.locator('[data-act="drop"]').click()

  await page.locator('#town-filter').fill('12345')
  await row(page, 'phone/government-services').locator('[data-act="edit"]').click()
  await page.locator('[name="entry.number"]').fill('１２３４５６')
  await page.locator('[data-act="save"]').click()
  await inForce(page, 'phone/government-services')
  expect(await textAt('/phones')).toContain('tel:123456"')
  expect(await textAt('/zh-hant/phones')).toContain('政務服務') // words that were not changed keep their spelling
  await row(page, 'phone/government-services').locator('[data-act="undo"]').click()
  await until('the number to be what it was', async () => (await textAt('/phones')).includes('tel:12345"'))
  await page.goto('/moderation/log')
  expect(await page.locator('[data-town-acts]').innerText()).toContain(did.slice(-8))
  expect(await axe(page)).toEqual([])
})

it('who is no moderator any more is refused by the rule, keeps his words, and what he wrote before stands', async () => {
  const { page } = judge
  await page.goto('/moderation/town')
  await page.locator('[data-town="ready"]').waitFor()
  await page.locator('[data-new="notice"]').click()
  await page.locator('[name="entry.title.zh"]').fill('在任时写的公告')
  await page.locator('[name="entry.text.zh"]').fill('这一条一直在。')
  await page.locator('[data-act="save"]').click()
  await until('the first notice to be there', async () => (await textAt('/notices')).includes('在任时写的公告'))
  await portal.stop()
  await page.locator('[data-new="notice"]').click()
  await page.locator('[name="entry.title.zh"]').fill('离任以后写的公告')
  await page.locator('[name="entry.text.zh"]').fill('这一条不该出现。')
  await page.locator('[data-act="save"]').click()
  await page.locator('[data-mine][data-step="saved"]').first().waitFor()
  await portal.start({ MODERATORS: '' })
  await page.goto('/moderation/town')
  await page.locator('[data-town="stranger"]').waitFor()
  const mine = page.locator('[data-mine][data-step="refused"]').first()
  await mine.locator('[data-rule="not-moderator"]').waitFor()
  expect(await mine.innerText()).toContain('离任以后写的公告')
  expect(await textAt('/notices')).not.toContain('离任以后写的公告')
  expect(await textAt('/notices')).toContain('在任时写的公告')
  expect(await axe(page)).toEqual([])
})
