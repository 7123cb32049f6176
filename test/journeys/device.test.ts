/** What a device does to a post: it keeps nothing, its network brings the code late, two of its tabs act at once. */
import { expect, it } from 'vitest'
import { fillListing, idOf, post, reach, ready, submit } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene()
const authorOf = async (id: string) =>
  /\/u\/(did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44})/.exec(await (await fetch(`${scene.portal.url}/l/${id}`)).text())?.[1]

it('a browser that keeps nothing says so, and posts all the same', async () => {
  const { page, context } = await scene.somebody(390)
  await context.addInitScript(() => void Object.defineProperty(globalThis, 'indexedDB', { value: undefined }))
  await page.goto('/post')
  await page.locator('form [role="alert"]').first().waitFor()
  expect(await page.locator('form [role="alert"]').first().innerText()).toContain('不让保存')
  const id = await post(page, { title: '无痕窗口里发的书桌' })
  expect((await fetch(`${scene.portal.url}/l/${id}`)).status).toBe(200)
})

it('words typed before the code has come are there when it has, and go out', async () => {
  const { page } = await scene.somebody()
  const late = Promise.withResolvers<void>()
  await page.route('**/_a/**/*.js', async (route) => (await late.promise, route.continue()))
  await page.goto('/post', { waitUntil: 'commit' })
  await page.locator('[name="title"]').fill('代码还没到就写好的标题')
  await page.locator('[name="text"]').fill('网络很慢的时候，先把话写下来，代码到了再接着填。')
  expect(await page.locator('form:has([name="title"]) [type="submit"]').isDisabled()).toBe(true)
  late.resolve()
  await ready(page)
  expect(await page.locator('[name="title"]').inputValue()).toBe('代码还没到就写好的标题')
  await fillListing(page, { title: '代码还没到就写好的标题', text: await page.locator('[name="text"]').inputValue() })
  await submit(page)
  await reach(page, 'published')
})

it('two tabs that make the first key at once make one', async () => {
  const { page, context } = await scene.somebody()
  const other = await context.newPage()
  await Promise.all([page.goto('/post?new'), other.goto('/post?new')])
  await Promise.all([ready(page), ready(other)])
  await fillListing(page, { title: '第一个标签页发的书桌' })
  await fillListing(other, { title: '第二个标签页发的书桌' })
  await Promise.all([submit(page), submit(other)])
  await Promise.all([reach(page, 'published'), reach(other, 'published')])
  const ids = await Promise.all([idOf(page), idOf(other)])
  expect(ids[0]).not.toBe(ids[1])
  const [one, two] = await Promise.all(ids.map(authorOf))
  expect(one).toBe(two)
})
