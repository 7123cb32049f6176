/** A real Chromium; every `person` is a browser of his own (own storage, own key). Faults of a page fail the journey that caused them. */
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { findChromium } from '../chromium.ts'
import { patienceMs } from './patience.ts'

// prettier-ignore
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath(), args: flags })

/** A browser that keeps its storage in `folder` when it is closed, as everybody's does. */
export async function openProfile(folder: string, baseURL: string): Promise<BrowserContext> {
  const launch = { executablePath: chromiumPath(), args: flags, baseURL, locale: 'zh-CN' }
  return patient(await chromium.launchPersistentContext(folder, launch))
}

/** Waits for what is asked of its pages as long as journeys wait for anything. */
export function patient(context: BrowserContext): BrowserContext {
  context.setDefaultTimeout(patienceMs)
  return context
}

function chromiumPath(): string {
  const path = findChromium()
  if (!path) throw new Error('no Chromium: type npm test, which finds or installs one')
  return path
}

export interface Person {
  readonly page: Page
  readonly context: BrowserContext
  /** What pages threw or logged as errors, but for requests that fail because the server is stopped. */
  readonly faults: readonly string[]
}

export async function aPerson(browser: Browser, baseURL: string, width = 1280): Promise<Person> {
  const context = patient(await browser.newContext({ baseURL, viewport: { width, height: 900 }, locale: 'zh-CN' }))
  const faults: string[] = []
  context.on('page', (page) => {
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('console', (message) => {
      if (
        message.type() === 'error' &&
        !/Failed to load resource|error occurred when fetching the script|WebSocket connection/.test(message.text())
      )
        faults.push(message.text())
    })
  })
  return { page: await context.newPage(), context, faults }
}
