/** What has no room on a page as it stands: what runs off the side, and what is too small for a thumb. */
import type { Page } from 'playwright-core'

/** What stands out over the right edge, at most three of them. */
export const sticksOut = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const edge = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= edge) return []
    const over = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > edge + 1)
    return over.slice(0, 3).map((one) => `${one.tagName.toLowerCase()}.${one.className}`)
  })

/** Links in running text and in lines of small print are as high as their line, as everywhere. */
export const tooSmall = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const targets = [...document.querySelectorAll<HTMLElement>('a[href], button, summary, select, input, textarea')]
    const small = targets.filter((one) => {
      const box = one.closest('label')?.getBoundingClientRect() ?? one.getBoundingClientRect()
      const isSeen = one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && box.width > 1
      const isInText = one.matches('a') && getComputedStyle(one).display === 'inline'
      return isSeen && !isInText && !one.closest('.skip') && Math.round(box.height) < 44
    })
    return small.slice(0, 5).map((one) => `${one.outerHTML.slice(0, 90)} ${one.getBoundingClientRect().height}`)
  })
