/** The portal as an app: what Chromium says of its manifest, its pictures, and what is shared to it. */
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
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
})
