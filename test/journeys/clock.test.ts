/** Device clocks lie; posting works all the same, and what is signed carries the relay's time. */
import { expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import type { Did } from '#domain/identity.ts'
import { openRecord, type Envelope } from '#domain/record.ts'
import { shelfOf } from '#domain/room.ts'
import { dayMs, minuteMs } from '#domain/time.ts'
import { introduce, newDraft, write } from './business-desk.ts'
import { openClient } from './client.ts'
import { fillListing, idOf, post, reach, ready, submit } from './posting.ts'
import { openScene } from './scene.ts'
import { shiftClock } from './shifted-clock.ts'

const scene = openScene()

const setShift = (page: Page, ms: number) =>
  page.evaluate((shift) => (globalThis as unknown as { setShift: (ms: number) => void }).setShift(shift), ms)

/** The revision of a listing that lies on its author's shelf, as anybody can read it. */
async function signedAs(id: string): Promise<Envelope | undefined> {
  const html = await (await fetch(`${scene.portal.url}/l/${id}`)).text()
  const did = /did:key:z6Mk[1-9A-HJ-NP-Za-km-z]{44}/.exec(html)?.[0] as Did
  const shelf = openClient({ url: scene.portal.url, room: shelfOf(did), token: () => '' })
  await expect.poll(() => shelf.synced()).toBe(true)
  const texts = [...shelf.doc.getMap<string>('records').entries()].filter(([slot]) => slot.startsWith(id))
  shelf.close()
  const opened = await openRecord(texts[0]?.[1], 'rizhao')
  return opened.ok ? opened.value.envelope : undefined
}
const isRight = (at = 0) => Math.abs(at - Date.now()) < 3 * minuteMs

it.each([
  ['a day ahead', dayMs],
  ['six minutes slow', -6 * minuteMs],
  ['a year behind', -365 * dayMs],
])('a device whose clock is %s posts at once, with the right time', async (_, shift) => {
  const { page, context } = await scene.somebody()
  await shiftClock(context, shift)
  const id = await post(page, { title: '手机时间不准也能发的书桌' })
  const signed = await signedAs(id)
  expect(signed?.rev).toBe(1) // the offset was known before it was signed
  expect([isRight(signed?.createdAt), isRight(signed?.updatedAt), isRight(signed?.renewedAt)]).toEqual([
    true,
    true,
    true,
  ])
})

it('what was written offline by a clock gone wrong is signed again by itself, and published once', async () => {
  const { page, context } = await scene.somebody()
  await shiftClock(context, 0)
  await page.goto('/post')
  await ready(page)
  await scene.portal.stop()
  await setShift(page, dayMs)
  await fillListing(page, { title: '断网时表快了一天的书桌' })
  await submit(page)
  await reach(page, 'saved')
  await scene.portal.start()
  await reach(page, 'published')
  const id = await idOf(page)
  const signed = await signedAs(id)
  expect(signed?.rev).toBe(2)
  expect([isRight(signed?.createdAt), isRight(signed?.updatedAt)]).toEqual([true, true])
  const list = await (await fetch(`${scene.portal.url}/c/goods`)).text()
  expect(list.split('断网时表快了一天的书桌').length).toBeLessThan(4) // one card: its title and its label
  expect(new Set(list.match(/data-record="[^"]+"/g)).has(`data-record="${id}"`)).toBe(true)
})

it('the same, when the page was closed before the network came back', async () => {
  const { page, context } = await scene.somebody()
  await shiftClock(context, 0)
  await page.goto('/post')
  await ready(page)
  await scene.portal.stop()
  await setShift(page, dayMs)
  await fillListing(page, { title: '关了页面才有网的书桌' })
  await submit(page)
  await reach(page, 'saved')
  const id = await idOf(page)
  await page.close()
  await scene.portal.start()
  const later = await context.newPage()
  await later.goto('/me')
  await later.locator(`li[data-record="${id}"] h3 a`).waitFor()
  expect(isRight((await signedAs(id))?.updatedAt)).toBe(true)
})

it('what a business signed offline by a clock gone wrong is signed again by itself, profile and guide', async () => {
  const { page, context } = await scene.somebody()
  await shiftClock(context, 0)
  await introduce(page, '海曲电器行')
  await newDraft(page, '表快了一天时写的指南', '先看三处，再打电话；保修期内上门不收费。')
  await write(page, '先看插头。')
  await page.locator('[data-kept="stored"]').waitFor()
  await scene.portal.stop()
  await setShift(page, dayMs)
  await page.locator('[data-publish]').click()
  await page.locator('[data-published="saved"]').waitFor()
  await page.locator('.draft-page a[href="#"]').click()
  await page.locator('#business-address').fill('样例路 2 号')
  await page.locator('[data-act="save-profile"]').click()
  await page.locator('form.profile [data-state="saved"]').waitFor()
  await scene.portal.start()
  await page.locator('form.profile [data-state="published"]').waitFor()
  await page.locator('[data-guide][data-state="published"][data-version="1"]').waitFor()
})
