/** How a resident posts, through the form's stable handles only. */
import { expect } from 'vitest'
import type { Page } from 'playwright-core'

export interface Words {
  readonly title: string
  readonly text?: string
  readonly price?: string
}

/** Fills what every listing needs and leaves the rest of the form as it stands. */
export async function fillListing(page: Page, { title, text, price }: Words): Promise<void> {
  const form = page.locator('form:has([name="title"])')
  await form.locator('select[name="category"]').selectOption('goods')
  for (const name of ['intent', 'sub', 'district'])
    await form.locator(`select[name="${name}"]`).selectOption({ index: 1 })
  await form.locator('[name="title"]').fill(title)
  await form.locator('[name="text"]').fill(text ?? `${title}：用了两年的实木书桌，一米四长，桌面有两处浅划痕，自提。`)
  await form.locator('[name="priceFen"]').fill(price ?? '280')
  const name = form.locator('[name="name"]')
  if ((await name.count()) > 0 && (await name.inputValue()) === '') await name.fill('海边的小王')
}

export const submit = (page: Page): Promise<void> => page.locator('form:has([name="title"]) [type="submit"]').click()

export const stateOf = (page: Page): Promise<string | null> =>
  page.locator('[data-state]').first().getAttribute('data-state')

const order = ['draft', 'saved', 'stored', 'published']

/** Waits until the post's state is `state` or a later one of the same road. */
export async function reach(page: Page, state: 'saved' | 'stored' | 'published' | 'refused'): Promise<void> {
  const accepted = state === 'refused' ? ['refused'] : order.slice(order.indexOf(state))
  await page
    .locator(accepted.map((name) => `[data-state="${name}"]`).join(','))
    .first()
    .waitFor({ state: 'attached' })
}

/** Posts one listing and gives its id once it has reached `state`. */
export async function post(
  page: Page,
  words: Words,
  state: 'saved' | 'stored' | 'published' = 'published',
): Promise<string> {
  await page.goto('/post')
  await ready(page)
  await fillListing(page, words)
  await submit(page)
  await reach(page, state)
  return idOf(page)
}

/** The id of the record the form is about. */
export async function idOf(page: Page): Promise<string> {
  const id = await page.locator('[data-state][data-record]').first().getAttribute('data-record')
  expect(id).toMatch(/^[a-z2-7]{26}$/)
  return id ?? ''
}

/** The islands of the page are awake, and a form on it can be submitted. */
export const ready = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => document.querySelectorAll('astro-island[ssr][client="load"]').length === 0)
  await page.waitForFunction(
    () => document.querySelectorAll('form:has([name="title"]) [type="submit"]:disabled').length === 0,
  )
}

/** The twelve words of this browser's key, as the page for one's own things shows them. */
export async function wordsOf(page: Page): Promise<string> {
  await page.goto('/me')
  await page.locator('[data-act="show-words"]').click()
  return page.locator('[data-words]').innerText()
}

/** Brings a key into this browser by its words. */
export async function restore(page: Page, words: string): Promise<void> {
  await page.goto('/me')
  await page.locator('textarea[name="words"]').waitFor({ state: 'attached' })
  if (!(await page.locator('textarea[name="words"]').isVisible()))
    await page.locator('details:has(textarea[name="words"]) summary').click()
  await page.locator('textarea[name="words"]').fill(words)
  await page.locator('[data-act="restore"]').click()
}
