/** Pages on paper, without motion, and in the colours of a system that forces its own or asks for more contrast. */
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { localePath, locales } from '#domain/locale.ts'
import { addressOf } from './kinds.ts'
import { ready } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ env: { SAMPLES: 'on' } })

describe.each(locales)('printed in %s', (locale) => {
  it.each(['listing', 'guide'])(
    'a %s is its words, its address and its code, without what can only be tapped',
    async (kind) => {
      const { page } = await scene.somebody(794)
      const path = localePath(locale, await addressOf(kind, scene.portal))
      await page.goto(path)
      await ready(page)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('h1').isVisible()).toBe(true)
      const paper = page.locator('.paper')
      expect((await paper.locator('svg').boundingBox())?.width).toBeGreaterThan(100)
      expect(await paper.innerText()).toContain(path)
      const left = page
        .locator('header.mast, footer.foot, nav, button, .btn, form, summary, dialog')
        .locator('visible=true')
      expect(await left.evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 120)))).toEqual([])
    },
  )
})

it('who asks for less motion is shown none', async () => {
  const moving = (page: Page) =>
    page.locator('.card, .guide, .cta, .more .icon').evaluateAll((all) =>
      all
        .map((one) => getComputedStyle(one))
        .filter((style) => parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none')
        .map(({ transitionProperty, animationName }) => `${transitionProperty} ${animationName}`),
    )
  const { page } = await scene.somebody()
  await page.goto('/')
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  expect((await moving(page)).length).toBeGreaterThan(8)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await moving(page)).toEqual([])
})

/** All by which a state can be told, of the element and of what is in it. */
const styleOf = (one: Locator): Promise<string> =>
  one.evaluate((element) =>
    [element, ...element.querySelectorAll('*')]
      .map((each) => {
        const { backgroundColor, color, fill, borderColor, outlineStyle, fontWeight, textDecorationLine } =
          getComputedStyle(each)
        return [backgroundColor, color, fill, borderColor, outlineStyle, fontWeight, textDecorationLine].join(' ')
      })
      .join(),
  )
const media = [
  ['forced colours', { forcedColors: 'active', reducedMotion: 'reduce' }],
  ['forced colours by night', { forcedColors: 'active', colorScheme: 'dark', reducedMotion: 'reduce' }],
  ['more contrast', { contrast: 'more', reducedMotion: 'reduce' }],
] as const

describe.each(media)('in %s', (_, colours) => {
  const open = async (path: string): Promise<Page> => {
    const { page } = await scene.somebody(390)
    await page.emulateMedia(colours)
    await page.goto(path)
    await ready(page)
    return page
  }

  it('what is pressed looks pressed: large letters, a heart', async () => {
    const page = await open(await addressOf('listing', scene.portal))
    for (const one of [page.locator('[data-letters]'), page.locator('.heart').first()]) {
      await one.scrollIntoViewIfNeeded()
      const before = await styleOf(one)
      await one.click()
      await expect.poll(() => one.getAttribute('aria-pressed')).toBe('true')
      await page.mouse.move(0, 0)
      await one.blur()
      expect(await styleOf(one)).not.toBe(before)
    }
  })

  it('what is chosen looks chosen: a section, a kind, an offer while one types', async () => {
    const page = await open('/c/goods')
    const tab = page.locator('nav.tabs a')
    await page.goto('/guides')
    expect(await styleOf(tab.and(page.locator('[aria-current]')))).not.toBe(await styleOf(tab.nth(1)))
    await page.goto('/c/goods')
    const kinds = page.locator('a.chip')
    expect(await styleOf(kinds.and(page.locator('[aria-current]')).first())).not.toBe(await styleOf(kinds.last()))
    await page.goto('/search')
    await page.locator('main input[name="q"]').pressSequentially('二手')
    await page.locator('main input[name="q"]').press('ArrowDown')
    await page.locator('[role="option"][aria-selected="true"]').waitFor()
    const offers = page.locator('[role="option"]')
    const [chosen, others] = [
      page.locator('[role="option"][aria-selected="true"]'),
      offers.and(page.locator('[aria-selected="false"]')),
    ]
    if ((await others.count()) > 0) expect(await styleOf(chosen)).not.toBe(await styleOf(others.first()))
    else {
      const before = await styleOf(chosen)
      await page.locator('main input[name="q"]').press('ArrowUp')
      expect(await styleOf(offers.first())).not.toBe(before)
    }
  })

  it('words that were looked for are read in what was found', async () => {
    const page = await open(`/search?q=${encodeURIComponent('电动车')}`)
    const mark = page.locator('[data-search="ready"] a.hit mark').first()
    await mark.waitFor()
    const inks = await mark.evaluate((one) => {
      const own = getComputedStyle(one)
      const behind = [one, one.parentElement, document.body].map(
        (each) => each && getComputedStyle(each).backgroundColor,
      )
      return { ink: own.color, behind: behind.find((each) => each && !/^rgba.*, 0\)$|^transparent$/.test(each)) }
    })
    expect(inks.ink).not.toBe(inks.behind)
  })
})
