/** What readers keep goes by signed labels: a list that lies hides nothing, and what its author had erased goes out of every copy. */
import { createServer, type Server } from 'node:http'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aPerson, openBrowser, type Person } from './browser.ts'
import { until } from './patience.ts'
import { startPortal, type Portal } from './portal.ts'
import { post } from './posting.ts'

let browser: Awaited<ReturnType<typeof openBrowser>>
let portal: Portal
let people: Person[] = []
const somebody = async (): Promise<Person> => {
  const person = await aPerson(browser, portal.url)
  people.push(person)
  return person
}
beforeAll(async () => {
  browser = await openBrowser()
  portal = await startPortal({})
})
afterAll(async () => {
  for (const { context } of people) await context.close()
  await browser?.close()
  await portal?.remove()
})

/** Somewhere in what this browser keeps: the copies of pages, files of the town, rooms that the relay wrote. */
const isKept = (page: Page, words: string): Promise<boolean> =>
  page.evaluate(async (sought) => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const key of await cache.keys()) if ((await (await cache.match(key))?.text())?.includes(sought)) return true
    }
    const bytesOf = (name: string) =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open(name)
        opening.addEventListener('error', () => resolve(''))
        opening.addEventListener('success', () => {
          const db = opening.result
          if (!db.objectStoreNames.contains('updates')) return (db.close(), resolve(''))
          const all = db.transaction('updates').objectStore('updates').getAll()
          all.addEventListener('success', () => {
            db.close()
            resolve(all.result.map((row: Uint8Array) => new TextDecoder().decode(row)).join('\n'))
          })
        })
      })
    for (const { name = '' } of await indexedDB.databases()) if ((await bytesOf(name)).includes(sought)) return true
    return false
  }, words)

async function reads(page: Page, id: string): Promise<void> {
  await page.goto(`/l/${id}`)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.goto('/c/goods')
  await page.goto(`/l/${id}`)
  await page.waitForFunction(async (path) => (await caches.match(path)) !== undefined, `/l/${id}`)
  await page.waitForFunction(async () => (await caches.match('/c/goods')) !== undefined)
  await page.goto('/search?q=木船')
  await page.locator(`a.hit[href="/l/${id}"]`).waitFor()
}

/** The same address without the portal: it has the one list to give, and everything else fails. */
function onlyTheList(url: string, list: string, asked: () => void): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/labels.json') return void response.destroy()
    asked()
    response.writeHead(200, { 'content-type': 'application/json' }).end(list)
  })
  return new Promise((resolve) => server.listen(Number(new URL(url).port), '127.0.0.1', () => resolve(server)))
}
const ends = (server: Server): Promise<unknown> => {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(resolve))
}

it('a saved listing whose author had all of his erased is gone from every copy after one request for the list', async () => {
  const [poster, reader] = [await somebody(), await somebody()]
  const title = '要被抹掉的木船模型'
  const id = await post(poster.page, { title })
  await reads(reader.page, id)
  await reader.page.goto('/c/jobs')
  await reader.page.waitForFunction(async () => (await caches.match('/c/jobs')) !== undefined)
  await reader.page.goto('/me')
  await until('the list is known', () =>
    reader.page.evaluate(async () => (await (await caches.open('labels')).match('/labels-done')) !== undefined),
  )
  expect(await isKept(reader.page, title)).toBe(true)
  await portal.stop() // the reader goes, the author erases meanwhile
  await reader.page.goto('/me')
  await reader.page.close()
  await portal.start()
  await poster.page.goto('/data')
  await poster.page.locator('[name="confirm"]').fill('全部删除')
  await poster.page.locator('[data-act="erase"]').click()
  await poster.page.locator('[data-erased]').waitFor()
  const list = await (await fetch(`${portal.url}/labels.json`)).text()
  expect(list).toContain(id)
  await portal.stop()

  let asked = 0
  const server = await onlyTheList(portal.url, list, () => asked++)
  const page = await reader.context.newPage()
  await page.goto('/me')
  await until('the list was asked for', () => asked > 0)
  await until('every copy is gone', async () => !(await isKept(page, title)))
  await ends(server)
  await page.goto(`/l/${id}`)
  await page.locator('[data-not-kept], [data-removed]').first().waitFor()
  expect(await page.locator('main').innerText()).not.toContain(title)
  await page.goto('/c/jobs') // a copy without a word of it is still there
  await page.locator('html[data-saved-at]').waitFor()
  await portal.start()
})

it('a list that somebody else signed, or whose labels nobody did, takes nothing away and is told', async () => {
  const [poster, reader] = [await somebody(), await somebody()]
  const title = '不该被撤下的木船模型'
  const id = await post(poster.page, { title })
  await reads(reader.page, id)
  await reader.page.goto('/me')
  await until('the list is known', () =>
    reader.page.evaluate(async () => (await (await caches.open('labels')).match('/labels-done')) !== undefined),
  )
  const good = JSON.parse(await (await fetch(`${portal.url}/labels.json`)).text()) as {
    readonly word: string
    readonly labels: readonly string[]
  }
  await portal.stop()
  const forged = `${'A'.repeat(86)}.{"kind":"label","author":"did:key:z6Mkabc","body":{"action":"hide","subject":{"kind":"listing","id":"${id}"}}}`
  const lists = [
    JSON.stringify({ hidden: [id] }),
    JSON.stringify({ ...good, labels: [forged] }),
    JSON.stringify({
      ...good,
      word: good.word.replace('"gone":[', `"gone":["${id}"${good.word.includes('"gone":[]') ? '' : ','}`),
    }),
  ]
  const told: string[] = []
  reader.context.on('console', (message) => message.text().startsWith('/labels.json:') && told.push(message.text()))
  for (const list of lists) {
    let asked = 0
    told.length = 0
    const server = await onlyTheList(portal.url, list, () => asked++)
    await reader.page.goto('/search?q=木船')
    await until('the list was asked for', () => asked > 0)
    await until('it is told', () => told.length > 0)
    await ends(server)
    await reader.page.goto(`/l/${id}`)
    expect(await reader.page.locator('main').innerText()).toContain(title)
  }
  await portal.start()
})
