/** What other programs read of the portal: feeds by RFC 4287, canonical addresses and languages, what is kept out, and what is shared. */
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { localePath, locales } from '#domain/locale.ts'
import { aCameraPhoto } from '../fixtures/photos.ts'
import { town } from '../fixtures/town.ts'
import { addressOf, pageKinds } from './kinds.ts'
import { fillListing, idOf, reach, ready, submit } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ env: { SAMPLES: 'on' } })
const textOf = async (path: string) => (await fetch(new URL(path, scene.portal.url))).text()
const attribute = (html: string, pattern: RegExp) =>
  [...html.matchAll(pattern)].map(([, value = '']) => value.replaceAll('&amp;', '&'))
const meta = (html: string, name: string) =>
  attribute(html, new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`, 'g'))

/** Read by a browser's own parser of XML; all that RFC 4287, 4.1.1 and 4.1.2, asks of a feed and of an entry. */
const faultsOfFeed = (xml: string): readonly string[] => {
  const atom = 'http://www.w3.org/2005/Atom'
  const doc = new DOMParser().parseFromString(xml, 'application/xml')
  if (doc.querySelector('parsererror')) return ['is no XML']
  const faults: string[] = []
  const own = (parent: Element, name: string) =>
    [...parent.children].filter((child) => child.localName === name && child.namespaceURI === atom)
  const one = (parent: Element, name: string) => {
    const found = own(parent, name)
    if (found.length !== 1) faults.push(`${parent.localName} has ${found.length} ${name}`)
    return found[0]?.textContent ?? ''
  }
  const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)
  const feed = doc.documentElement
  if (feed.localName !== 'feed' || feed.namespaceURI !== atom) faults.push('is no feed')
  const links = own(feed, 'link').map((link) => link.getAttribute('rel'))
  if (links.filter((rel) => rel === 'self').length !== 1) faults.push('has no link to itself')
  const ids = new Set<string>()
  const hasAuthor = own(feed, 'author').length > 0
  for (const part of [feed, ...own(feed, 'entry')]) {
    const id = one(part, 'id')
    if (!URL.canParse(id) || ids.has(id)) faults.push(`id ${id}`)
    ids.add(id)
    if (one(part, 'title').trim() === '') faults.push('empty title')
    if (!isInstant(one(part, 'updated'))) faults.push('updated')
    if (!hasAuthor && own(part, 'author').length === 0) faults.push('no author')
    if (part !== feed && !own(part, 'link').some((link) => link.getAttribute('rel') === 'alternate'))
      faults.push('no link')
    for (const link of own(part, 'link'))
      if (!URL.canParse(link.getAttribute('href') ?? '')) faults.push('relative link')
  }
  return faults
}

it('feeds of every category and district, and of guides, are feeds', async () => {
  const { page } = await scene.somebody()
  await page.goto('/about')
  const categories = town.categories.filter(({ noIndex }) => !noIndex)
  const paths = categories.flatMap(({ id }) => [
    `/c/${id}/feed.atom`,
    ...town.portal.districts.map((district) => `/c/${id}/feed.atom?district=${district.id}`),
  ])
  for (const path of [
    ...paths,
    '/en/c/jobs/feed.atom',
    '/zh-hant/c/goods/feed.atom',
    '/guides.atom',
    '/en/guides.atom',
  ])
    expect([path, await page.evaluate(faultsOfFeed, await textOf(path))]).toEqual([path, []])
  expect(await page.evaluate(faultsOfFeed, '<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>')).not.toEqual([])
  expect((await fetch(`${scene.portal.url}/c/goods/feed.atom?district=mars`)).status).toBe(404)
})

it('a page names itself in each language alike, and all of them name one another', async () => {
  for (const kind of ['home', 'category', 'listing', 'guide', 'notice', 'phones']) {
    const address = await addressOf(kind, scene.portal)
    const seen = await Promise.all(
      locales.map(async (locale) => {
        const html = await textOf(localePath(locale, address))
        const [canonical = ''] = attribute(html, /<link rel="canonical" href="([^"]+)"/g)
        const alternates = [...html.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"/g)].map(
          ([, lang, url]) => [lang, new URL(url ?? '').pathname],
        )
        return { canonical: new URL(canonical).pathname, alternates, of: localePath(locale, address) }
      }),
    )
    for (const { canonical, alternates, of } of seen) {
      expect([kind, canonical.replace(/(?<=.)\/$/, '')]).toEqual([kind, of])
      expect(alternates).toEqual(seen[0]?.alternates)
      expect(alternates.map(([lang]) => lang).sort()).toEqual([...locales, 'x-default'].sort())
    }
  }
})

it('friends, what is over and one’s own pages are not to be indexed; the rest is', async () => {
  const isKeptOut = async (path: string) => (await textOf(path)).includes('<meta name="robots" content="noindex"')
  const [friend = ''] = attribute(await textOf('/c/friends'), /href="(\/l\/[a-z2-7]{26})"/g)
  for (const path of ['/c/friends', friend, '/me', '/data', '/business', '/business/table', '/messages'])
    expect([path, await isKeptOut(path)]).toEqual([path, true])
  for (const [kind] of pageKinds.filter(([name]) =>
    ['home', 'category', 'listing', 'guide', 'notice', 'about'].includes(name),
  ))
    expect([kind, await isKeptOut(await addressOf(kind, scene.portal))]).toEqual([kind, false])
  const { page } = await scene.somebody()
  const id = await publish(page, '马上就卖掉的书桌')
  expect(await isKeptOut(`/l/${id}`)).toBe(false)
  await page.goto('/me')
  const own = page.locator(`main [data-record="${id}"]`)
  await own.locator('summary').first().click()
  await own.locator('[data-act="sold-here"]').click()
  await expect.poll(() => isKeptOut(`/l/${id}`)).toBe(true)
  expect(await textOf('/sitemap/listings-0.xml')).not.toContain(id)
})

/** A real listing, with a photo. */
async function publish(page: Parameters<typeof fillListing>[0], title: string): Promise<string> {
  await page.goto('/post')
  await ready(page)
  await page.locator('#post-photos').waitFor({ state: 'attached' })
  const buffer = await aCameraPhoto('#c22', 1200, 900)
  await page.locator('#post-photos').setInputFiles({ name: 'table.jpg', mimeType: 'image/jpeg', buffer })
  await page.locator('[data-photos="1"][data-working="0"]').waitFor()
  await fillListing(page, { title })
  await submit(page)
  await reach(page, 'published')
  await page.locator('[data-photos-sent="1"][data-photos-all="1"]').waitFor({ state: 'attached' })
  return idOf(page)
}

it('shared in a chat it has a title, a description, a picture at a whole address, and a first image that is large enough', async () => {
  const { page } = await scene.somebody()
  const id = await publish(page, '分享到群里的书桌')
  const html = await textOf(`/l/${id}`)
  expect(meta(html, 'og:title')).toEqual(['分享到群里的书桌'])
  expect(meta(html, 'og:description')[0]?.length).toBeGreaterThan(10)
  expect(meta(html, 'description')).toEqual(meta(html, 'og:description'))
  expect(meta(html, 'og:url')).toEqual([`${scene.portal.url}/l/${id}`])
  const [picture = ''] = meta(html, 'og:image')
  expect(picture.startsWith(`${scene.portal.url}/`)).toBe(true) // whole, at the portal's own origin: https where that is
  const sizeOf = async (url: string) => sharp(new Uint8Array(await (await fetch(url)).arrayBuffer())).metadata()
  const card = await sizeOf(picture)
  expect([card.format, Math.min(card.width, card.height) >= 300]).toEqual(['jpeg', true])
  const [first = ''] = attribute(html.slice(html.indexOf('<body')), /<img[^>]* src="([^"]+)"/g)
  const photo = await sizeOf(scene.portal.url + first)
  expect(Math.min(photo.width, photo.height)).toBeGreaterThanOrEqual(300)
})

it('on a phone it is handed to the phone’s own sheet, with its title and address', async () => {
  const context = await scene.browser.newContext({
    baseURL: scene.portal.url,
    isMobile: true,
    hasTouch: true,
    viewport: { width: 390, height: 800 },
  })
  await context.addInitScript(() => {
    Object.defineProperty(navigator, 'share', {
      value: async (what: unknown) => localStorage.setItem('shared', JSON.stringify(what)),
    })
  })
  const page = await context.newPage()
  const path = await addressOf('listing', scene.portal)
  await page.goto(path)
  await page.locator('[data-share]').click()
  const shared = await page.evaluate(() => localStorage.getItem('shared') ?? '')
  expect(JSON.parse(shared)).toEqual({ title: await page.title(), url: `${scene.portal.url}${path}` })
  await context.close()
})

it.each(locales)('a browser is told how to search here, in %s, and what it asks for is found', async (locale) => {
  const { page } = await scene.somebody()
  await page.goto(localePath(locale, '/about'))
  const description = (await page.locator('link[rel="search"]').getAttribute('href')) ?? ''
  const said = await page.evaluate(
    (xml) => {
      const doc = new DOMParser().parseFromString(xml, 'application/xml')
      const name = 'http://a9.com/-/spec/opensearch/1.1/'
      const one = (tag: string) => doc.getElementsByTagNameNS(name, tag)[0]
      return {
        root: doc.documentElement.localName,
        letters: [...(one('ShortName')?.textContent ?? '')].length, // 16 at most, OpenSearch 1.1
        language: one('Language')?.textContent,
        template: one('Url')?.getAttribute('template') ?? '',
      }
    },
    await textOf(description),
  )
  expect(said).toMatchObject({ root: 'OpenSearchDescription', language: locale })
  expect(said.letters).toBeGreaterThan(0)
  expect(said.letters).toBeLessThanOrEqual(16)
  await page.goto(said.template.replace('{searchTerms}', encodeURIComponent('冰箱')))
  expect(await page.locator('html').getAttribute('lang')).toBe(locale)
  expect(await page.locator('main input[name="q"]').inputValue()).toBe('冰箱')
  await page.locator('main a[href*="/l/"]').first().waitFor()
})
