/** How a reader comes to a contact: the warning first, then the contact the poster promised, and none when the listing is over. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { fillListing, idOf, reach, ready, submit } from './posting.ts'
import { openScene } from './scene.ts'

const scene = openScene()
const number = '13800001234'

async function postWithNumber(page: Page): Promise<string> {
  await page.goto('/post')
  await ready(page)
  await fillListing(page, { title: '留了电话的实木书桌' })
  await page.locator('[name="contactValue"]').fill(number)
  await submit(page)
  await reach(page, 'published')
  return idOf(page)
}
const ask = (id: string) =>
  fetch(`${scene.portal.url}/contact/${id}`, { method: 'POST', headers: { Accept: 'application/json' } })
const pageOf = async (id: string) => (await fetch(`${scene.portal.url}/l/${id}`)).text()

it('a contact is shown after the warning, with and without JavaScript, and to nobody once the listing is sold', async () => {
  const [a, b] = [await scene.somebody(), await scene.somebody(390)]
  const id = await postWithNumber(a.page)
  expect(await pageOf(id)).not.toContain(number)

  const reveal = b.page.locator('[data-contact]')
  await b.page.goto(`/l/${id}`)
  await reveal.scrollIntoViewIfNeeded() // it wakes when it is seen
  await b.page.locator('astro-island:not([ssr]) [data-contact="closed"]').waitFor()
  const warning = await reveal.locator('.hint').innerText()
  expect(warning.length).toBeGreaterThan(10)
  await reveal.locator('form button').click()
  await b.page.locator('[data-contact="hint"]').waitFor()
  expect(await reveal.innerText()).toContain(warning)
  expect(await b.page.content()).not.toContain(number) // the warning comes first, the number is not even asked for
  await reveal.locator('[data-act="confirm"]').click()
  await b.page.locator('[data-contact="shown"]').waitFor()
  expect(await reveal.innerText()).toContain(number)
  expect(await reveal.locator('.chip.ok').count()).toBe(1) // checked against what the poster signed

  const plain = await scene.browser.newContext({ baseURL: scene.portal.url, javaScriptEnabled: false })
  const page = await plain.newPage()
  await page.goto(`/l/${id}`)
  expect(await page.locator('[data-contact] .hint').innerText()).toBe(warning)
  await page.locator('[data-contact] form button').click()
  expect(await page.locator('main').innerText()).toContain(number)
  expect(await page.locator('main').innerText()).toContain(warning)

  await a.page.goto('/me')
  await a.page.locator(`[data-record="${id}"] details.end summary`).click()
  await a.page.locator(`[data-record="${id}"] [data-act="sold-here"]`).click()
  await expect.poll(async () => (await ask(id)).status).not.toBe(200)
  expect(await (await ask(id)).text()).not.toContain(number)
  await b.page.goto(`/l/${id}`)
  expect(await b.page.locator('[data-contact]').count()).toBe(0)
  await page.goBack() // the form is still open in the other browser, and is sent again
  await page.locator('[data-contact] form button').click()
  expect(await page.locator('main').innerText()).not.toContain(number)
  await plain.close()
})

it('a number that the poster did not promise is not shown', async () => {
  const [a, b] = [await scene.somebody(), await scene.somebody()]
  const id = await postWithNumber(a.page)
  const genuine = (await (await ask(id)).json()) as object
  const forged = { ...genuine, contact: { kind: 'phone', value: '13911112222' } }
  await b.page.route('**/contact/*', (route) => route.fulfill({ json: forged }))
  await b.page.goto(`/l/${id}`)
  await b.page.locator('astro-island:not([ssr]) [data-contact="closed"] form button').click()
  await b.page.locator('[data-contact] [data-act="confirm"]').click()
  await b.page.locator('[data-contact="fault"] [role="alert"]').waitFor()
  expect(await b.page.content()).not.toContain('13911112222')
})
