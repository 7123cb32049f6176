/**
 * `npm run screens`: every kind of page and the main states of its islands, in every language, by day and by night, on a phone
 * and on a desk, as pictures beside this file: `<language>/<page>-<width>-<theme>.webp`. To be looked at; nothing compares them.
 * `-- --only home,post` for some, `-- --cast` for those of people who have done something, `-- --locale en` for one language, `-- --large` with large letters, `-- --contrast` with more contrast.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { isLocale, localePath, locales, type Locale } from '#domain/locale.ts'
import { textSizeKey } from '#src/ui/text-size.ts'
import { needChromium } from '../../chromium.ts'
import { openBrowser } from '../browser.ts'
import { addressOf, pageKinds } from '../kinds.ts'
import { patienceMs } from '../patience.ts'
import { startPortal, type Portal } from '../portal.ts'
import { openCast } from './cast.ts'

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    locale: { type: 'string' },
    cast: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    contrast: { type: 'boolean', default: false },
  },
})
const widths = [390, 1280] as const
const themes = ['light', 'dark'] as const

/** States that are not an address alone. `at` gives a path its language. */
type Visit = (page: Page, at: (path: string) => string, portal: Portal) => Promise<unknown>
const states: readonly (readonly [name: string, visit: Visit])[] = [
  [
    'search-found',
    async (page, at) => {
      await page.goto(at('/search?q=电动车'))
      await page.locator('[data-search="ready"] a.hit[data-record]').first().waitFor()
    },
  ],
  [
    'search-typing',
    async (page, at) => {
      await page.goto(at('/search'))
      await page.locator('main input[name="q"]').pressSequentially(at('/') === '/en' ? 'job' : '二手', { delay: 60 })
      await page.locator('main input[name="q"]').press('ArrowDown')
      await page.locator('[role="option"]').first().waitFor()
    },
  ],
  [
    'search-nothing',
    async (page, at) => {
      await page.goto(at('/search?q=没有这样的东西'))
      await page.locator('.nothing').waitFor()
    },
  ],
  ['search-empty', (page, at) => page.goto(at('/search'))],
  [
    'search-preparing',
    async (page, at) => {
      await page.route('**/edition/**', (route) => route.fulfill({ status: 503, headers: { 'retry-after': '9' } }))
      await page.goto(at('/search?q=电动车'))
      await page.locator('[data-search="preparing"], [data-search="bare"]').waitFor()
    },
  ],
  [
    'post-refused',
    async (page, at) => {
      await page.goto(at('/post'))
      await page.waitForFunction(() => !document.querySelector('astro-island[ssr][client="load"]'))
      await page.locator('form:has([name="title"]) [type="submit"]:enabled').click()
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  ],
  ['post', (page, at) => page.goto(at('/post'))],
  [
    'storage-notice',
    async (page, at) => {
      await page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('blocked', 'SecurityError')
        }
      })
      await page.goto(at('/post'))
      await page.locator('form [name="title"]').fill('存不下来的一条')
      await page.locator('.storage-notice').waitFor()
    },
  ],
  [
    'me-words',
    async (page, at) => {
      await post(page, at)
      await page.goto(at('/me'))
      await page.locator('[data-act="show-words"]').click()
      await page.locator('[data-words] li').first().waitFor()
      await page.locator('details.end summary').click()
    },
  ],
  ['me-new', (page, at) => page.goto(at('/me'))],
  [
    'me',
    async (page, at) => {
      await post(page, at)
      await page.goto(at('/me'))
      await page.locator('li[data-record] h3 a').first().waitFor()
    },
  ],
  ['post-done', post],
  [
    'contact-shown',
    async (page, at, portal) => {
      await page.goto(at(await addressOf('listing', portal)))
      await page.locator('#contact').scrollIntoViewIfNeeded()
      await page.locator('#contact astro-island:not([ssr])').first().waitFor({ state: 'attached' })
      await page.locator('#contact button').first().click()
    },
  ],
  [
    'contact-told',
    async (page, at, portal) => {
      await page.goto(at(await addressOf('listing', portal)))
      await page.locator('#contact').scrollIntoViewIfNeeded()
      await page.locator('#contact astro-island:not([ssr])').first().waitFor({ state: 'attached' })
      await page.locator('#contact button').first().click()
      await page.locator('#contact button.primary').first().click()
      await page.locator('#contact a[href^="tel:"], #contact code').first().waitFor()
    },
  ],
]

async function post(page: Page, at: (path: string) => string): Promise<void> {
  await page.goto(at('/post'))
  const form = page.locator('form:has([name="title"])')
  await page.waitForFunction(() => !document.querySelector('astro-island[ssr][client="load"]'))
  await form.locator('select[name="category"]').selectOption('goods')
  for (const name of ['intent', 'sub', 'district'])
    await form.locator(`select[name="${name}"]`).selectOption({ index: 1 })
  await form.locator('[name="title"]').fill('实木书桌，一米四，带两个抽屉')
  await form.locator('[name="text"]').fill('用了两年，桌面有两处浅划痕，自提。')
  await form.locator('[name="priceFen"]').fill('280')
  await form.locator('[name="name"]').fill('海边的小王')
  await form.locator('[type="submit"]').click()
  await page.locator('[data-state="published"]').first().waitFor({ state: 'attached' })
}

const wanted = flags.only?.split(',')
const isWanted = (name: string): boolean => !wanted || wanted.includes(name)
const visits: readonly (readonly [string, Visit])[] = [
  ...pageKinds.map(([name, address]): readonly [string, Visit] => [
    name,
    async (page, at, portal) => page.goto(at(await address(portal))),
  ]),
  ...states,
].filter(([name]) => isWanted(name) && !flags.cast)

const chromium = needChromium()
if (!chromium) process.exit(1)
const browser = await openBrowser()
const portal = await startPortal({ SAMPLES: 'on' })
let failed = 0
try {
  const known = [...pageKinds, ...states].map(([name]): string => name)
  const needsCast = !wanted || wanted.some((name) => !known.includes(name))
  const cast = needsCast ? (await openCast(browser, portal).catch(castFailed)).filter(([name]) => isWanted(name)) : []
  for (const locale of locales.filter((one) => !isLocale(flags.locale ?? '') || one === flags.locale)) {
    const folder = join(
      import.meta.dirname,
      locale + (flags.large ? '-large' : '') + (flags.contrast ? '-contrast' : ''),
    )
    mkdirSync(folder, { recursive: true })
    const at = (path: string): string => localePath(locale, path)
    for (const [name, visit] of visits) await take(folder, name, visit, locale)
    for (const [name, page, visit] of cast) await takeOf(page, folder, name, (shown) => visit(shown, at))
    console.log(`${locale}: ${visits.length + cast.length} pages, ${widths.length * themes.length} pictures each`)
  }
} finally {
  await browser.close()
  await portal.remove()
}
process.exitCode = failed ? 1 : 0

/** The other pictures are taken all the same. */
function castFailed(error: unknown): [] {
  failed++
  console.error(`people who have done something: ${String(error)}`)
  return []
}

/** A visit by somebody new. */
async function take(folder: string, name: string, visit: Visit, locale: Locale): Promise<void> {
  const context = await browser.newContext({
    baseURL: portal.url,
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Shanghai',
  })
  context.setDefaultTimeout(patienceMs)
  await takeOf(await context.newPage(), folder, name, (page) => visit(page, (path) => localePath(locale, path), portal))
  await context.close()
}

/** One visit, four pictures: a page that is turned and darkened is the same page. */
async function takeOf(
  page: Page,
  folder: string,
  name: string,
  visit: (page: Page) => Promise<unknown>,
): Promise<void> {
  try {
    if (flags.large) await page.addInitScript((key) => localStorage.setItem(key, 'large'), textSizeKey)
    await page.setViewportSize({ width: widths[0], height: 844 })
    await visit(page)
    await page.waitForTimeout(600) // islands that are idle wake
    for (const width of widths) {
      for (const colorScheme of themes) {
        await page.setViewportSize({ width, height: width < 640 ? 844 : 900 })
        await page.emulateMedia({
          colorScheme,
          contrast: flags.contrast ? 'more' : 'no-preference',
          reducedMotion: 'reduce',
        })
        const tall = await page.evaluate(() => document.documentElement.scrollHeight)
        await page.setViewportSize({ width, height: Math.min(tall, 6000) }) // what sticks to the bottom is at the bottom
        await page.waitForTimeout(200) // islands that come into sight wake
        const png = await page.screenshot()
        const picture = await sharp(png).webp({ quality: 70 }).toBuffer()
        writeFileSync(join(folder, `${name}-${width}-${colorScheme}.webp`), picture)
      }
    }
  } catch (error) {
    failed++
    console.error(`${name}: ${String(error)}`)
  }
}
