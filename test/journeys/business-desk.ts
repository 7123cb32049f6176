/** How a business does its things, through the page's stable handles only. */
import type { Page } from 'playwright-core'

export async function openBusiness(page: Page, hash = ''): Promise<void> {
  await page.goto(`/business${hash}`)
  const start = page.locator('[data-act="start"]')
  await start.or(page.locator('.office, .draft-page, [data-act="accept"]')).first().waitFor()
  if (await start.isVisible()) await start.click()
}

export async function introduce(page: Page, name: string): Promise<void> {
  await openBusiness(page)
  await page.locator('#business-poster').selectOption('company')
  const said = {
    name,
    registered: `${name}有限公司`,
    address: '样例路 1 号',
    hours: '每天 9:00-18:00',
    phone: '0633-0000000',
  }
  for (const [line, text] of Object.entries(said)) await page.locator(`#business-${line}`).fill(text)
  await page.locator('[data-act="save-profile"]').click()
  await page.locator('form.profile [data-state="published"]').waitFor()
}

export const sheet = '.tiptap'
/** What is written on the sheet, without the names at the others' carets, which stand among its letters. */
export const textOf = (page: Page): Promise<string> =>
  page.locator(sheet).evaluate((element) => {
    const copy = element.cloneNode(true) as Element
    for (const caret of copy.querySelectorAll('.others-caret')) caret.remove()
    return copy.textContent
  })

/** @returns the address of the draft */
export async function newDraft(page: Page, title: string, summary: string): Promise<string> {
  await page.locator('[data-act="fresh"]').click()
  await page.locator('#guide-title').fill(title)
  await page.locator('#guide-summary').fill(summary)
  return page.url()
}

export async function write(page: Page, text: string): Promise<void> {
  await page.locator(sheet).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}

export async function publish(page: Page, version: number): Promise<void> {
  await page.locator('[data-publish]').click()
  await page.locator(`[data-published="published"][data-version="${version}"]`).waitFor()
}

/** @param draft a draft's name or `all`; left out: the newest draft. The whole way of an invitation, each in his own browser: link, reply, agreement. */
export async function invite(owner: Page, member: Page, role: 'editor' | 'publisher', draft?: string): Promise<void> {
  await openBusiness(owner)
  if (draft) await owner.locator('#invite-draft').selectOption(draft)
  await owner.locator('#invite-role').selectOption(role)
  await owner.locator('[data-act="invite"]').click()
  const link = await owner.locator('#invite-link').inputValue()
  await openBusiness(member, new URL(link).hash)
  await member.locator('[data-act="accept"]').click()
  const reply = await member.locator('#reply-link').inputValue()
  await openBusiness(owner, new URL(reply).hash)
  await owner.locator('[data-act="agree"]').click()
  await owner.locator('[data-member][data-state="published"]').first().waitFor()
}
