/** A person has everything of his erased: asked on purpose, seen to its end, and then there is nothing, there or here. */
import { AxeBuilder } from '@axe-core/playwright'
import { expect, it } from 'vitest'
import { post, restore, wordsOf } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ fresh: true })

it('what was posted is gone from the portal and from this device, and a new key begins', async () => {
  const { page } = await scene.somebody(390)
  const id = await post(page, { title: '要从这里消失的书桌' })
  const reader = await scene.somebody()
  await reader.page.goto(`/l/${id}`)
  await reader.page.getByText('要从这里消失的书桌').first().waitFor()
  await page.goto('/me')
  await page.getByRole('link', { name: '我的数据' }).click()
  const form = page.locator('.erase form')
  await form.locator('[name="confirm"]').fill('删')
  await form.locator('[data-act="erase"]').click()
  await form.getByRole('alert').getByText('没有删除任何内容').waitFor()
  expect((await fetch(`${scene.portal.url}/l/${id}`)).status).toBe(200)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  await form.locator('[name="confirm"]').fill('全部删除')
  await form.locator('[data-act="erase"]').click()
  await page.locator('[data-erased]').waitFor()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  expect((await fetch(`${scene.portal.url}/l/${id}`)).status).toBe(404)
  await reader.page.goto(`/l/${id}`).catch(() => undefined)
  expect(await reader.page.getByText('要从这里消失的书桌').count()).toBe(0)
  const rooms = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''))
  expect((await rooms()).filter((name) => /^xxg\/(?:shelf|contact|me|inbox|draft)\//.test(name))).toEqual([])
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => /unsent|erasing/.test(key)))).toEqual([])
  await page.goto('/me')
  await page.getByText('还没有钥匙').waitFor()
  expect(await post(page, { title: '新钥匙的第一张书桌' })).not.toBe(id)
})

it('another device of the key is told why it can write no more', async () => {
  const first = await scene.somebody()
  await post(first.page, { title: '两台设备上的书桌' })
  const second = await scene.somebody()
  await restore(second.page, await wordsOf(first.page))
  await second.page.locator('main [data-record]').first().waitFor()
  await first.page.goto('/data')
  await first.page.locator('[name="confirm"]').fill('全部删除')
  await first.page.locator('[data-act="erase"]').click()
  await first.page.locator('[data-erased]').waitFor()
  await second.page.locator('[data-refusal="erased-key"]').waitFor()
})
