/** A guide that readers report and a moderator hides: its business reads so at its own desk and in the editor, and objects from there. */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aPerson, openBrowser, type Person } from './browser.ts'
import { introduce, newDraft, openBusiness, publish, write } from './business-desk.ts'
import { startPortal, type Portal } from './portal.ts'
import { post } from './posting.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
let portal: Portal
let judge: Person
let people: Person[] = []
const somebody = async (width?: number): Promise<Person> => {
  const person = await aPerson(browser, portal.url, width)
  people.push(person)
  return person
}
beforeAll(async () => {
  browser = await openBrowser()
  portal = await startPortal({})
  judge = await somebody()
  await post(judge.page, { title: '管理员自己的一件东西' })
  await judge.page.goto('/moderation')
  await judge.page.locator('[data-queue="stranger"] code').waitFor()
  const did = await judge.page.locator('[data-queue] code').innerText()
  await portal.stop()
  await portal.start({ MODERATORS: did })
})
afterAll(async () => {
  for (const { context } of people) await context.close()
  await browser?.close()
  await portal?.remove()
})

async function decide(id: string, action: string): Promise<void> {
  await judge.page.goto('/moderation')
  await judge.page.locator(`[data-subject="${id}"] [data-act="${action}"]`).click()
  await judge.page.locator(`[data-recent="${action}"][data-of="${id}"][data-step="published"]`).first().waitFor()
}

it('a business is told at its desk that its guide is hidden, objects there, and is told that it is back', async () => {
  const [owner, reader] = [await somebody(390), await somebody()]
  await introduce(owner.page, '岚山修理铺')
  const draft = await newDraft(owner.page, '船用发动机的保修', '发动机坏了怎么办：先看这一页，再打电话。')
  await write(owner.page, '一年内免费修理，修理时先把机器送到店里，一周之内修好。')
  await publish(owner.page, 1)
  const guides = await (await fetch(`${portal.url}/guides`)).text()
  const id = /\/guides\/u\/([a-z2-7]{26})/.exec(guides)?.[1] ?? ''

  await reader.page.goto(`/guides/u/${id}`)
  await reader.page.locator('details.report summary').click()
  await reader.page.locator('details.report [name="reason"][value="false"]').check()
  await reader.page.locator('details.report [type="submit"]').click()
  await reader.page.locator('details.report [data-answer="taken"]:visible').waitFor()
  await decide(id, 'hide')
  expect((await fetch(`${portal.url}/guides/u/${id}`)).status).toBe(410)

  await openBusiness(owner.page)
  await owner.page.locator(`.office [data-decision="hide"][data-of="${id}"]`).waitFor()
  await owner.page.goto(draft)
  const told = owner.page.locator(`.draft-page [data-decision="hide"][data-of="${id}"]`)
  await told.waitFor()
  await told.locator('summary').click()
  await told.locator('textarea').fill('保修期是一年，写的是真的。')
  expect((await new AxeBuilder({ page: owner.page }).analyze()).violations.map((one) => one.id)).toEqual([])
  await told.locator('[data-act="object"]').click()
  await told.locator('[data-objected="taken"]').waitFor()

  await judge.page.goto('/moderation')
  await judge.page.locator(`[data-subject="${id}"] [data-reason="objection"]`).waitFor()
  await decide(id, 'restore')
  expect((await fetch(`${portal.url}/guides/u/${id}`)).status).toBe(200)
  await reader.page.goto('/moderation/log')
  await reader.page.locator('[data-log-check] [data-whole="true"]:visible').waitFor()
  expect((await new AxeBuilder({ page: reader.page }).analyze()).violations.map((one) => one.id)).toEqual([])
  await reader.page.evaluate(() => localStorage.setItem('xxg/label-log', JSON.stringify([2, 'f'.repeat(64)]))) // another log was seen once
  await reader.page.reload()
  await reader.page.locator('[data-log-check] [data-whole="false"]:visible').waitFor()
  await openBusiness(owner.page)
  await owner.page.locator(`.office [data-decision="restore"][data-of="${id}"]`).waitFor()
})
