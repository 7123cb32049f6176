/** How the portal shows elsewhere: addresses with pictures, feeds, sitemaps, and what is kept out of all of them. */
import sharp from 'sharp'
import { encode } from 'uqr'
import { expect, it } from 'vitest'
import { previewSize } from '#domain/preview.ts'
import { addressOf } from './kinds.ts'
import { post } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ env: { SAMPLES: 'on' } })
const get = (path: string) => fetch(new URL(path, scene.portal.url))
const textOf = async (path: string) => (await get(path)).text()
const pictureOf = (html: string) =>
  /property="og:image" content="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''

it.each(['/', '/en', '/c/goods', '/guides/how-a-return-works', '/zh-hant/guides/how-a-return-works', 'listing'])(
  'on %s a picture of its own stands beside the address',
  async (kind) => {
    const html = await textOf(kind === 'listing' ? await addressOf('listing', scene.portal) : kind)
    const answer = await get(new URL(pictureOf(html)).pathname + new URL(pictureOf(html)).search)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    const { width, height } = await sharp(new Uint8Array(await answer.arrayBuffer())).metadata()
    expect({ width, height }).toEqual(previewSize)
  },
)

it('a listing is shared with a code that leads to it, and its address can be copied', async () => {
  const { page, context } = await scene.somebody(1280)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(await addressOf('listing', scene.portal))
  await page.locator('[data-share]').click()
  const sheet = page.locator('[data-share-sheet]')
  const code = await sheet.locator('svg').screenshot()
  const wanted = encode(page.url(), { ecc: 'M', border: 4 }) // as whoever made the package reads and writes codes
  const { data: grey, info } = await sharp(code).greyscale().raw().toBuffer({ resolveWithObject: true })
  const isDark = (x: number, y: number) =>
    (grey[
      Math.floor(((y + 0.5) / wanted.size) * info.height) * info.width +
        Math.floor(((x + 0.5) / wanted.size) * info.width)
    ] ?? 0) < 128
  expect(wanted.data.map((row, y) => row.map((_, x) => isDark(x, y)))).toEqual(wanted.data) // each module, as it is drawn
  await sheet.locator('[data-act="copy"]').click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/l\/[a-z2-7]{26}$/)
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'hidden' })
})

it('an address in a listing is a link that nobody vouches for, with the host it leads to', async () => {
  const { page } = await scene.somebody()
  const text = '说明书在 https://maker.example/a 这里，javascript:x() 不是。'
  await page.goto(`/l/${await post(page, { title: '带说明书的净水器', text })}`)
  const links = page.locator('.prose a')
  const [href, rel] = ['https://maker.example/a', 'ugc nofollow noopener']
  expect(
    await links.evaluateAll((all) => all.map((one) => [one.getAttribute('href'), one.getAttribute('rel')])),
  ).toEqual([[href, rel]])
  expect(await page.locator('.prose .host').innerText()).toBe('[maker.example]')
})

it('what is posted stands in the feed of its category and of its district, and in the sitemap', async () => {
  const { page } = await scene.somebody()
  const id = await post(page, { title: '一张 <b>很&重</b> 的桌子' })
  const feed = await textOf('/c/goods/feed.atom')
  expect(feed).toContain(`<id>${scene.portal.url}/l/${id}</id><title>一张 &lt;b&gt;很&amp;重&lt;/b&gt; 的桌子</title>`)
  const district = await page.locator('select[name="district"]').inputValue()
  expect(await textOf(`/c/goods/feed.atom?district=${district}`)).toContain(id)
  const faults = await page.evaluate(
    (xml) => new DOMParser().parseFromString(xml, 'application/xml').querySelectorAll('parsererror').length,
    feed,
  )
  expect(faults).toBe(0)
  expect(await textOf('/sitemap/listings-0.xml')).toContain(`/l/${id}</loc>`)
  const html = await textOf('/c/goods')
  expect(html).toContain('href="/c/goods/feed.atom"')
})

it('sitemaps lead to pages that are there, and name every language of a page', async () => {
  const robots = await textOf('/robots.txt')
  const index = await textOf(new URL(/Sitemap: (.+)/.exec(robots)?.[1] ?? '').pathname)
  const parts = [...index.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => new URL(url).pathname)
  expect(parts).toEqual(['/sitemap/pages.xml', '/sitemap/listings-0.xml'])
  for (const part of parts) {
    const map = await textOf(part)
    const urls = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => new URL(url).pathname)
    expect(urls.length).toBeGreaterThan(20)
    for (const url of urls.filter((_, at) => at % 7 === 0)) expect([url, (await get(url)).status]).toEqual([url, 200])
  }
  expect(await textOf('/sitemap/pages.xml')).toContain('hreflang="zh-Hant"')
  expect((await get('/sitemap/listings-1.xml')).status).toBe(404)
})

it('friends stand in no feed, no sitemap and no picture', async () => {
  const friends = await textOf('/c/friends')
  const [, path = ''] = /href="(\/l\/[a-z2-7]{26})"/.exec(friends) ?? []
  expect(path).not.toBe('')
  expect((await get('/c/friends/feed.atom')).status).toBe(404)
  expect((await get(`${path}/preview.jpg`)).status).toBe(404)
  expect(await textOf('/sitemap/listings-0.xml')).not.toContain(path)
  expect(new URL(pictureOf(await textOf(path))).pathname).toBe('/preview.jpg')
})
