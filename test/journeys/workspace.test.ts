/** The private workspace: its words are on no disk but sealed, and on all devices of the person. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { signerOf } from '#domain/identity.ts'
import { meOf, shelfOf } from '#domain/room.ts'
import { openAs } from './client.ts'
import { wordsInBrowser, wordsOnRelay } from './on-disk.ts'
import { until } from './patience.ts'
import { post, ready, restore, wordsOf } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ fresh: true })
const title = (page: Page) => page.locator('[name="title"]')
const text = (page: Page) => page.locator('[name="text"]')
const allSent = (page: Page) =>
  page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith('xxg-unsent')))

async function openForm(page: Page, query = ''): Promise<void> {
  await page.goto(`/post${query}`)
  await ready(page)
}
async function type(page: Page, words: string): Promise<void> {
  await title(page).fill(words)
  await page.locator('[data-draft="saved"]').waitFor()
}
/** Another browser of the same person. */
async function secondDevice(words: string): Promise<Page> {
  const { page } = await scene.somebody()
  await restore(page, words)
  await page.locator('[data-did]').waitFor()
  return page
}

const plainName = 'xxg/local/me'
/** As a browser kept drafts before they were sealed. */
async function plantPlainDraft(page: Page, words: string): Promise<void> {
  const doc = new Y.Doc()
  doc.getMap('drafts').set('0011223344556677/title', words)
  doc.getMap('drafts').set('0011223344556677/.at', '1795000000000')
  const planted = { name: plainName, row: [...Y.encodeStateAsUpdate(doc)] }
  await page.evaluate(
    ({ name, row }) =>
      new Promise<void>((resolve) => {
        const request = indexedDB.open(name)
        request.addEventListener('upgradeneeded', () => {
          request.result.createObjectStore('updates', { autoIncrement: true }).add(Uint8Array.from(row))
          request.result.createObjectStore('custom')
        })
        request.addEventListener('success', () => {
          request.result.close()
          resolve()
        })
      }),
    planted,
  )
}
const hasPlain = (page: Page) =>
  page.evaluate(async (of) => (await indexedDB.databases()).some(({ name }) => name === of), plainName)

describe('the words of a draft', () => {
  it('lie neither in the browser nor at the relay; those of a listing, which is public, lie in both', async () => {
    const { page } = await scene.somebody()
    await post(page, { title: '人人可看的一张书桌' })
    await openForm(page, '?new')
    await type(page, '只给自己看的半句话')
    await text(page).fill('还没想好怎么说的一段')
    await page.goto('/post') // at once: what was typed last is kept all the same
    await ready(page)
    await expect.poll(() => text(page).inputValue()).toBe('还没想好怎么说的一段')
    await allSent(page)
    const words = ['人人可看的一张书桌', '只给自己看的半句话', '还没想好怎么说的一段']
    expect(await wordsInBrowser(page, words)).toEqual(words.slice(0, 1))
    expect(wordsOnRelay(scene.portal.dataDir, words)).toEqual(words.slice(0, 1))
  })

  it('that an older version kept as they were are sealed, and then are nowhere else', async () => {
    const { page } = await scene.somebody()
    await page.goto('/about')
    await plantPlainDraft(page, '从前没有封好的草稿')
    expect(await wordsInBrowser(page, ['从前没有封好的草稿'])).toHaveLength(1)
    await openForm(page)
    expect(await title(page).inputValue()).toBe('从前没有封好的草稿')
    await expect.poll(() => hasPlain(page)).toBe(false)
    expect(await wordsInBrowser(page, ['从前没有封好的草稿'])).toEqual([])
    await page.reload()
    await ready(page)
    expect(await title(page).inputValue()).toBe('从前没有封好的草稿')
  })

  it('typed in the last moment before the page goes are there when it comes back', async () => {
    const { page, context } = await scene.somebody()
    await openForm(page)
    await type(page, '最后一刻')
    for (const leave of [() => page.goto('/about'), () => page.reload(), () => page.close({ runBeforeUnload: true })]) {
      const now = page.isClosed() ? await context.newPage() : page
      await openForm(now)
      const words = `${await title(now).inputValue()}又写`
      await title(now).fill(words)
      await leave()
      const next = await context.newPage()
      await openForm(next)
      await expect.poll(() => title(next).inputValue()).toBe(words)
      await next.close()
    }
  })
})

describe('two devices of one person', () => {
  it('share a draft, live and after both wrote without a network', async () => {
    const a = (await scene.somebody()).page
    await openForm(a)
    await type(a, '在电脑上开的头')
    await allSent(a)
    const c = await secondDevice(await wordsOf(a))
    await c.locator('.drafts [data-draft]').waitFor()
    expect(await c.locator('.drafts .name').innerText()).toBe('在电脑上开的头')
    for (const page of [a, c]) {
      await openForm(page)
      await expect.poll(() => title(page).inputValue()).toBe('在电脑上开的头')
    }
    await title(c).fill('在手机上接着写')
    await expect.poll(() => title(a).inputValue()).toBe('在手机上接着写')
    await scene.portal.stop()
    await type(a, '电脑上断网改的')
    await text(c).fill('手机上断网写的一段正文')
    await c.locator('[data-draft="saved"]').waitFor()
    await scene.portal.start()
    for (const page of [a, c]) {
      await expect.poll(() => text(page).inputValue()).toBe('手机上断网写的一段正文')
      await expect.poll(() => title(page).inputValue()).toBe('电脑上断网改的')
    }
  })

  it('have the same letters, as they were chosen last on either', async () => {
    const a = (await scene.somebody()).page
    await openForm(a)
    await type(a, '字大一点的草稿')
    await allSent(a)
    const c = await secondDevice(await wordsOf(a))
    const size = (page: Page) => page.locator('html').getAttribute('data-text')
    for (const [chooser, other, wanted] of [
      [a, c, 'large'],
      [c, a, 'plain'],
    ] as const) {
      await chooser.locator('[data-letters]').click()
      await chooser.goto('/me')
      await other.goto('/me')
      await expect.poll(() => size(other)).toBe(wanted)
      expect(await other.locator('[data-letters]').getAttribute('aria-pressed')).toBe(String(wanted === 'large'))
      expect(await size(chooser)).toBe(wanted)
    }
  })

  it('have nothing of another key that was used there before, and it is back with that key', async () => {
    const a = (await scene.somebody()).page
    await openForm(a)
    await type(a, '甲的草稿')
    const [mine, b] = [await wordsOf(a), (await scene.somebody()).page]
    await openForm(b)
    await type(b, '乙的草稿')
    await allSent(b)
    const theirs = await wordsOf(b)
    const change = async (words: string) => {
      await a.goto('/me')
      await a.locator('button', { hasText: '用 12 个词找回钥匙' }).click()
      await a.locator('textarea[name="words"]').fill(words)
      await a.locator('[data-act="restore"]').click()
      const loaded = a.waitForEvent('load')
      await a.locator('[data-act="replace"]').click()
      await loaded
      await a.locator('.drafts .name').first().waitFor()
      return a.locator('.drafts .name').allInnerTexts()
    }
    expect(await change(theirs)).toEqual(['乙的草稿'])
    await allSent(b)
    expect(await b.locator('.drafts .name').allInnerTexts()).toEqual(['乙的草稿'])
    expect(await change(mine)).toEqual(['甲的草稿'])
  })
})

it('a long draft of somebody new stays within what a newcomer may store, and leaves room to publish', async () => {
  const signer = await signerOf(crypto.getRandomValues(new Uint8Array(16)), 'person')
  const [me, shelf] = [meOf(signer.did), shelfOf(signer.did)].map((room) => openAs(scene.portal.url, room, signer))
  await until('both joined', () => me?.synced() === true && shelf?.synced() === true)
  for (let second = 0; second < 150; second++) {
    me?.doc.getMap('entries').set('a page', crypto.getRandomValues(new Uint8Array(1500))) // 225 kB in all
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  shelf?.doc.getMap('records').set('x/y', 'z'.repeat(3000))
  await until('all is stored', () => me?.unsynced() === 0 && shelf?.unsynced() === 0)
  const refused = [me, shelf].flatMap((client) => client?.said.filter(({ code }) => code === 'key-full') ?? [])
  expect(refused).toEqual([])
  me?.close()
  shelf?.close()
})
