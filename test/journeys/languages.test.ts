/** Every page in every language: it keeps to its own, knows the others, and leads to nowhere else. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { localeOfPath, localePath, locales, scriptFolder, type Locale } from '#domain/locale.ts'
import { notes } from '#src/i18n/notes.ts'
import { hantOf } from '#src/languages/convert.ts'
import { addressOf } from './kinds.ts'
import { ready } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ env: { SAMPLES: 'on' } })

interface Read {
  readonly path: string
  readonly lang: string
  /** What the portal says, without what people wrote: that is marked with a language of its own. */
  readonly said: readonly string[]
  readonly links: readonly string[]
  readonly alternates: Readonly<Record<string, string>>
}

/** Reads a document as it stands, or the one at `path` as it comes from the server. */
const read = (page: Page, path?: string): Promise<Read> =>
  page.evaluate(async (address) => {
    const parsed = async (from: string) =>
      new DOMParser().parseFromString(await (await fetch(from)).text(), 'text/html')
    const shown = address === undefined ? document : await parsed(address)
    const isTheirs = /\/[lu]\//.test(address ?? location.pathname) // their title is in the head, which cannot be marked
    const root = shown.documentElement
    const ours = (element: Element | null) => element?.closest('[lang]') === root && !element.closest('script, style')
    const said: string[] = []
    const texts = shown.createTreeWalker(isTheirs ? shown.body : root, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node; node = texts.nextNode())
      if (ours(node.parentElement)) said.push(node.nodeValue ?? '')
    for (const name of ['alt', 'title', 'aria-label', 'placeholder', 'content'])
      for (const element of shown.querySelectorAll(`${isTheirs ? 'body ' : ''}[${name}]`))
        if (ours(element)) said.push(element.getAttribute(name) ?? '')
    const hrefs = (selector: string) => [...shown.querySelectorAll(selector)].map((a) => a.getAttribute('href') ?? '')
    return {
      path: address ?? location.pathname + location.search,
      lang: root.lang,
      said: said.map((text) => text.trim()).filter(Boolean),
      links: hrefs('a[href^="/"]:not([hreflang])'),
      alternates: Object.fromEntries(
        [...shown.querySelectorAll('link[hreflang]')].map((link) => [
          link.getAttribute('hreflang') ?? '',
          link.getAttribute('href') ?? '',
        ]),
      ),
    }
  }, path)

/** All pages that can be reached from the start page in a language. */
async function crawl(page: Page, locale: Locale): Promise<readonly Read[]> {
  const pages: Read[] = []
  const known = new Set([localePath(locale, '/')])
  for (const path of known) {
    const found = await read(page, path)
    pages.push(found)
    for (const link of found.links) if (isWorthIt(link)) known.add(link.split('#')[0] || path)
  }
  return pages
}

/** Of the many lists that filters make, those of one category. */
const isWorthIt = (link: string): boolean => !link.includes('?') || /\/c\/goods\?/.test(link)

const isForeign: Readonly<Record<Locale, (text: string) => boolean>> = {
  'zh-Hans': () => false,
  'zh-Hant': (text) => hantOf(text) !== text,
  en: (text) => /\p{Script=Han}/u.test(text),
}
const foreignIn = (locale: Locale, { path, said }: Read) =>
  said.filter(isForeign[locale]).map((text) => `${path}: ${text}`)

// prettier-ignore
const scripted = [
  '/', '/c/jobs', '/guides/how-a-return-works', '/post', '/me', '/search', '/search?q=zzzz',
  '/messages', '/data', '/business', '/moderation', '/moderation/log', '/offline', '/operator',
]

describe.each(locales)('in %s', (locale) => {
  it('every page speaks it alone, links to pages that speak it, and tells its two others', async () => {
    const { page } = await scene.somebody()
    await page.goto('/robots.txt')
    const pages = await crawl(page, locale)
    expect(pages.length).toBeGreaterThan(60)
    expect(pages.filter(({ lang }) => lang !== locale).map(({ path }) => path)).toEqual([])
    expect(pages.flatMap((found) => foreignIn(locale, found))).toEqual([])
    expect(pages.flatMap(({ links }) => links).filter((link) => localeOfPath(link).locale !== locale)).toEqual([])
    const kinds = new Set(pages.map(({ path }) => localeOfPath(path).path.split(/[/?]/)[1]))
    expect([...kinds].sort()).toEqual(
      [
        '',
        'about',
        'business',
        'c',
        'data',
        'guides',
        'l',
        'links',
        'me',
        'moderation',
        'notices',
        'phones',
        'post',
        'rules',
        'search',
        'u',
      ].sort(),
    )
    for (const { path, alternates } of pages) {
      const own = new URL(alternates[locale] ?? '', scene.portal.url)
      expect(path.startsWith(own.pathname), path).toBe(true)
      expect(Object.keys(alternates).sort(), path).toEqual(['en', 'x-default', 'zh-Hans', 'zh-Hant'])
      expect(new Set(Object.values(alternates)).size, path).toBe(3)
    }
  })

  it.each(scripted)('what scripts add to %s speaks it too', async (path) => {
    const { page } = await scene.somebody()
    const scripts: string[] = []
    page.on('response', (answer) => {
      if (/\/_a\/.*\.js$/.test(answer.url())) scripts.push(`${answer.status()} ${new URL(answer.url()).pathname}`)
    })
    await page.goto(localePath(locale, path))
    if (path === '/post') await ready(page)
    await page.waitForFunction(() => !document.querySelector('astro-island[client="load"][ssr]'))
    await page.waitForLoadState('networkidle')
    expect(foreignIn(locale, await read(page))).toEqual([])
    expect(scripts.length).toBeGreaterThan(1)
    expect(scripts.filter((line) => !line.startsWith('200'))).toEqual([])
  })

  it('what is not there is said in it', async () => {
    const { page } = await scene.somebody()
    for (const path of ['/nothing', '/c/nothing', '/guides/nothing', `/l/${'a'.repeat(26)}`]) {
      expect((await page.goto(localePath(locale, path)))?.status()).toBe(404)
      const found = await read(page)
      expect([found.lang, foreignIn(locale, found), found.alternates]).toEqual([locale, [], {}])
    }
  })
})

describe('the language switch', () => {
  it('keeps the page and its query, without scripts too', async () => {
    const context = await scene.browser.newContext({ javaScriptEnabled: false, baseURL: scene.portal.url })
    const page = await context.newPage()
    await page.goto('/c/goods?sub=furniture&page=1')
    for (const [locale, shown] of [
      ['en', 'Furniture'],
      ['zh-Hant', '家具'],
      ['zh-Hans', '家具'],
    ] as const) {
      await page.locator('[data-languages] summary').click()
      await page.locator(`[data-languages] a[hreflang="${locale}"]`).click()
      expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(
        localePath(locale, '/c/goods?sub=furniture&page=1'),
      )
      expect(await page.locator('html').getAttribute('lang')).toBe(locale)
      expect(await page.locator('.chips.kinds [aria-current]').innerText()).toContain(shown)
      expect(await page.locator('[data-languages] [aria-current]').getAttribute('lang')).toBe(locale)
    }
    await context.close()
  })

  it('keeps a query that was typed after the page was loaded', async () => {
    const { page } = await scene.somebody()
    await page.goto('/search')
    await page.locator('[data-search="ready"]').waitFor()
    await page.locator('main input[name="q"]').fill('电动车')
    await page.waitForURL(/q=/)
    await page.locator('[data-languages] summary').click()
    await page.locator('[data-languages] a[hreflang="en"]').click()
    await page.waitForURL(/\/en\/search\?q=/)
    expect(await page.locator('main input[name="q"]').inputValue()).toBe('电动车')
  })
})

it('a first part of an address that is no language is no page', async () => {
  const { page } = await scene.somebody()
  for (const path of ['/fr', '/fr/c/goods', '/fr/guides', '/en/en/guides', '/zh-Hans/guides'])
    expect((await page.goto(path))?.status(), path).toBe(404)
})

describe.each(locales.filter((locale) => scriptFolder(locale) !== ''))('scripts of pages in %s', (locale) => {
  it('come in its language and are there; what they open has its words', async () => {
    const { page } = await scene.somebody(390)
    const listing = localePath(locale, await addressOf('listing', scene.portal))
    for (const path of [listing, ...['/', '/offline', '/moderation/log'].map((one) => localePath(locale, one))]) {
      await page.goto(path)
      const scripts = await page.locator('script[src]').evaluateAll((all) => all.map((one) => one.getAttribute('src')))
      expect(scripts.filter((src) => !src?.startsWith(`/_a/${scriptFolder(locale)}`))).toEqual([])
      for (const src of scripts) expect((await fetch(`${scene.portal.url}${src}`)).status).toBe(200)
    }
    await page.goto(listing)
    await page.locator('[data-note] summary').click()
    await page.locator('[data-note] textarea').waitFor()
    const { label } = notes[locale === 'en' ? 'en' : 'zh-Hans']
    expect(await page.locator('[data-note] label').innerText()).toBe(locale === 'en' ? label : hantOf(label))
  })
})
