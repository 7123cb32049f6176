/** Nothing runs off the side, however narrow the screen and however large the letters; whatever is tapped is large enough for a thumb. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { localePath, locales } from '#domain/locale.ts'
import { pageKinds } from './kinds.ts'
import { ready } from './posting.ts'
import { sticksOut, tooSmall } from './room.ts'
import { openScene } from './scene.ts'

const scene = openScene({ env: { SAMPLES: 'on' } })

/** Pixels of CSS: the narrowest phone; a desk of 1,280 at 200 % zoom; a desk. */
const widths = [320, 640, 1280] as const

/** Pages of islands, which have no kind of their own. */
const opened = ['/post', '/me', '/search', '/search?q=e-bike', '/search?q=zzzz'] as const

describe.each(locales)('in %s', (locale) => {
  it.each([...pageKinds, ...opened.map((path) => [path, async () => path] as const)])('on %s', async (_, path) => {
    const { page } = await scene.somebody(390)
    await page.goto(localePath(locale, await path(scene.portal)))
    await ready(page)
    expect(await tooSmall(page)).toEqual([])
    for (const letters of ['plain', 'large']) {
      const button = page.locator('[data-letters]')
      if ((await button.getAttribute('aria-pressed')) !== String(letters === 'large')) await button.click()
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 })
        expect([letters, width, await sticksOut(page)]).toEqual([letters, width, []])
      }
    }
  })
})

it('letters that were made large stay so on the next page, and are made plain again', async () => {
  const { page } = await scene.somebody(390)
  const size = () => page.evaluate(() => getComputedStyle(document.documentElement).fontSize)
  await page.goto('/')
  expect(await size()).toBe('16px')
  await page.locator('[data-letters]').click()
  expect(await size()).toBe('20px')
  await page.goto('/guides')
  expect(await size()).toBe('20px')
  expect(await page.locator('[data-letters]').getAttribute('aria-pressed')).toBe('true')
  await page.locator('[data-letters]').press('Enter')
  expect(await size()).toBe('16px')
})

/** Where letters stand, in pixels of the page. */
const letterBoxes = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((all) =>
    all
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .map((one) => {
        const range = document.createRange()
        range.selectNodeContents(one)
        const { left, right, top, bottom } = range.getBoundingClientRect()
        const room = one.closest('a')?.getBoundingClientRect()
        return { left, right, top, bottom, from: room?.left ?? left, to: room?.right ?? right, text: one.textContent }
      }),
  )

describe.each(locales)('on narrow phones in %s', (locale) => {
  it.each(['plain', 'large'])(
    'the name of the town stands clear of how we are connected, categories of each other, in %s letters',
    async (letters) => {
      const { page } = await scene.somebody(390)
      await page.goto(localePath(locale, '/'))
      await page.locator('.conn[data-connection="online"]').waitFor()
      if (letters === 'large') await page.locator('[data-letters]').click()
      for (const width of [320, 360, 390]) {
        await page.setViewportSize({ width, height: 800 })
        const name = await page.locator('.brand span').evaluate((one) => {
          const range = document.createRange()
          range.selectNode(one.firstChild ?? one)
          const { left, right, top, bottom } = range.getBoundingClientRect()
          return { left, right, top, bottom }
        })
        for (const place of ['.conn', '.tools']) {
          const mark = await page.locator(place).boundingBox()
          const isApart = mark && (name.right <= mark.x || name.bottom <= mark.y + 6) // lines of letters have air around them
          expect([width, place, isApart]).toEqual([width, place, true])
        }
        const cut = (await letterBoxes(page, '.cat b')).filter(
          ({ left, right, from, to }) => left < from - 1 || right > to + 1,
        )
        expect([width, cut.map(({ text }) => text)]).toEqual([width, []])
      }
    },
  )
})
