/** What a reader who has never been here is made to load, and that he hears of what is new all the same. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { until } from './patience.ts'
import { post } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene()

/** Every script the page is given from now on, and how often it asks for the lines of a live list. */
async function loadedBy(page: Page, path: string) {
  const scripts = new Map<string, string>()
  const asked: number[] = []
  page.on('response', async (answer) => {
    const { pathname } = new URL(answer.url())
    if (pathname.startsWith('/latest/')) asked.push(answer.status())
    if (pathname.endsWith('.js')) scripts.set(pathname, await answer.text().catch(() => ''))
  })
  await page.goto(path)
  await until('the page is live', async () => asked.length > 0 && (await isOnline(page)))
  await page.waitForLoadState('networkidle')
  return { scripts, asked }
}
const isOnline = async (page: Page): Promise<boolean> => (await page.locator('[data-connection="online"]').count()) > 0

/** What Yjs warns of when it is loaded twice stands in every copy of it; the provider names its own errors. */
const isSync = (text: string): boolean => /Yjs was already imported|hocuspocus/i.test(text)

it.each(['/', '/c/goods', '/en'])(
  '%s loads no Yjs, no provider and no database, and keeps its list live',
  async (path) => {
    const [author, reader] = [await scene.somebody(), await scene.somebody(390)]
    await post(author.page, { title: `先在那里的书桌（${path.length}）` })
    const { scripts, asked } = await loadedBy(reader.page, path)
    expect(asked).toEqual([304]) // the page has those lines already
    expect(scripts.size).toBeGreaterThan(5)
    expect([...scripts].filter(([, text]) => isSync(text)).map(([name]) => name)).toEqual([])
    expect(await reader.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([])
    const id = await post(author.page, { title: `后来才有的书桌（${path.length}）` })
    await reader.page.locator(`main [data-record="${id}"].fresh`).waitFor()
  },
)

it('is told that the portal is away, and that it is back', async () => {
  const { page } = await scene.somebody()
  await loadedBy(page, '/')
  await scene.portal.stop()
  await page.locator('[data-connection="offline"]').first().waitFor()
  await scene.portal.start()
  await page.locator('[data-connection="online"]').first().waitFor()
})

it('who writes is given Yjs, so that the test above can fail', async () => {
  const { page } = await scene.somebody()
  const scripts: string[] = []
  page.on('response', async (answer) => {
    if (answer.url().endsWith('.js')) scripts.push(await answer.text().catch(() => ''))
  })
  await page.goto('/post')
  await until('Yjs is there', () => scripts.some(isSync))
})
