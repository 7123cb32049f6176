/** The portal as an app: what Chromium says of its manifest, its pictures, and what is shared to it. */
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { aCameraPhoto } from '../fixtures/photos.ts'
import { ready } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene()

interface Manifest {
  readonly icons: readonly { src: string; sizes: string; purpose: string }[]
  readonly shortcuts: readonly { url: string }[]
  readonly screenshots: readonly { src: string; sizes: string }[]
}
const manifestOf = async () => (await (await fetch(`${scene.portal.url}/manifest.webmanifest`)).json()) as Manifest
const sizeOf = async (src: string) => {
  const { width, height } = await sharp(await (await fetch(`${scene.portal.url}${src}`)).arrayBuffer()).metadata()
  return `${width}x${height}`
}

describe('the app', () => {
  it('can be installed: Chromium has nothing against it', async () => {
    const { page, context } = await scene.somebody()
    await page.goto('/')
    const session = await context.newCDPSession(page)
    const { errors } = await session.send('Page.getAppManifest')
    expect(errors).toEqual([])
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]) // people of a test browse privately
  })

  it('has every picture it names, in the size it says, with some that may be cut to any shape', async () => {
    const { icons, screenshots } = await manifestOf()
    for (const { src, sizes } of [...icons, ...screenshots]) expect([src, await sizeOf(src)]).toEqual([src, sizes])
    expect(new Set(icons.map(({ purpose }) => purpose))).toEqual(new Set(['any', 'maskable']))
  })

  it('leads to posting, searching and one’s own listings from the launcher', async () => {
    const { shortcuts } = await manifestOf()
    expect(shortcuts.map(({ url }) => url)).toEqual(['/post', '/search', '/me'])
    for (const { url } of shortcuts) expect((await fetch(`${scene.portal.url}${url}`)).status).toBe(200)
  })

  it('opens the form filled with what was shared, once', async () => {
    const { page } = await scene.somebody(390)
    const shared = new URLSearchParams({
      title: '转让实木书桌',
      text: '桌面一米四，两处浅划痕。',
      url: 'https://example.org/desk',
    })
    await page.goto(`/post?${shared}`)
    await ready(page)
    const title = page.locator('[name="title"]')
    expect(await title.inputValue()).toBe('转让实木书桌')
    expect(await page.locator('[name="text"]').inputValue()).toBe('桌面一米四，两处浅划痕。\nhttps://example.org/desk')
    expect(new URL(page.url()).searchParams.has('title')).toBe(false)
    await page.locator('[data-draft="saved"]').waitFor()
    await page.goto('/post') // begins no second draft: it goes on with the one that was shared
    await ready(page)
    expect(await title.inputValue()).toBe('转让实木书桌')
  })

  it('takes words and photos that another app shares, on this device, and opens the form with them', async () => {
    const { page } = await scene.somebody(390)
    const asked: string[] = []
    page.context().on('request', (request) => void (request.serviceWorker() && asked.push(request.url())))
    await page.goto('/')
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.reload() // now the service worker answers
    await share(page, {
      title: '转让儿童自行车',
      text: '十六寸，刹车新换过。',
      photos: [await aCameraPhoto('#2a2', 900, 600), await aCameraPhoto('#c22', 900, 600)],
    })
    await ready(page)
    await page.locator('[data-photos="2"][data-working="0"]').waitFor()
    expect(await page.locator('[name="title"]').inputValue()).toBe('转让儿童自行车')
    expect(await page.locator('[name="text"]').inputValue()).toBe('十六寸，刹车新换过。')
    expect(decodeURIComponent(asked.join())).not.toContain('自行车') // no word in an address
    await page.locator('[data-draft="saved"]').waitFor()
    await page.reload() // it is a draft like any other, begun once
    await ready(page)
    await page.locator('[data-photos="2"]').waitFor()
    expect(await page.locator('[name="title"]').inputValue()).toBe('转让儿童自行车')
  })

  it('without a service worker takes the words, and says that photos have to be chosen again', async () => {
    const context = await scene.browser.newContext({ baseURL: scene.portal.url, serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.goto('/')
    await share(page, { title: '转让儿童自行车', text: '十六寸', photos: [await aCameraPhoto('#2a2', 900, 600)] })
    await ready(page)
    expect(await page.locator('[name="title"]').inputValue()).toBe('转让儿童自行车')
    await page.locator('.photos [role="alert"]').waitFor()
    await context.close()
  })

  it('names the share target in the manifest as it is answered', async () => {
    const { share_target } = (await (await fetch(`${scene.portal.url}/manifest.webmanifest`)).json()) as {
      share_target: unknown
    }
    expect(share_target).toEqual({
      action: '/post',
      method: 'POST',
      enctype: 'multipart/form-data',
      params: { title: 'title', text: 'text', url: 'url', files: [{ name: 'photos', accept: ['image/*'] }] },
    })
  })
})

/** As the system does it: a form sent by a navigation. */
async function share(
  page: Page,
  { title, text, photos }: { title: string; text: string; photos: readonly Buffer[] },
): Promise<void> {
  const files = photos.map((photo) => photo.toString('base64'))
  await page.evaluate(
    ([words, pictures]) => {
      const form = document.createElement('form')
      Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action: '/post' })
      for (const [name, value] of Object.entries(words as Record<string, string>))
        form.append(Object.assign(document.createElement('input'), { name, value }))
      const transfer = new DataTransfer()
      for (const [i, picture] of (pictures as string[]).entries())
        transfer.items.add(
          new File([Uint8Array.from(atob(picture), (char) => char.charCodeAt(0))], `${i}.jpg`, { type: 'image/jpeg' }),
        )
      const input = Object.assign(document.createElement('input'), { type: 'file', name: 'photos', multiple: true })
      input.files = transfer.files
      form.append(input)
      document.body.append(form)
      form.submit()
    },
    [{ title, text, url: '' }, files] as const,
  )
  await page.waitForURL(/\/post/)
}
