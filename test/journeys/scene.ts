/** What a file of journeys stands on: one browser and one portal for all of it, and the people who came in; faults of their pages fail the journey. */
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { aPerson, openBrowser, type Person } from './browser.ts'
import { startPortal, type Portal } from './portal.ts'

export interface Scene {
  readonly portal: Portal
  readonly browser: Browser
  somebody(width?: number): Promise<Person>
}

/** Call it at the top of a file. What it gives can be used from the first journey on. */
export function openScene(env: Readonly<Record<string, string>> = {}): Scene {
  let browser: Browser
  let portal: Portal
  let people: Person[] = []

  beforeAll(async () => {
    ;[browser, portal] = await Promise.all([openBrowser(), startPortal(env)])
  })
  afterAll(async () => {
    await browser?.close()
    await portal?.remove()
  })
  afterEach(async () => {
    const left = people
    people = []
    for (const { context } of left) await context.close()
    expect(left.flatMap(({ faults }) => faults)).toEqual([])
  })
  return {
    get portal() {
      return portal
    },
    get browser() {
      return browser
    },
    async somebody(width) {
      const person = await aPerson(browser, portal.url, width)
      people.push(person)
      return person
    },
  }
}
