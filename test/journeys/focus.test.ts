/** Whoever goes by keyboard sees where he is: on every kind of page, by day, by night, in the colours of a system that forces its own, and with more contrast. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { pageKinds } from './kinds.ts'
import { ready } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ env: { SAMPLES: 'on' } })
const colours = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'light', forcedColors: 'active' },
  { colorScheme: 'light', forcedColors: 'none', contrast: 'more' },
] as const

/** What can be focused and shows no outline then, neither itself nor what stands for it. */
const unseen = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const isOutlined = (one: Element | null | undefined): boolean => {
      if (!one) return false
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one)
      return (
        outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && !/^rgba\(.*, 0\)$|^transparent$/.test(outlineColor)
      )
    }
    const all = document.querySelectorAll<HTMLElement>(
      'a[href], button, summary, select, input, textarea, [tabindex="0"]',
    )
    return [...all]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .filter((one) => {
        one.focus({ preventScroll: true })
        if (document.activeElement !== one) return false // disabled
        return ![one, one.nextElementSibling, one.closest('label'), one.parentElement].some(isOutlined)
      })
      .map((one) => one.outerHTML.slice(0, 100))
      .slice(0, 5)
  })

it.each([...pageKinds, ['post', async () => '/post'] as const, ['search', async () => '/search?q=e-bike'] as const])(
  'on %s',
  async (_, path) => {
    const { page } = await scene.somebody(390)
    await page.goto(await path(scene.portal))
    await ready(page)
    for (const one of colours) {
      await page.emulateMedia(one)
      await page.keyboard.press('Tab') // from now on focus is of the keyboard
      expect((await unseen(page)).join('\n'), JSON.stringify(one)).toBe('')
    }
  },
)
