/** What a device does to the things it keeps: it keeps none, is full, clears them, breaks off in the middle. Nobody is left to guess. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openProfile } from './browser.ts'
import { fillListing, idOf, post, reach, ready, restore, stateOf, submit, wordsOf } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene()
const title = (page: Page) => page.locator('[name="title"]')
const text = (page: Page) => page.locator('[name="text"]')
const notice = (page: Page, about: string) => page.locator(`[data-storage="${about}"]`)
const draftIs = (page: Page, mark: 'saved' | 'failed') => page.locator(`[data-draft="${mark}"]`).waitFor()
const allSent = (page: Page) => expect.poll(() => page.locator('[data-connection="online"]').innerText()).toBe('已同步')

async function openForm(page: Page, query = ''): Promise<void> {
  await page.goto(`/post${query}`)
  await ready(page)
}
const clear = (cdp: CDPSession) =>
  cdp.send('Storage.clearDataForOrigin', { origin: scene.portal.url, storageTypes: 'all' })

/** A browser with a disk of its own, opened as often as the journey says. */
async function withProfile(run: (open: () => Promise<Page>, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'))
  let context: BrowserContext | undefined
  const open = async (): Promise<Page> => {
    await context?.close()
    context = await openProfile(folder, scene.portal.url)
    return context.newPage()
  }
  try {
    await run(open, folder)
  } finally {
    await context?.close()
    rmSync(folder, { recursive: true })
  }
}

it('a browser that is set to keep nothing says so, keeps the words in the form, and posts', () =>
  withProfile(async (open, folder) => {
    mkdirSync(join(folder, 'Default'))
    const settings = { profile: { default_content_setting_values: { cookies: 2 } } } // "block all site data"
    writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify(settings))
    const page = await open()
    await openForm(page)
    await notice(page, 'memory').waitFor()
    await fillListing(page, { title: '什么都不存的浏览器里发的书桌' })
    await draftIs(page, 'failed')
    await submit(page)
    await reach(page, 'published')
    expect((await fetch(`${scene.portal.url}/l/${await idOf(page)}`)).status).toBe(200)
  }))

describe('a full device', () => {
  /** From now on nothing more fits. Chromium must not have looked yet: it believes for half a minute what it saw. */
  async function fill(page: Page): Promise<() => Promise<unknown>> {
    const { url: origin } = scene.portal
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
    return () => cdp.send('Storage.overrideQuotaForOrigin', { origin })
  }
  async function somethingKept(page: Page, words: string): Promise<void> {
    await openForm(page)
    await title(page).fill(words)
    await draftIs(page, 'saved')
  }

  it('says so; the words stay, and are saved by themselves once there is room', () =>
    withProfile(async (open) => {
      await somethingKept(await open(), '存储空间满之前写的')
      const page = await open()
      const empty = await fill(page)
      await openForm(page)
      await expect.poll(() => title(page).inputValue()).toBe('存储空间满之前写的')
      await text(page).fill('存储空间满了以后写的一段')
      await draftIs(page, 'failed')
      await notice(page, 'full').waitFor()
      expect(await text(page).inputValue()).toBe('存储空间满了以后写的一段')
      await empty()
      await draftIs(page, 'saved') // nobody types
      await notice(page, 'full').waitFor({ state: 'detached' })
      await page.context().routeWebSocket('**/sync', (socket) => socket.close()) // it can only come from this device
      await openForm(page)
      await expect.poll(() => text(page).inputValue()).toBe('存储空间满了以后写的一段')
    }))

  it('publishes all the same, and what the portal has comes back from there', () =>
    withProfile(async (open) => {
      await somethingKept(await open(), '先写一个字')
      const page = await open()
      const empty = await fill(page)
      await openForm(page)
      await fillListing(page, { title: '存储空间满了也发得出去' })
      await submit(page)
      await reach(page, 'published')
      await notice(page, 'full').waitFor()
      const id = await idOf(page)
      await empty()
      await page.goto('/me')
      await page.locator(`main [data-record="${id}"]`).first().waitFor()
    }))
})

describe('a database that is removed under the page', () => {
  it('is told; the form goes on, and after a reload all is there again from the portal', async () => {
    const { page, context } = await scene.somebody()
    await openForm(page)
    await title(page).fill('删库之前写的')
    await draftIs(page, 'saved')
    const other = await context.newPage()
    await other.goto('/about')
    const left = await other.evaluate(async () => {
      const rooms = (await indexedDB.databases()).map(({ name = '' }) => name).filter((name) => name.startsWith('xxg/'))
      const removed = (name: string) =>
        new Promise((resolve) => indexedDB.deleteDatabase(name).addEventListener('success', resolve))
      await Promise.all(rooms.map(removed))
      return (await indexedDB.databases()).map(({ name }) => name)
    })
    expect(left).toEqual(['xxg-keys'])
    await notice(page, 'gone').waitFor()
    expect(await title(page).inputValue()).toBe('删库之前写的')
    await text(page).fill('删库之后接着写的')
    await draftIs(page, 'failed')
    await allSent(page)
    await page.reload()
    await ready(page)
    await expect.poll(() => text(page).inputValue()).toBe('删库之后接着写的')
    expect(await title(page).inputValue()).toBe('删库之前写的')
    expect(await notice(page, 'gone').count()).toBe(0)
  })

  it('with everything else, key and all, leaves a page that still posts', async () => {
    const { page, context } = await scene.somebody()
    await openForm(page)
    await title(page).fill('清除之前写的')
    await draftIs(page, 'saved')
    await clear(await context.newCDPSession(page))
    await notice(page, 'gone').waitFor()
    await fillListing(page, { title: '清除以后照样发出去的' })
    await submit(page)
    await reach(page, 'published')
  })
})

it('cleared as browsers do after a week: the page says how to come back, and the twelve words bring all of it', async () => {
  const { page, context } = await scene.somebody()
  const id = await post(page, { title: '一周没来的人的书桌' })
  await openForm(page, '?new')
  await title(page).fill('一周前没写完的草稿')
  await draftIs(page, 'saved')
  const words = await wordsOf(page)
  await allSent(page)
  await page.goto('about:blank')
  await clear(await context.newCDPSession(page))
  await page.goto('/me')
  await page.locator('.key-card', { hasText: '也可以用 12 个词找回以前的钥匙' }).waitFor()
  expect(await page.locator('.drafts, main [data-record]').count()).toBe(0)
  await restore(page, words)
  await page.locator(`main [data-record="${id}"]`).first().waitFor()
  await expect.poll(() => page.locator('.drafts .name').allInnerTexts()).toEqual(['一周前没写完的草稿'])
})

describe('a tab that crashes', () => {
  const crash = async (page: Page): Promise<void> => {
    const cdp = await page.context().newCDPSession(page)
    const crashed = page.waitForEvent('crash')
    void cdp.send('Page.crash').catch(() => undefined)
    await crashed
  }

  it('while somebody types loses at most the last moment', async () => {
    const { page: first, context } = await scene.somebody()
    let page = first
    for (const round of ['一', '二', '三']) {
      await openForm(page)
      await title(page).fill(`第${round}回写好的标题`)
      await draftIs(page, 'saved')
      await text(page).fill(`第${round}回正在写的正文`)
      await crash(page)
      page = await context.newPage()
      await openForm(page)
      await expect.poll(() => title(page).inputValue()).toBe(`第${round}回写好的标题`)
    }
    await fillListing(page, { title: '崩溃三回以后发出的书桌' })
    await submit(page)
    await reach(page, 'published')
  })

  it('while a listing is signed and written leaves one listing, or its draft', async () => {
    const { page: first, context } = await scene.somebody()
    let page = first
    for (const pauseMs of [0, 20, 60, 150]) {
      await openForm(page, '?new')
      const words = `写到一半崩溃${pauseMs}`
      await fillListing(page, { title: words, price: String(200 + pauseMs) }) // the same thing twice would be refused
      await draftIs(page, 'saved')
      const form = new URL(page.url()).search
      await submit(page)
      await page.waitForTimeout(pauseMs)
      await crash(page)
      page = await context.newPage()
      await openForm(page, form)
      if ((await stateOf(page)) === 'draft') {
        await expect.poll(() => title(page).inputValue()).toBe(words)
        await submit(page)
      }
      await reach(page, 'published')
      await page.goto('/me')
      await expect.poll(() => page.locator('.owns h3', { hasText: words }).count()).toBe(1)
    }
  })
})

it('two tabs write one draft and nothing reaches the relay: what each wrote outlives both', async () => {
  const { page, context } = await scene.somebody()
  await context.routeWebSocket('**/sync', (socket) => socket.close())
  await openForm(page)
  await title(page).fill('头一个标签页')
  await draftIs(page, 'saved')
  const other = await context.newPage()
  await openForm(other, new URL(page.url()).search)
  await title(page).fill('头一个标签页写的标题')
  await text(other).fill('第二个标签页写的正文')
  await Promise.all([page.close({ runBeforeUnload: true }), other.close({ runBeforeUnload: true })])
  const next = await context.newPage()
  await openForm(next)
  await expect.poll(() => title(next).inputValue()).toBe('头一个标签页写的标题')
  expect(await text(next).inputValue()).toBe('第二个标签页写的正文')
})
