/** What a file of journeys stands on: one browser, a portal, and the people who came in; faults of their pages fail the journey. */
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { aPerson, openBrowser, type Person } from './browser.ts'
import { startPortal, type Portal } from './portal.ts'

export interface Scene {
  readonly portal: Portal
  readonly browser: Browser
  /** @param url where the portal is met, when it is not at its own address */
  somebody(width?: number, url?: string): Promise<Person>
}

export interface SceneOptions {
  readonly env?: Readonly<Record<string, string>>
  /** A portal of its own for every journey instead of one for the file. */
  readonly fresh?: boolean
}

/** Call it at the top of a file. What it gives can be used from the first journey on. */
export function openScene({ env = {}, fresh = false }: SceneOptions = {}): Scene {
  let browser: Browser
  let portal: Portal
  let people: Person[] = []

  const start = async () => void (portal = await startPortal(env))

  beforeAll(async () => void (browser = await openBrowser()))
  if (fresh) beforeEach(start)
  else beforeAll(start)
  afterAll(async () => {
    await browser?.close()
    if (!fresh) await portal?.remove()
  })
  afterEach(async () => {
    const left = people
    people = []
    for (const { context } of left) await context.close()
    if (fresh) await portal?.remove()
    else await portal?.revive()
    expect(left.flatMap(({ faults }) => faults)).toEqual([])
  })
  return {
    get portal() {
      return portal
    },
    get browser() {
      return browser
    },
    async somebody(width, url = portal.url) {
      const person = await aPerson(browser, url, width)
      people.push(person)
      return person
    },
  }
}
