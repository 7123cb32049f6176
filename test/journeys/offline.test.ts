/** The site without a network. The server is really stopped: the browser's own offline switch leaves the service worker connected. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { openProfile } from './browser.ts'
import { fillListing, idOf, post, reach, ready, submit } from './posting.ts'
import { startProxy } from './proxy.ts'
import { openScene } from './scene.ts'

const scene = openScene({ fresh: true })
const { somebody } = scene

/** The addresses of all pages this browser keeps. */
const keptIn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const caches = await Promise.all((await globalThis.caches.keys()).map((name) => globalThis.caches.open(name)))
    return (await Promise.all(caches.map((cache) => cache.keys()))).flat().map(({ url }) => new URL(url).pathname)
  })

/** The last of what is fetched in the background is here. */
const settled = (page: Page): Promise<void> =>
  expect
    .poll(() => keptIn(page))
    .toEqual(expect.arrayContaining(['/', '/guides', '/guides/rent-a-home', '/rules', '/phones', '/post', '/me']))

const heading = (page: Page): Promise<string> => page.locator('h1').first().innerText()
const mark = (page: Page) => page.locator('[data-saved-copy]')

describe('with the server stopped', () => {
  it('a guide that was never opened can be read, with and without the slash', async () => {
    const { page } = await somebody()
    await page.goto('/about')
    await settled(page)
    await scene.portal.stop()
    for (const path of ['/guides/rent-a-home', '/guides/rent-a-home/']) {
      expect((await page.goto(path))?.status()).toBe(200)
      expect(await page.locator('article, main').first().innerText()).toContain('押金')
      expect(await mark(page).isVisible()).toBe(true)
    }
  })

  it.each([
    ['en', 'This page is not on this device', 'Post free'],
    ['zh-hant', '這一頁還沒存在本機', '免費發布'],
  ])(
    'a reader in /%s has the pages of that language, the scripts that speak it and its offline page',
    async (folder, gone, form) => {
      const { page } = await somebody()
      await page.goto(`/${folder}/about`)
      await expect
        .poll(() => keptIn(page))
        .toEqual(
          expect.arrayContaining(
            ['', '/guides', '/rules', '/post', '/me', '/search'].map((path) => `/${folder}${path}`),
          ),
        )
      await expect.poll(async () => (await keptIn(page)).join(' ')).toContain(`/_a/${folder}/PostForm.`)
      await scene.portal.stop()
      await page.goto(`/${folder}/rules`)
      expect(await page.locator('html').getAttribute('lang')).toMatch(new RegExp(folder, 'i'))
      await page.goto(`/${folder}/post`)
      await ready(page)
      expect(await heading(page)).toBe(form)
      await page.goto(`/${folder}/c/jobs`)
      expect(await heading(page)).toBe(gone)
    },
  )

  it('the very first page ever opened is there again, marked as a saved copy with its time', async () => {
    const author = await somebody()
    const id = await post(author.page, { title: '断网也想再看一眼的书桌' })
    const { page } = await somebody()
    await page.goto(`/l/${id}`)
    await settled(page)
    expect(await mark(page).isVisible()).toBe(false)
    await scene.portal.stop()
    await page.goto(`/l/${id}`)
    expect(await heading(page)).toBe('断网也想再看一眼的书桌')
    expect(await mark(page).isVisible()).toBe(true)
    const savedAt = await mark(page).locator('time').getAttribute('datetime')
    expect(Math.abs(Date.parse(savedAt ?? '') - Date.now())).toBeLessThan(60_000)
    await scene.portal.start()
    await page.reload()
    expect(await mark(page).isVisible()).toBe(false)
  })

  it('a page never opened gives way to what can be read here, and opens once the server is back', async () => {
    const author = await somebody()
    const seen = await post(author.page, { title: '看过的书桌 <b>&amp;' })
    const other = await post(author.page, { title: '没看过的那张书桌' })
    const { page } = await somebody()
    await page.goto('/')
    await settled(page)
    await page.goto(`/l/${seen}`)
    await scene.portal.stop()
    await page.goto(`/l/${other}`)
    await page.locator('[data-kept="pages"] .name').first().waitFor()
    expect(await page.locator('[data-kept="pages"] .name').allInnerTexts()).toContain('看过的书桌 <b>&amp;')
    expect(await page.locator('[data-kept="guides"] a').count()).toBeGreaterThanOrEqual(8)
    await page.locator(`[data-kept="pages"] a[href="/l/${seen}"]`).click()
    await expect.poll(() => heading(page)).toBe('看过的书桌 <b>&amp;')
    await page.goBack()
    await scene.portal.start()
    await page.locator('.blank a').click()
    await expect.poll(() => heading(page)).toBe('没看过的那张书桌')
  })

  it('a page that was not there is not kept as one, and one that goes is no longer kept', async () => {
    const { page } = await somebody()
    await page.goto('/')
    await settled(page)
    expect((await page.goto('/l/aaaaaaaaaaaaaaaaaaaaaaaaaa'))?.status()).toBe(404)
    await page.evaluate(async () => {
      const copy = await caches.match('/')
      if (copy) await (await caches.open('seen')).put('/l/bbbbbbbbbbbbbbbbbbbbbbbbbb', copy) // as if it had been there
    })
    expect((await page.goto('/l/bbbbbbbbbbbbbbbbbbbbbbbbbb'))?.status()).toBe(404)
    const kept = await keptIn(page)
    expect(kept.filter((path) => path.startsWith('/l/'))).toEqual([])
    expect(kept.filter((path) => /^\/(contact|healthz|sync|metrics|rooms)/.test(path))).toEqual([])
  })

  it('of pages that were seen the two hundred newest are kept', async () => {
    const { page } = await somebody()
    await page.goto('/')
    await settled(page)
    await page.evaluate(async () => {
      const [seen, copy] = [await caches.open('seen'), await caches.match('/')]
      for (let n = 0; n < 220 && copy; n++) await seen.put(`/l/seen-${n}`, copy.clone())
    })
    await page.goto('/c/jobs')
    const seen = () => page.evaluate(async () => (await (await caches.open('seen')).keys()).map(({ url }) => url))
    await expect.poll(async () => (await seen()).length).toBe(200)
    expect((await seen()).at(-1)).toMatch(/\/c\/jobs$/)
    expect((await seen()).filter((url) => /seen-1?\d$/.test(url))).toEqual([]) // the first twenty
  })

  it('search opens with the words that were asked, and finds guides in a small town that was kept when search was opened', async () => {
    const { page } = await somebody()
    await page.goto('/about')
    await settled(page)
    await page.goto('/search')
    await page.locator('[data-pack="kept"]').waitFor()
    await scene.portal.stop()
    await page.goto(`/search?q=${encodeURIComponent('租房')}`)
    await page.locator('main a[href="/guides/rent-a-home"]').first().waitFor()
    expect(await page.locator('main input[type="search"]').inputValue()).toBe('租房')
  })

  it('search that was never opened says that nothing of the town is here, and answers once the server is back', async () => {
    const { page } = await somebody()
    await page.goto('/about')
    await settled(page)
    await scene.portal.stop()
    await page.goto(`/search?q=${encodeURIComponent('租房')}`)
    await page.getByText('暂时搜不了').first().waitFor()
    await scene.portal.start()
    await page.locator('main a[href="/guides/rent-a-home"]').first().waitFor()
  })

  it('a listing is written after a reload, survives the closing of the browser, and arrives when the server is back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portal-profile-'))
    try {
      let context = await openProfile(folder, scene.portal.url)
      let page = await context.newPage()
      await page.goto('/about') // the form was never opened here
      await settled(page)
      await scene.portal.stop()
      await page.goto('/post')
      await page.reload()
      await ready(page)
      await fillListing(page, { title: '断网重开之后写的书桌' })
      await submit(page)
      await reach(page, 'saved')
      const id = await idOf(page)
      await context.close()
      context = await openProfile(folder, scene.portal.url)
      page = await context.newPage()
      await page.goto('/me')
      await page.locator(`main [data-record="${id}"]`).first().waitFor()
      await scene.portal.start()
      const { page: other } = await somebody()
      await expect.poll(async () => (await other.goto(`/l/${id}`))?.status()).toBe(200)
      expect(await heading(other)).toBe('断网重开之后写的书桌')
      await context.close()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('behind a proxy', () => {
  it('a network that takes the question and never answers is not waited for', async () => {
    const proxy = await startProxy(scene.portal.url)
    const { page } = await somebody(undefined, proxy.url)
    await page.goto('/about')
    await settled(page)
    proxy.hang()
    expect((await page.goto('/guides/rent-a-home', { waitUntil: 'commit' }))?.status()).toBe(200)
    await mark(page).waitFor()
    await proxy.close()
  })

  it('a bad gateway counts as no network', async () => {
    const proxy = await startProxy(scene.portal.url)
    const { page } = await somebody(undefined, proxy.url)
    await page.goto('/about')
    await settled(page)
    await scene.portal.stop()
    expect((await page.goto('/guides/rent-a-home'))?.status()).toBe(200)
    expect(await mark(page).isVisible()).toBe(true)
    await page.goto('/l/aaaaaaaaaaaaaaaaaaaaaaaaaa')
    await page.locator('[data-kept="guides"] a').first().waitFor()
    await proxy.close()
  })

  it('a new version waits for a tap, and for the words in a form', async () => {
    const proxy = await startProxy(scene.portal.url)
    const { page } = await somebody(undefined, proxy.url)
    await page.goto('/post')
    await settled(page)
    await ready(page)
    await page.locator('[name="title"]').fill('写到一半的标题')
    proxy.release()
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
    await page.locator('[data-new-version]').waitFor()
    await page.locator('[data-act="load"]').click()
    await page.locator('[data-new-version][data-held]').waitFor()
    expect(await page.locator('[name="title"]').inputValue()).toBe('写到一半的标题')
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null)).toBe(true)

    await page.goto('/about')
    await page.evaluate(async () => {
      Object.assign(globalThis, { isOld: true })
      await (await caches.open('shell')).put('/_a/earlier.0000.css', new Response('a {}')) // a file only saved copies ask for
    })
    await page.locator('[data-act="load"]').click()
    await page.waitForFunction(() => !('isOld' in globalThis)) // the old worker ends its work first
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting === null)
    expect(await page.locator('[data-new-version]').isVisible()).toBe(false)
    expect(await page.evaluate(async () => (await fetch('/_a/earlier.0000.css')).text())).toBe('a {}')
    await proxy.close()
  })
})
