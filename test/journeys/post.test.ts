import { describe, expect, it } from 'vitest'
import { fillListing, idOf, post, reach, ready, restore, stateOf, submit, wordsOf } from './posting.ts'
import type { Person } from './browser.ts'
import { openScene } from './scene.ts'

const scene = openScene({ fresh: true })
const { somebody } = scene
const card = (id: string) => `[data-record="${id}"]`

/** Another browser that was given A's words and has A's listing. */
async function secondDevice(a: Person, id: string): Promise<Person> {
  const words = await wordsOf(a.page)
  const c = await somebody()
  await restore(c.page, words)
  await c.page
    .locator(`main ${card(id)}`)
    .first()
    .waitFor()
  return c
}

describe('a post', () => {
  it('in browser A is seen live in browser B, and its page is complete without JavaScript', async () => {
    const [a, b] = [await somebody(), await somebody(390)]
    await b.page.goto('/')
    await ready(b.page)
    const id = await post(a.page, { title: '九成新实木书桌，送台灯' })
    await b.page.locator(card(id)).first().waitFor() // no reload: it came over the room
    const plain = await scene.browser.newContext({ baseURL: scene.portal.url, javaScriptEnabled: false })
    const page = await plain.newPage()
    await page.goto(`/l/${id}`)
    expect(await page.locator('h1').innerText()).toBe('九成新实木书桌，送台灯')
    expect(await page.locator('main').innerText()).toContain('280')
    await plain.close()
  })

  it('written and edited while the relay is away is seen in B once it is back, once', async () => {
    const [a, b] = [await somebody(), await somebody()]
    await a.page.goto('/post')
    await ready(a.page)
    await scene.portal.stop()
    await fillListing(a.page, { title: '断网时写的书桌信息' })
    await submit(a.page)
    await reach(a.page, 'saved')
    expect(await stateOf(a.page)).toBe('saved') // and no further without a relay
    const id = await idOf(a.page)
    await scene.portal.start()
    await reach(a.page, 'published')
    await b.page.goto('/c/goods')
    expect(await b.page.locator(`main ${card(id)}`).count()).toBe(1)
    expect(await b.page.locator('main').innerText()).toContain('断网时写的书桌信息')
  })

  it('shown as stored is there after the server was killed at that moment', async () => {
    const a = await somebody()
    const id = await post(a.page, { title: '拔掉电源也还在的书桌' }, 'stored')
    await scene.portal.kill()
    await scene.portal.start()
    const b = await somebody()
    await expect.poll(async () => (await b.page.goto(`/l/${id}`))?.status()).toBe(200)
    expect(await b.page.locator('h1').innerText()).toBe('拔掉电源也还在的书桌')
  })

  it('is refused by its rule, and every word stays in the form', async () => {
    const a = await somebody()
    await a.page.goto('/post')
    await ready(a.page)
    await fillListing(a.page, { title: '出电动' })
    await submit(a.page)
    await a.page.locator('[name="title"][aria-invalid="true"]').waitFor()
    expect(await a.page.locator('[name="title"]').inputValue()).toBe('出电动')
    expect(await a.page.locator('[name="text"]').inputValue()).toContain('实木书桌')
    expect(await stateOf(a.page)).toBe('draft')
  })

  it('with markup in every field is only ever text', async () => {
    const a = await somebody()
    let fired = false
    await a.page.exposeFunction('fired', () => (fired = true))
    const attack = '<img src=x onerror=fired()>'
    const id = await post(a.page, { title: attack, text: `${attack}<script>fired()</script>"><svg onload=fired()>` })
    for (const path of ['/', '/c/goods', `/l/${id}`, '/me', `/search?q=${encodeURIComponent('img')}`]) {
      await a.page.goto(path)
      await ready(a.page)
      expect(await a.page.locator('img[src="x"], main script:not([type]):has-text("fired")').count()).toBe(0)
    }
    expect(fired).toBe(false)
  })
})

describe('a key', () => {
  it('comes back from its words in another browser, and edits the listing there', async () => {
    const a = await somebody()
    const id = await post(a.page, { title: '用助记词找回的书桌' })
    const c = await secondDevice(a, id)
    await c.page.goto(`/post?edit=${id}`)
    await ready(c.page)
    await expect.poll(() => c.page.locator('[name="title"]').inputValue()).toBe('用助记词找回的书桌')
    await c.page.locator('[name="title"]').fill('换了手机也能改的书桌')
    await submit(c.page)
    await reach(c.page, 'published')
    await expect
      .poll(async () => (await c.page.goto(`/l/${id}`), c.page.locator('h1').innerText()))
      .toBe('换了手机也能改的书桌')
  })
})

describe('two writers', () => {
  it('two tabs share one draft, field by field', async () => {
    const a = await somebody()
    const other = await a.context.newPage()
    await a.page.goto('/post')
    await ready(a.page)
    await a.page.locator('[name="title"]').fill('两个标签页写的同一份草稿')
    await a.page.locator('[data-draft="saved"]').waitFor()
    await other.goto('/post')
    await ready(other)
    await expect.poll(() => other.locator('[name="title"]').inputValue()).toBe('两个标签页写的同一份草稿')
    await other.locator('[name="text"]').fill('这一句是在另一个标签页里写的，两边都要看得到。')
    await expect.poll(() => a.page.locator('[name="text"]').inputValue()).toContain('另一个标签页')
    expect(await a.page.locator('[name="title"]').inputValue()).toBe('两个标签页写的同一份草稿')
  })

  it('two devices edit one listing offline: one version counts everywhere, and the other device is shown both', async () => {
    const a = await somebody()
    const id = await post(a.page, { title: '两台设备同时改的书桌' })
    const c = await secondDevice(a, id)
    for (const { page } of [a, c]) {
      await page.goto(`/post?edit=${id}`)
      await ready(page)
      await expect.poll(() => page.locator('[name="title"]').inputValue()).toBe('两台设备同时改的书桌')
    }
    await scene.portal.stop()
    await a.page.locator('[name="title"]').fill('甲设备离线改的标题')
    await submit(a.page)
    await reach(a.page, 'saved')
    await c.page.locator('[name="title"]').fill('乙设备离线改的标题')
    await submit(c.page)
    await reach(c.page, 'saved')
    await scene.portal.start()
    await expect.poll(async () => (await fetch(`${scene.portal.url}/l/${id}`)).text()).toContain('乙设备离线改的标题') // signed later
    await expect.poll(() => a.page.locator('[data-hash] h3').allInnerTexts()).toHaveLength(2)
    const both = await a.page.locator('[data-hash] h3').allInnerTexts()
    expect(both.toSorted()).toEqual(['乙设备离线改的标题', '甲设备离线改的标题'])
  })

  it('three edits made offline are shown as stored only when all three are on the disk', async () => {
    const a = await somebody()
    await a.page.goto('/post')
    await ready(a.page)
    await scene.portal.stop()
    await fillListing(a.page, { title: '离线第一次写的标题' })
    await submit(a.page)
    await reach(a.page, 'saved')
    const id = await idOf(a.page)
    for (const title of ['离线第二次写的标题', '离线第三次写的标题']) {
      await ready(a.page)
      await a.page.locator('[name="title"]').fill(title)
      await submit(a.page)
      await expect.poll(() => stateOf(a.page)).toBe('saved')
    }
    await scene.portal.start()
    await reach(a.page, 'stored')
    await scene.portal.kill() // at the moment it says so
    await scene.portal.start()
    await expect.poll(async () => (await fetch(`${scene.portal.url}/l/${id}`)).text()).toContain('离线第三次写的标题')
  })
})
