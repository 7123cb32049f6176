/** Nothing jumps while a page comes to rest: pictures, islands and marks have their places from the start. */
import { expect, it } from 'vitest'
import { pageKinds } from './kinds.ts'
import { ready } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ env: { SAMPLES: 'on' } })

/** What the browser counts as moved by itself: how much (0 to 1), and what. */
interface Shift extends PerformanceEntry {
  readonly value: number
  readonly hadRecentInput: boolean
  readonly sources: readonly { readonly node: Node | null }[]
}
declare global {
  interface Window {
    moved: string[]
  }
}
/** Less is a line or two that goes down by a hair. */
const seen = 0.02

const opened = ['/post', '/me', '/search', '/search?q=电动车'] as const

it.each([...pageKinds, ...opened.map((path) => [path, async () => path] as const)])('on %s', async (_, path) => {
  for (const width of [390, 1280]) {
    const { page } = await scene.somebody(width)
    await page.addInitScript((least) => {
      window.moved = []
      new PerformanceObserver((list) => {
        for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[]) {
          const [first] = sources.map(({ node }) => (node instanceof Element ? node : node?.parentElement))
          if (!hadRecentInput && value >= least)
            window.moved.push(`${value.toFixed(4)} ${first?.outerHTML.slice(0, 80)}`)
        }
      }).observe({ type: 'layout-shift', buffered: true })
    }, seen)
    await page.goto(await path(scene.portal), { waitUntil: 'networkidle' })
    await ready(page)
    expect([width, await page.evaluate(() => window.moved)]).toEqual([width, []])
  }
})
