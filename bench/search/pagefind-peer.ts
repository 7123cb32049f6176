/**
 * Pagefind as a process of its own: its index is written by its Node interface and searched by its own script in a real
 * Chromium, a fresh browser context for each query, over a small server on loopback that counts what it gives. Its index
 * files are compressed already and counted as they are; its script and WebAssembly, the same for every site, are counted
 * apart. A query ends when the first 20 results have their fragments. Arguments: listings, queries, now.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync } from 'node:zlib'
import * as pagefind from 'pagefind'
import { chromium } from 'playwright-core'
import { residentBytes } from '../relay/accounts.ts'
import { materialOf, percentile } from './material.ts'

export interface PagefindFigures {
  readonly buildMs: number
  readonly peakBytes: number
  readonly indexBytes: number
  readonly bytesP50: number
  readonly bytesP95: number
  readonly requestsP50: number
  readonly requestsP95: number
  readonly scriptBytes: number
  readonly warmP50: number
  readonly warmP95: number
  readonly found: number
  readonly empty: number
}

const [count = '0', asked = '0', now = '0'] = process.argv.slice(2)
const { entries, queries } = materialOf(Number(count), Math.ceil(Number(asked) / 5), Number(now))

/** The binary is the one child of this process until the browser starts. */
let peakBytes = 0
const watch = setInterval(() => (peakBytes = Math.max(peakBytes, childPeak())), 200)
const startedAt = performance.now()
const { index } = await pagefind.createIndex()
if (!index) throw new Error('no index')
const batch = 500 // answers come one by one; a line of messages at a time keeps it busy
for (let at = 0; at < entries.length; at += batch)
  await Promise.all(
    entries.slice(at, at + batch).map(({ id, title, text, category, district }) =>
      index.addCustomRecord({
        url: `/l/${id}`,
        content: `${title}。${text}`,
        language: 'zh',
        meta: { title },
        filters: { category: [category], district: [district] },
      }),
    ),
  )
const { files } = await index.getFiles()
const buildMs = performance.now() - startedAt
peakBytes = Math.max(peakBytes, childPeak())
clearInterval(watch)

const held = new Map(files.map(({ path, content }) => [`/${path}`, content]))
await pagefind.close()

interface Given {
  readonly path: string
  readonly bytes: number
}
let given: Given[] = []
const types: Readonly<Record<string, string>> = { js: 'text/javascript', json: 'application/json', html: 'text/html' }
const server = createServer((request, response) => {
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  const body = path === '/page.html' ? new TextEncoder().encode('<!doctype html><title>peer</title>') : held.get(path)
  if (!body) return void response.writeHead(404).end()
  given.push({ path, bytes: body.length })
  response.writeHead(200, { 'content-type': types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream' })
  response.end(body)
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const isScript = ({ path }: Given): boolean => /\.(js|wasm|html)$|wasm\./.test(path)
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: '--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run'.split(
    ' ',
  ),
})
const search = async ({ script, query }: { readonly script: string; readonly query: string }) => {
  const engine = (await import(script)) as {
    search(query: string): Promise<{ results: readonly { data(): Promise<unknown> }[] }>
  }
  const at = performance.now()
  const { results } = await engine.search(query)
  const foundIn = performance.now() - at
  await Promise.all(results.slice(0, 20).map((result) => result.data()))
  return { count: results.length, foundIn }
}
const script = `${origin}/pagefind.js`

const cold: { bytes: number; requests: number; count: number }[] = []
const scripts = new Map<string, number>()
for (const { query } of queries) {
  given = []
  const context = await browser.newContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${origin}/page.html`)
  await page.evaluate(`document.documentElement.lang = 'zh'`)
  const { count } = await page.evaluate(search, { script, query })
  const index = given.filter((each) => !isScript(each))
  cold.push({ bytes: index.reduce((sum, { bytes }) => sum + bytes, 0), requests: index.length, count })
  for (const { path } of given.filter(isScript))
    if (!path.endsWith('.html')) scripts.set(path, brotliCompressSync(held.get(path)!).length)
  await context.close()
}

const page = await browser.newPage()
await page.goto(`${origin}/page.html`)
await page.evaluate(`document.documentElement.lang = 'zh'`)
for (const { query } of queries) await page.evaluate(search, { script, query })
const warm: number[] = []
for (const { query } of queries) warm.push((await page.evaluate(search, { script, query })).foundIn)
await browser.close()
server.close()

const bytes = cold.map((each) => each.bytes)
const requests = cold.map((each) => each.requests)
const figures: PagefindFigures = {
  buildMs,
  peakBytes,
  indexBytes: [...held].reduce((sum, [path, { length }]) => sum + (/pf_|entry/.test(path) ? length : 0), 0),
  bytesP50: percentile(bytes, 0.5),
  bytesP95: percentile(bytes, 0.95),
  requestsP50: percentile(requests, 0.5),
  requestsP95: percentile(requests, 0.95),
  scriptBytes: [...scripts.values()].reduce((sum, size) => sum + size, 0),
  warmP50: percentile(warm, 0.5),
  warmP95: percentile(warm, 0.95),
  found: cold.reduce((sum, { count: n }) => sum + n, 0),
  empty: cold.filter(({ count: n }) => n === 0).length,
}
console.log(JSON.stringify(figures))
process.exit(0)

function childPeak(): number {
  try {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ')
    return Math.max(0, ...children.filter(Boolean).map((pid) => residentBytes(Number(pid)).peak))
  } catch {
    return 0 // it has just ended
  }
}
