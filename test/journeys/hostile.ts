/** Hostile texts, laid out for fields of any length, and pages that tell what became of them. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Signer } from '#domain/identity.ts'
import { lengthOf } from '#domain/plain-text.ts'
import type { OpenRecord } from '#domain/record.ts'
import { payloads } from '../fixtures/payloads.ts'
import { noticesOf, openAs } from './client.ts'

declare global {
  interface Window {
    ran: string[]
    blocked: string[]
  }
}

/** A line of it: what has line ends is refused there. */
export const cut = (text: string, most: number): string =>
  [...text.replaceAll('\n', ' ')].slice(0, most).join('').trim()
export const padded = (text: string): string => (lengthOf(text) < 4 ? `${text} 载荷载荷` : text)

/** All of them, in as few texts of this length as they fit into. */
export function texts(most: number): readonly string[] {
  const whole: string[] = []
  for (const payload of payloads) {
    const last = whole.at(-1)
    if (last !== undefined && lengthOf(last) + 1 + lengthOf(payload) <= most)
      whole[whole.length - 1] = `${last}\n${payload}`
    else whole.push(payload)
  }
  return whole
}

/** A page that tells what ran and what the policy kept from running. */
export async function watched(page: Page): Promise<Page> {
  await page.addInitScript(() => {
    window.ran = []
    window.blocked = []
    for (const name of ['x', 'alert', 'prompt', 'confirm'])
      Object.assign(window, { [name]: () => void window.ran.push(name) })
    document.addEventListener('securitypolicyviolation', (event) =>
      window.blocked.push(`${event.violatedDirective} ${event.blockedURI}`),
    )
  })
  return page
}
export const whatHappened = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => [...window.ran, ...window.blocked])

/** On somebody's shelf, all of it accepted. */
export async function publish(url: string, signer: Signer, records: readonly OpenRecord[]): Promise<void> {
  const shelf = openAs(url, `shelf/${signer.did}`, signer)
  const inbox = openAs(url, `inbox/${signer.did}`, signer)
  await expect.poll(() => shelf.synced() && inbox.synced()).toBe(true)
  const before = noticesOf(inbox).length
  for (const { envelope, text } of records) shelf.doc.getMap('records').set(`${envelope.id}/hostile`, text)
  await expect.poll(() => noticesOf(inbox).length).toBe(before + records.length)
  expect(noticesOf(inbox).flatMap(({ refusals }) => refusals)).toEqual([])
  shelf.close()
  inbox.close()
}
export async function visit(page: Page, places: readonly string[]): Promise<void> {
  for (const place of places) {
    await page.goto(place)
    expect([place, await whatHappened(page)]).toEqual([place, []])
  }
}
/** All of it stands on the page as it was written. */
export async function reads(page: Page, all: readonly string[]): Promise<void> {
  const plain = (text: string): string => text.replaceAll(/\s+/g, '')
  const read = plain((await page.locator('main').textContent()) ?? '')
  expect(all.filter((text) => !read.includes(plain(text)))).toEqual([])
}
