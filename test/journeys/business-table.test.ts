/** A business brings its listings in from a table: sees each row and what is wrong with it, publishes, brings it in again, takes it back. */
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, it } from 'vitest'
import { openScene } from './scene.ts'

const scene = openScene({ fresh: true })

const head = '编号,分类,方向,小类,标题,说明,价格,区域,电话'
const row = (n: number, title: string) =>
  `A-${n},二手供求,出让,家具家居,${title},店里样品，桌面有两处浅划痕，可以到店看。,${n}80,东港区,0633-1234567`
const good = `${head}\n${row(1, '表格里的书桌')}\n${row(2, '表格里的椅子')}\n${row(3, '桌')}\n`
const file = (text: string, name = 'goods.csv') => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const listed = async () => (await fetch(`${scene.portal.url}/c/goods`)).text()

it('publishes what is right, names the line and the rule of what is not, passes over what came before, and takes back what came', async () => {
  const { page } = await scene.somebody(390)
  await page.goto('/business')
  await page.locator('a[href="/business/table"]').click()
  await page.locator('#table-file').waitFor({ state: 'attached' })
  await page.locator('#table-file').setInputFiles(file(good))
  await page.locator('[data-rows="2"]').waitFor()
  expect(await page.locator('[data-line="4"] [data-rule]').getAttribute('data-rule')).toBe('title-length')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.locator('[data-act="publish-table"]').click()
  await page.locator('[data-published="2"]').waitFor()
  for (const title of ['表格里的书桌', '表格里的椅子']) expect(await listed()).toContain(title)

  await page.locator('#table-text').fill(`${good}${row(4, '表格里的新柜子')}\n`)
  await page.locator('[data-act="look"]').click()
  await page.locator('[data-rows="1"]').waitFor()
  expect(await page.locator('[data-action="known"]').count()).toBe(2)
  await page.locator('[data-act="publish-table"]').click()
  await page.locator('[data-published="1"]').waitFor()
  await page.locator('[data-act="undo-table"]').click()
  await page.locator('[data-table="undone"]').waitFor()
  await expect.poll(listed).not.toContain('表格里的新柜子')
  expect(await listed()).toContain('表格里的书桌') // only what the last table brought
})

it('a table can be taken back after a reload, and only what is still on; a second time nothing is left', async () => {
  const { page } = await scene.somebody(390)
  await page.goto('/business/table')
  await page.locator('#table-file').setInputFiles(file(good))
  await page.locator('[data-act="publish-table"]').click()
  await page.locator('[data-published="2"]').waitFor()
  await page.goto('/me')
  const chair = page.locator('[data-record]', { hasText: '表格里的椅子' }).first()
  await chair.locator('details:has([data-act="sold-here"]) > summary').first().click()
  await chair.locator('[data-act="sold-here"]').first().click()
  await expect.poll(listed).not.toContain('表格里的椅子')
  await page.goto('/business/table')
  await page.locator('[data-table="noted"]').waitFor()
  expect(await page.locator('.brought').innerText()).toContain('有 2 条信息，还可以撤回')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.locator('[data-act="undo-table"]').click()
  await page.locator('[data-table="undone"]').waitFor()
  expect(await page.locator('.brought').innerText()).toContain('已撤回 1 条') // the chair was sold, and stays so
  await expect.poll(listed).not.toContain('表格里的书桌')
  await page.reload()
  await page.locator('[data-table="idle"]').waitFor()
})

it('what cannot be fetched or kept is told in a sentence, and what was pasted stays', async () => {
  const { page } = await scene.somebody()
  await page.route(/_a.*\/table-import\./, (route) => route.abort())
  await page.goto('/business/table')
  await page.locator('#table-text').fill(good)
  await page.locator('[data-act="look"]').click()
  await page.getByText('没有打开。请重新打开这一页再试').waitFor()
  expect(await page.locator('#table-text').inputValue()).toBe(good)
})

it('without a network rows wait and go out later; a sample can be had and is right; what is no table says why', async () => {
  const { page } = await scene.somebody()
  await page.goto('/business/table')
  const [sample] = await Promise.all([page.waitForEvent('download'), page.locator('[data-act="sample"]').click()])
  const text = readFileSync(await sample.path(), 'utf8')
  await page.locator('#table-file').setInputFiles(file('编号,标题\n"x'))
  await page.locator('[data-fault="quote-open"]').waitFor()
  await page
    .locator('#table-file')
    .setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from([0xff, 0xfe, 0x07, 0x68]) })
  await page.locator('[data-fault="encoding"]').waitFor()
  await page.locator('#table-file').setInputFiles(file(text))
  await page.locator('[data-rows="1"]').waitFor()
  await scene.portal.stop()
  await page.locator('[data-act="publish-table"]').click()
  await page.locator('[data-table="published"]').waitFor()
  await scene.portal.start()
  await page.locator('[data-published="1"]').waitFor()
})
