/** HR-3 as its author meets it: the second of the same is refused by name, mended in the form, and nothing typed is lost. */
import { expect, it } from 'vitest'
import { fillListing, idOf, post, reach, ready, submit } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene()
const text = '用了两年的实木书桌，一米四长，桌面有两处浅划痕，自提，可以帮忙抬上车，附赠一盏台灯。'

it('the same under another title is refused with the rule and the one that is there; told apart it is published', async () => {
  const { page } = await scene.somebody(390)
  await post(page, { title: '只发一次的书桌', text })
  await page.goto('/post')
  await ready(page)
  await fillListing(page, { title: '只发一次的书桌！', text })
  await submit(page)
  await reach(page, 'refused')
  const told = page.locator('[data-rule="HR-3"]').first()
  await expect.poll(() => told.innerText()).toContain('只发一次的书桌')
  expect(await page.locator('[name="text"]').inputValue()).toBe(text)
  const id = await idOf(page)
  await page.goto('/me')
  const own = page.locator(`main li[data-record="${id}"]`)
  await own.locator('[data-rule="HR-3"]').first().waitFor()
  expect(await own.locator('.chips').innerText()).not.toContain('在架') // it never was
  await own.locator('[data-act="edit"]').click()
  await page.waitForURL(/edit=/)
  await ready(page)
  await page
    .locator('[name="text"]')
    .fill('另一张：松木的，一米二，带两个抽屉，桌腿换过一次，三楼没有电梯，要自己来搬。')
  await submit(page)
  await reach(page, 'published')
})
