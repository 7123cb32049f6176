/** Hostile texts, laid out for fields of any length, and pages that tell what became of them. */
import type { Page } from 'playwright-core'
import { lengthOf } from '#domain/plain-text.ts'
import { payloads } from '../fixtures/payloads.ts'

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
