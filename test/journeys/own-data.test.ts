/** One's own data as one signed file: taken along with its photos, looked at, brought into another device and another portal, and taken back. */
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { openBundle } from '#domain/bundle.ts'
import { aCameraPhoto } from '../fixtures/photos.ts'
import { aPerson } from './browser.ts'
import { fillListing, idOf, post, reach, ready, restore, submit, wordsOf } from './posting.ts'
import { startPortal } from './portal.ts'
import { openScene } from './scene.ts'

const scene = openScene({ fresh: true })

async function saveFile(page: Page): Promise<string> {
  await page.goto('/data')
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('[data-act="export"]').click()])
  await page.locator('[data-take="done"]').waitFor()
  return readFileSync(await file.path(), 'utf8')
}
const give = async (page: Page, text: string): Promise<void> => {
  await page.goto('/data')
  await page
    .locator('#bring-file')
    .setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(text) })
}
const waitFor = (page: Page, state: string) => page.locator(`[data-bring="${state}"]`).waitFor()

async function postWithPhoto(page: Page, title: string): Promise<string> {
  await page.goto('/post')
  await ready(page)
  await page.locator('#post-photos').waitFor({ state: 'attached' })
  await page.locator('#post-photos').setInputFiles({
    name: 'table.jpg',
    mimeType: 'image/jpeg',
    buffer: await aCameraPhoto('#c22', 1200, 900),
  })
  await page.locator('[data-photos="1"][data-working="0"]').waitFor()
  await fillListing(page, { title })
  await page.locator('[name="contactValue"]').fill('13800000000')
  await submit(page)
  await reach(page, 'published')
  await page.locator('[data-photos-sent="1"][data-photos-all="1"]').waitFor({ state: 'attached' })
  return idOf(page)
}

it('goes to a portal that has nothing of it: records as they were signed, with photo and contact, and only once', async () => {
  const { page } = await scene.somebody(390)
  const id = await postWithPhoto(page, '带到别处去的书桌')
  const words = await wordsOf(page)
  const text = await saveFile(page)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  const bundle = await openBundle(text)
  expect(bundle.ok && [bundle.value.photos.size, bundle.value.missing]).toEqual([1, []])

  const other = await startPortal() // an empty folder: what the first portal has, it has not
  try {
    const there = await aPerson(scene.browser, other.url, 1280)
    await restore(there.page, words)
    await there.page.locator('[data-act="show-words"]').waitFor()
    await give(there.page, text)
    await there.page.locator('[data-plan="2"]').waitFor()
    expect(await there.page.locator('[data-action="put"]').count()).toBe(2)
    expect((await new AxeBuilder({ page: there.page }).analyze()).violations).toEqual([])
    await there.page.locator('[data-act="import"]').click()
    await there.page.locator('[data-published="1"]').waitFor()
    const listing = await there.context.newPage()
    await listing.goto(`/l/${id}`)
    await listing.getByText('带到别处去的书桌').first().waitFor()
    await expect
      .poll(() =>
        listing.locator('.gallery img').evaluate((one: HTMLImageElement) =>
          one.decode().then(
            () => one.naturalWidth,
            () => 0,
          ),
        ),
      )
      .toBeGreaterThan(0)
    const contact = await fetch(`${other.url}/contact/${id}`, {
      method: 'POST',
      headers: { accept: 'application/json' },
    })
    expect(await contact.text()).toContain('13800000000')

    await give(there.page, text)
    await there.page.locator('[data-plan="0"]').waitFor() // all of it is here
    expect(there.faults).toEqual([])
    await there.context.close()
  } finally {
    await other.remove()
  }
})

it('is brought in without a network and goes out later; "take back" withdraws what came', async () => {
  const { page } = await scene.somebody()
  const id = await post(page, { title: '没有网也带得来的书桌' })
  const words = await wordsOf(page)
  const text = await saveFile(page)
  const other = await startPortal()
  try {
    const there = await aPerson(scene.browser, other.url, 390)
    await restore(there.page, words)
    await there.page.locator('[data-act="show-words"]').waitFor()
    await there.page.goto('/data')
    await there.page.locator('#bring-file').waitFor()
    await there.page.evaluate(() => Promise.allSettled([navigator.serviceWorker.ready]))
    await give(there.page, text)
    await there.page.locator('[data-plan="2"]').waitFor()
    await other.stop()
    await there.page.locator('[data-act="import"]').click()
    await waitFor(there.page, 'brought')
    expect(await there.page.locator('[data-published]').getAttribute('data-published')).toBe('0')
    await other.start()
    await there.page.locator('[data-published="1"]').waitFor()
    await there.page.locator('[data-act="undo-import"]').click()
    await waitFor(there.page, 'undone')
    await expect.poll(async () => (await (await fetch(`${other.url}/c/goods`)).text()).includes(id)).toBe(false)
    await there.context.close()
  } finally {
    await other.remove()
  }
})

it('what a file brought can be taken back after a reload; what cannot be kept or fetched is told in a sentence', async () => {
  const { page } = await scene.somebody()
  const id = await post(page, { title: '带来又不要了的书桌' })
  const words = await wordsOf(page)
  const text = await saveFile(page)
  const other = await startPortal()
  try {
    const there = await aPerson(scene.browser, other.url, 390)
    await restore(there.page, words)
    await there.page.locator('[data-act="show-words"]').waitFor()
    await give(there.page, text)
    await there.page.locator('[data-act="import"]').click()
    await there.page.locator('[data-published="1"]').waitFor()
    await there.page.reload()
    await waitFor(there.page, 'noted')
    expect(await there.page.locator('.bring').innerText()).toMatch(
      /带来的内容（1 条信息和其他）还可以撤回[\s\S]*一周之内/,
    )
    expect((await new AxeBuilder({ page: there.page }).analyze()).violations).toEqual([])
    await there.page.locator('[data-act="undo-import"]').click()
    await waitFor(there.page, 'undone')
    await expect.poll(async () => (await (await fetch(`${other.url}/c/goods`)).text()).includes(id)).toBe(false)
    await there.page.reload()
    await there.page.locator('#bring-file').waitFor()
    await waitFor(there.page, 'idle') // nothing is left to take back

    const bare = await aPerson(scene.browser, other.url) // its databases are taken away under the page
    await restore(bare.page, words)
    await bare.page.locator('[data-act="show-words"]').waitFor()
    await give(bare.page, text)
    await bare.page.locator('[data-plan]').waitFor()
    await removeRooms(await bare.context.newPage())
    await bare.page.locator('[data-act="import"]').click()
    await waitFor(bare.page, 'broken')
    await bare.page.getByText('没有全部带来：这台设备没能签名或存下').waitFor()
    await bare.page.locator('[data-act="undo-import"]').click()
    await bare.page.getByText('这台设备没能存下这次撤回').waitFor()
    expect((await new AxeBuilder({ page: bare.page }).analyze()).violations).toEqual([])

    const cut = await aPerson(scene.browser, other.url)
    await cut.page.route(/_a.*\/bringing\./, (route) => route.abort())
    await give(cut.page, text)
    await cut.page.getByText('这一页的程序没有取到').waitFor()
    for (const { context } of [there, bare, cut]) await context.close()
  } finally {
    await other.remove()
  }
})

/** As a person who clears the site's data while a page of it is open. */
async function removeRooms(page: Page): Promise<void> {
  await page.goto('/about')
  await page.evaluate(async () => {
    const rooms = (await indexedDB.databases()).map(({ name = '' }) => name).filter((name) => name.startsWith('xxg/'))
    const removed = (name: string) =>
      new Promise((resolve) => indexedDB.deleteDatabase(name).addEventListener('success', resolve))
    await Promise.all(rooms.map(removed))
  })
}

it('a file that was changed, cut or is another one is refused in words, and nothing comes', async () => {
  const { page } = await scene.somebody()
  await post(page, { title: '文件坏了的书桌' })
  const text = await saveFile(page)
  const visitor = await scene.somebody(390)
  for (const [damaged, fault] of [
    [text.replace('文件坏了的书桌', '文件改了的书桌'), 'bad-signature'],
    [text.slice(0, text.length / 2), 'not-bundle'],
    ['{"type":"something"}', 'not-bundle'],
  ] as const) {
    await give(visitor.page, damaged)
    await visitor.page.locator(`[data-fault="${fault}"]`).waitFor()
  }
  expect((await new AxeBuilder({ page: visitor.page }).analyze()).violations).toEqual([])
  await give(visitor.page, text)
  await visitor.page.locator('[data-other-key]').waitFor()
  expect(await visitor.page.locator('[data-action="draft"]').count()).toBe(1)
  await visitor.page.locator('[data-act="import"]').click()
  await waitFor(visitor.page, 'brought')
  await visitor.page.goto('/me')
  await visitor.page.getByText('文件坏了的书桌').first().waitFor()
})
