/** A phone is lost: its owner ends the key with the twelve words, or with what he had signed ahead; readers see it, and the finder can post no more. */
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, it } from 'vitest'
import { aCameraPhoto } from '../fixtures/photos.ts'
import { fillListing, post, reach, ready, restore, submit, wordsOf } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene({ fresh: true })

it('with a certificate signed ahead, from a device that has no key: listings are over, readers check it, the lost phone posts in vain', async () => {
  const lost = await scene.somebody(390)
  const id = await post(lost.page, { title: '丢了手机的人的书桌' })
  await lost.page.goto('/data')
  const [file] = await Promise.all([
    lost.page.waitForEvent('download'),
    lost.page.locator('[data-act="prepare-end"]').click(),
  ])
  const paper = readFileSync(await file.path(), 'utf8')
  expect(await (await fetch(`${scene.portal.url}/l/${id}`)).text()).not.toContain('data-key-ended') // signed, and not in force

  const { page } = await scene.somebody(1280)
  await page.goto('/data')
  await page.locator('#end-paper').fill(paper.slice(0, 200))
  await page.locator('[data-act="send-end"]').click()
  await page.locator('[data-paper="fault"]').waitFor()
  expect(await page.locator('#end-paper').inputValue()).toBe(paper.slice(0, 200)) // what was typed stays
  await page.locator('#end-paper').fill(paper.replace(/(.{50})/g, '$1\n'))
  await page.locator('[data-act="send-end"]').click()
  await page.locator('[data-paper="ok"]').waitFor()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  await page.goto(`/l/${id}`)
  await page.locator('[data-key-ended] [data-end-signature="genuine"]').waitFor()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  const contact = await fetch(`${scene.portal.url}/contact/${id}`, {
    method: 'POST',
    headers: { accept: 'application/json' },
  })
  expect(contact.status).toBe(410)
  expect(await (await fetch(`${scene.portal.url}/c/goods`)).text()).not.toContain(id)

  const sent: string[] = []
  lost.page.on('request', (asked) => asked.method() === 'PUT' && sent.push(asked.url()))
  await lost.page.goto('/post')
  await ready(lost.page)
  await lost.page
    .locator('#post-photos')
    .setInputFiles({ name: 'desk.jpg', mimeType: 'image/jpeg', buffer: await aCameraPhoto('#c22', 800, 600) })
  await lost.page.locator('[data-photos="1"][data-working="0"]').waitFor()
  await fillListing(lost.page, { title: '捡到手机的人发的书桌' })
  await submit(lost.page)
  await reach(lost.page, 'saved')
  await lost.page.locator('[data-refusal="ended-key"]').waitFor()
  const photo = lost.page.locator('[data-photos-refused="ended-key"]')
  await photo.waitFor()
  expect(await photo.innerText()).toContain('照片还在这台设备上')
  const unsent = () => lost.page.evaluate(() => Object.keys(localStorage).filter((key) => /unsent\/photos/.test(key)))
  await expect.poll(unsent).toEqual([]) // it is not tried again
  await lost.page.goto('/me')
  await photo.first().waitFor()
  expect(sent).toHaveLength(1)
  expect(await (await fetch(`${scene.portal.url}/c/goods`)).text()).not.toContain('捡到手机的人发的书桌')
})

it('with the words on another device, naming the key that goes on; people find it from the old one', async () => {
  const lost = await scene.somebody()
  const id = await post(lost.page, { title: '换了钥匙的人的书桌' })
  const words = await wordsOf(lost.page)
  const fresh = await scene.somebody()
  const other = await post(fresh.page, { title: '新钥匙的书桌' })
  await fresh.page.goto('/data')
  const next = await fresh.page.locator('[data-own-did]').innerText()

  const { page } = await scene.somebody(390)
  await restore(page, words)
  await page.locator('[data-act="show-words"]').waitFor()
  await page.goto('/data')
  await page.locator('[name="successor"]').fill('did:key:nobody')
  await page.locator('[name="end-confirm"]').fill('终止')
  await page.locator('[data-act="end-key"]').click()
  await page.getByRole('alert').getByText('did:key:z6Mk').waitFor()
  await page.locator('[name="successor"]').fill(next)
  await page.locator('[name="end-confirm"]').fill('不')
  await page.locator('[data-act="end-key"]').click()
  await page.getByRole('alert').getByText('什么都没有做').waitFor()
  await page.locator('[name="end-confirm"]').fill('终止')
  await page.locator('[data-act="end-key"]').click()
  await page.locator('[data-end="ended"]').waitFor()

  const reader = await scene.somebody()
  await reader.page.goto(`/l/${id}`)
  await reader.page.locator('[data-end-signature="genuine"]').waitFor()
  await reader.page.locator('[data-key-ended] a').click()
  await reader.page.getByText('新钥匙的书桌').first().waitFor()

  await lost.page.goto(`/l/${other}`)
  await lost.page.locator('details.report summary').click()
  await lost.page.locator('details.report [name="reason"][value="fraud"]').check()
  await lost.page.locator('details.report [type="submit"]').click()
  await lost.page.locator('details.report [data-answer="taken"]').waitFor() // as of somebody who has no key
})

it('signed with the portal stopped it is kept, says so, goes out when the portal is back, and readers see it', async () => {
  const lost = await scene.somebody()
  const id = await post(lost.page, { title: '断网时终止的书桌' })
  const words = await wordsOf(lost.page)
  const { page } = await scene.somebody(390)
  await restore(page, words)
  await page.locator(`main [data-record="${id}"]`).first().waitFor()
  await page.goto('/data')
  await page.locator('[name="end-confirm"]').waitFor()
  await page.waitForLoadState('networkidle')
  await scene.portal.stop()
  await page.locator('[name="end-confirm"]').fill('终止')
  await page.locator('[data-act="end-key"]').click()
  await page.locator('[data-end="waiting"]').waitFor()
  expect(await page.locator('[data-end] > [role="status"]').innerText()).toContain('在那之前钥匙还有效')
  await scene.portal.start()
  const reader = await scene.somebody()
  await expect
    .poll(async () => (await (await fetch(`${scene.portal.url}/l/${id}`)).text()).includes('data-key-ended'))
    .toBe(true)
  await reader.page.goto(`/l/${id}`)
  await reader.page.locator('[data-key-ended] [data-end-signature="genuine"]').waitFor()
  expect(await (await fetch(`${scene.portal.url}/c/goods`)).text()).not.toContain(id)
  await lost.page.goto('/post')
  await ready(lost.page)
  await fillListing(lost.page, { title: '捡到手机的人又发的书桌' })
  await submit(lost.page)
  await lost.page.locator('[data-refusal="ended-key"]').waitFor()
})

it('a reader’s browser believes no end that the key has not signed', async () => {
  const { page } = await scene.somebody()
  const id = await post(page, { title: '没有终止的书桌' })
  await page.goto('/data')
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('[data-act="prepare-end"]').click()])
  const paper = readFileSync(await file.path(), 'utf8')
  await fetch(`${scene.portal.url}/ends`, { method: 'POST', body: paper.split('\n\n')[0] ?? '' })
  const reader = await scene.somebody()
  await reader.page.route(`**/l/${id}`, async (route) => {
    const answer = await route.fetch()
    const html = (await answer.text()).replace(/&quot;createdAt\\&quot;:\d/g, (found) => `${found.slice(0, -1)}9`)
    await route.fulfill({ response: answer, body: html })
  })
  await reader.page.goto(`/l/${id}`)
  await reader.page.locator('[data-end-signature="forged"]').waitFor()
})
