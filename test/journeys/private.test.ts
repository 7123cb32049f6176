/** What is one's own beside others' listings: notes, a comparison, what was seen last, posters that are hidden. Nobody else learns of any of it. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { wordsInBrowser, wordsOnRelay } from './on-disk.ts'
import { fillListing, idOf, post, reach, ready, restore, submit, wordsOf } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ fresh: true })

const noteIn = (page: Page) => page.locator('[data-note] textarea[name="note"]')
const allSent = (page: Page) =>
  page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith('xxg-unsent')))
/** From now on the service worker keeps what is fetched. */
const controlled = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null)

async function openNote(page: Page, id: string): Promise<void> {
  await page.goto(`/l/${id}`)
  await page.locator('[data-note] summary').click()
  await noteIn(page).waitFor()
}
async function writeNote(page: Page, words: string): Promise<void> {
  await noteIn(page).fill(words)
  await page.locator('[data-note-mark="kept"]').waitFor()
}
async function secondDevice(page: Page): Promise<Page> {
  const { page: other } = await scene.somebody()
  await restore(other, await wordsOf(page))
  await other.locator('[data-did]').waitFor()
  return other
}

/** On a phone by day and on a desk by night. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const [width, colorScheme] of [
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    found.push(...violations.map(({ id, nodes }) => `${width} ${colorScheme} ${id}: ${String(nodes[0]?.target)}`))
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (overflow > 0) found.push(`${width}: ${overflow} px off the side`)
  }
  return found
}

/** As the form posts it, with how used it is. */
async function postDesk(page: Page, title: string, price: string, condition: number): Promise<string> {
  await page.goto('/post?new')
  await ready(page)
  await fillListing(page, { title, price })
  await page.locator('select[name="condition"]').selectOption({ index: condition })
  await submit(page)
  await reach(page, 'published')
  return idOf(page)
}

const words = '周六下午去看，砍到 200'

describe('a note on a listing', () => {
  it('is kept as it is typed, without the portal too, and through a restart; it is there on the other device, and plain on no disk', async () => {
    const [seller, { page }] = [await scene.somebody(), await scene.somebody(390)]
    const id = await post(seller.page, { title: '靠窗的实木书桌' })
    await page.goto('/about')
    await controlled(page)
    await openNote(page, id)
    await writeNote(page, words)
    await page.waitForFunction(async (path) => (await caches.match(path)) !== undefined, `/l/${id}`)
    expect(await faultsOf(page)).toEqual([])
    await scene.portal.stop()
    await page.reload()
    await expect.poll(() => noteIn(page).inputValue()).toBe(words) // opened by itself: there is one
    await writeNote(page, `${words}，带卷尺`)
    await page.goto('/me')
    const row = page.locator(`[data-noted="${id}"]`)
    await row.getByText(`${words}，带卷尺`).waitFor()
    await scene.portal.start()
    await allSent(page)
    const other = await secondDevice(page)
    await allSent(page)
    await other.locator(`[data-noted="${id}"]`).getByText('带卷尺').waitFor()
    await other.goto(`/l/${id}`)
    await expect.poll(() => noteIn(other).inputValue()).toBe(`${words}，带卷尺`)
    await other.locator('[data-act="drop-note"]').click()
    await expect.poll(() => row.locator('summary').innerText()).toBe('写备注')
    await other.locator('[data-act="undo-note"]').click()
    await expect.poll(() => row.locator('summary').innerText()).toContain('带卷尺')
    await allSent(other)
    for (const one of [page, other]) expect(await wordsInBrowser(one, ['砍到 200', '卷尺'])).toEqual([])
    expect(wordsOnRelay(scene.portal.dataDir, ['砍到 200', '卷尺', '靠窗的实木书桌'])).toEqual(['靠窗的实木书桌'])
  })
})

describe('a poster somebody hides', () => {
  const line = (page: Page, id: string) => page.locator(`main a[href="/l/${id}"]`).first()
  const places = ['/', '/c/goods', `/search?q=${encodeURIComponent('实木')}`]

  it('is in no list of his, nor in those of his other device, and back when it is undone; the portal does not learn of it', async () => {
    const [wang, li, { page }] = [await scene.somebody(), await scene.somebody(), await scene.somebody(390)]
    const hidden = await post(wang.page, { title: '老王的实木书桌' })
    const other = await post(li.page, { title: '李家的实木书桌' })
    const shows = async (reader: Page, place: string, isHidden: boolean) => {
      await reader.goto(place)
      if (place.startsWith('/search')) await reader.locator('[data-search="ready"]').waitFor()
      await line(reader, other).waitFor()
      await expect.poll(() => line(reader, hidden).isVisible()).toBe(!isHidden)
      await expect.poll(() => reader.locator('.from-hidden').count()).toBe(isHidden ? 1 : 0)
    }
    await page.goto(`/l/${hidden}`)
    await page.locator('[data-hide-seller] button').click()
    await page.locator('[data-hide-seller] [data-hidden="true"]').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await allSent(page)
    for (const place of places) await shows(page, place, true)
    expect(await faultsOf(page)).toEqual([])
    await page.goto('/c/goods')
    expect(await page.locator('.from-hidden').innerText()).toContain('1 条来自你隐藏的发布者')
    expect(await page.locator('[data-total]').innerText()).toMatch(/2 条.*其中这一页有 1 条来自你隐藏的发布者/)
    await page.locator('.from-hidden [data-act="reveal"]').click()
    expect(await line(page, hidden).isVisible()).toBe(true)
    await page.locator('.from-hidden [data-act="reveal"]').click()
    expect(await line(page, hidden).isVisible()).toBe(false)
    const later = await post(wang.page, { title: '老王的第二张实木书桌' }) // comes live
    await page.locator('.from-hidden[data-count="2"]').waitFor()
    expect(await line(page, later).isVisible()).toBe(false)

    const device = await secondDevice(page)
    await device.locator('[data-hidden-seller]').waitFor()
    await shows(device, '/c/goods', true)

    await page.goto('/me')
    await page.locator('[data-hidden-sellers]').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.locator('[data-hidden-seller] [data-act="show-seller"]').click()
    await page.locator('[data-act="hide-again"]').waitFor()
    for (const place of places) await shows(page, place, false)
    await page.goto('/c/goods')
    expect(await page.locator('[data-total]').innerText()).not.toContain('其中')
    expect(wordsOnRelay(scene.portal.dataDir, ['hiddenSellers'])).toEqual([])
  })

  it('is said to be hidden on his own page, where all of his can be seen', async () => {
    const [wang, { page }] = [await scene.somebody(), await scene.somebody(390)]
    const id = await post(wang.page, { title: '老王的实木书桌' })
    await page.goto(`/l/${id}`)
    await page.locator('a.seller').click()
    await page.locator('[data-hide-seller] button').click()
    await page.locator('[data-hide-seller] [data-hidden="true"]').waitFor()
    await page.reload()
    await page.locator('[data-hide-seller] [data-hidden="true"]').waitFor()
    expect(await line(page, id).isVisible()).toBe(true)
    expect(await page.locator('.from-hidden').count()).toBe(0)
    await page.locator('[data-act="show-seller"]').click()
    await page.locator('[data-hide-seller] [data-hidden="false"]').waitFor()
  })
})

/** Three desks, two of which differ; each with its page kept, too. */
async function threeFavourites(page: Page, seller: Page): Promise<readonly string[]> {
  const ids = [
    await postDesk(seller, '靠窗的实木书桌', '280', 1),
    await postDesk(seller, '朝北的实木书桌', '560', 2),
    await postDesk(seller, '门厅的实木书桌', '280', 1),
  ]
  await page.goto('/about')
  await controlled(page)
  await page.goto('/me')
  for (const id of ids) {
    await page.goto(`/l/${id}`)
    await page.locator('.heart').first().click()
    await page.locator('.heart[aria-pressed="true"]').waitFor()
    await page.waitForFunction(async (path) => (await caches.match(path)) !== undefined, `/l/${id}`)
    await allSent(page)
  }
  return ids
}

it('favourites are compared side by side: what differs is said, the table alone scrolls, and it is there without the portal', async () => {
  const [seller, { page }] = [await scene.somebody(), await scene.somebody(390)]
  const ids = await threeFavourites(page, seller.page)
  await page.goto('/me')
  const row = (id: string) => page.locator(`[data-favourite="${id}"]`)
  await row(ids[0] ?? '')
    .locator('[data-row-note] summary')
    .click()
  await row(ids[0] ?? '')
    .locator('textarea[name="note"]')
    .fill(words)
  await page.locator('[data-note-mark="kept"]').waitFor()
  expect(await page.locator('[data-act="compare"]').count()).toBe(0)
  for (const id of ids.slice(0, 2)) await row(id).locator('input[name="compare"]').check()
  await page.locator('[data-act="compare"]').press('Enter')
  const cells = (name: string) => page.locator(`[data-row="${name}"] td`).allInnerTexts()
  await page.locator('[data-compare="2"]').waitFor()
  expect((await cells('price')).map((text) => text.trim())).toEqual(expect.arrayContaining(['¥280', '¥560']))
  expect(await page.locator('[data-row="price"] th').innerText()).toContain('不同')
  expect(await page.locator('[data-row="condition"] th').innerText()).toContain('不同')
  expect(await page.locator('[data-row="district"] th').innerText()).not.toContain('不同')
  expect(await cells('note')).toContain(words)
  expect(await faultsOf(page)).toEqual([])
  await row(ids[2] ?? '')
    .locator('input[name="compare"]')
    .check()
  await page.locator('[data-compare="3"]').waitFor()
  await page.setViewportSize({ width: 390, height: 900 })
  const scroll = page.locator('.compare .scroll')
  await scroll.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => scroll.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0)
  const held = await page.locator('[data-row="price"] th').boundingBox()
  expect(held?.x).toBeGreaterThanOrEqual(0)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.compare table').isVisible()).toBe(true)
  expect(await page.locator('[data-act="print-compare"]').isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })

  await scene.portal.stop()
  await page.reload()
  for (const id of ids.slice(0, 2)) await row(id).locator('input[name="compare"]').check()
  await page.locator('[data-act="compare"]').click()
  await page.locator('[data-compare="2"] [data-row="condition"]').waitFor()
  expect((await cells('price')).map((text) => text.trim())).toEqual(expect.arrayContaining(['¥280', '¥560']))
  await scene.portal.start()
})

it('a comparison that was never opened says so without the portal, leaves the rest of the page at work, and opens once it is back', async () => {
  const [seller, { page }] = [await scene.somebody(), await scene.somebody(390)]
  const ids = await threeFavourites(page, seller.page)
  await page.goto('/me')
  const row = (id: string) => page.locator(`[data-favourite="${id}"]`)
  for (const id of ids) await row(id).waitFor()
  await scene.portal.stop()
  await page.reload()
  for (const id of ids.slice(0, 2)) await row(id).locator('input[name="compare"]').check()
  await page.locator('[data-act="compare"]').click()
  await page.locator('.compare-bar [role="status"]').getByText('还没有存到这台设备').waitFor()
  expect(await page.locator('.compare').count()).toBe(0)
  expect(await faultsOf(page)).toEqual([])
  await row(ids[2] ?? '')
    .locator('.btns .plain')
    .click() // no favourite any more
  await row(ids[2] ?? '').waitFor({ state: 'detached' })
  await scene.portal.start()
  await page.locator('[data-connection="online"]').first().waitFor()
  await page.locator('[data-act="compare"]').click()
  await page.locator('[data-compare="2"] [data-row="price"]').waitFor()
  expect(await page.locator('.compare-bar [role="status"]').innerText()).not.toContain('还没有存到这台设备')
})

it('what was seen last is there too when it was opened before its script had come', async () => {
  const [seller, { page }] = [await scene.somebody(), await scene.somebody(390)]
  const id = await post(seller.page, { title: '脚本来得慢的书桌' })
  await page.goto(`/l/${id}`)
  await page.waitForFunction((one) => localStorage.getItem('xxg-seen')?.includes(one) === true, id)
  let come = (): void => undefined
  const opened = new Promise<void>((resolve) => (come = resolve))
  await page.context().route('**/SeenList.*.js', async (route) => {
    await opened
    await route.continue()
  })
  await page.goto('/me')
  await page.locator('[data-seen] summary').click()
  await page.locator('[data-seen][open]').waitFor()
  come()
  await page.locator(`[data-seen-of="${id}"]`).waitFor()
})

it('what was seen last is listed on this device, one or all of it forgotten, and not remembered once that is switched off', async () => {
  const [seller, { page }] = [await scene.somebody(), await scene.somebody(390)]
  const [first, second] = [
    await post(seller.page, { title: '靠窗的实木书桌', price: '280' }),
    await post(seller.page, { title: '朝北的实木书桌', price: '560' }),
  ]
  const remembered = (id: string) =>
    page.waitForFunction((one) => localStorage.getItem('xxg-seen')?.includes(one) === true, id)
  for (const id of [first, second]) {
    await page.goto(`/l/${id}`)
    await remembered(id)
  }
  const open = async () => {
    await page.goto('/me')
    await page.locator('[data-seen] summary').click()
  }
  const rows = page.locator('[data-seen-of]')
  await open()
  await expect.poll(() => rows.count()).toBe(2)
  expect(await rows.first().innerText()).toMatch(/朝北的实木书桌[\s\S]*¥560/)
  expect(await faultsOf(page)).toEqual([])
  await page.locator(`[data-seen-of="${second}"] [data-act="forget"]`).click()
  expect(await rows.count()).toBe(1)
  await open()
  await expect.poll(() => rows.count()).toBe(1)
  await page.locator('[data-act="forget-all"]').click()
  expect(await rows.count()).toBe(0)
  await page.locator('[name="remember-seen"]').uncheck()
  await page.goto(`/l/${first}`)
  await page.locator('[data-note] summary').click()
  await noteIn(page).waitFor() // the page's own marks are awake
  expect(await page.evaluate(() => localStorage.getItem('xxg-seen'))).toBeNull()
})
