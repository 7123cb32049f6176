/** Rendered pages: captured whole from a real handler, kept while nothing changed, sent in the encoding a reader takes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { capture, type Captured } from '../../server/routes/capture.ts'
import { createPageCache, encodingFor } from '../../server/routes/page-cache.ts'
import { readInlineHashes, securityHeaders } from '../../server/routes/security.ts'
import { aBuild } from '../fixtures/a-build.ts'

const folder = mkdtempSync(join(tmpdir(), 'page-cache-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the capture', () => {
  /** What is captured of one real request that `answer` answers. */
  const capturedOf = (answer: (response: ServerResponse, next: () => void) => Promise<void>) =>
    new Promise<Captured | undefined>((resolve, reject) => {
      const server: Server = createServer((request, response) => {
        capture(request, answer).then(resolve, reject)
        response.end()
      })
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo
        void fetch(`http://127.0.0.1:${port}/`).finally(() => server.close())
      })
    })

  it('holds status, headers and every part of the body, however they were told', async () => {
    const captured = await capturedOf(async (response) => {
      response.setHeader('X-First', '1')
      response.writeHead(201, { 'content-type': 'text/html' })
      response.write('<p>一')
      await new Promise(setImmediate)
      response.end(Buffer.from('二</p>'))
    })
    expect(captured).toMatchObject({ status: 201, headers: { 'content-type': 'text/html', 'x-first': '1' } })
    expect(captured?.body.toString()).toBe('<p>一二</p>')
  })

  it('is nothing where there is no page', async () =>
    expect(await capturedOf(async (_response, next) => next())).toBeUndefined())

  it('fails with a page that breaks off', async () =>
    expect(
      capturedOf(async (response) => {
        response.write('<p>')
        response.destroy(new Error('broke off'))
      }),
    ).rejects.toThrow('broke off'))
})

describe('the cache of pages', () => {
  const clock = { now: 0, version: 1 }
  let rendered = 0
  const pageOf =
    (status = 200, size = 10) =>
    async (): Promise<Captured> => {
      rendered++
      return { status, headers: {}, body: Buffer.from('页'.repeat(size)) }
    }
  const aCache = (budgetBytes?: number) =>
    createPageCache({ version: () => clock.version, now: () => clock.now, ...(budgetBytes && { budgetBytes }) })
  beforeEach(() => {
    Object.assign(clock, { now: 1_000_000, version: 1 })
    rendered = 0
  })

  it('renders once for many readers, and again when something was published or half a minute has gone', async () => {
    const cache = aCache()
    const ask = () => cache.get('/', pageOf())
    await ask()
    clock.now += 29_000
    await ask()
    expect(rendered).toBe(1)
    clock.version++
    await ask()
    expect(rendered).toBe(2)
    clock.now += 30_000
    await ask()
    expect(rendered).toBe(3)
    clock.now -= 60_000 // a clock that was set back keeps nothing alive
    await ask()
    expect(rendered).toBe(4)
  })

  it('does not keep what was published meanwhile out of the next page', async () => {
    const cache = aCache()
    await cache.get('/', async () => {
      clock.version++ // while it was being rendered
      return pageOf()()
    })
    await cache.get('/', pageOf())
    expect(rendered).toBe(2)
  })

  it('keeps whole pages only: a refusal, a redirect or a fault is rendered each time', async () => {
    const cache = aCache()
    for (const status of [404, 410, 500, 302]) {
      await cache.get(`/${status}`, pageOf(status))
      await cache.get(`/${status}`, pageOf(status))
    }
    expect(rendered).toBe(8)
    expect(cache.heldBytes()).toBe(0)
  })

  it('stays within its bytes, and lets the page go that was not asked for longest', async () => {
    const cache = aCache(1_000)
    for (const address of ['/a', '/b', '/c']) await cache.get(address, pageOf(200, 100)) // 300 bytes each
    await cache.get('/a', pageOf(200, 100))
    await cache.get('/d', pageOf(200, 100)) // over: /b goes
    expect(cache.heldBytes()).toBe(900)
    rendered = 0
    await cache.get('/a', pageOf(200, 100))
    expect(rendered).toBe(0)
    await cache.get('/b', pageOf(200, 100))
    expect(rendered).toBe(1)
  })

  it('gives the same page in every encoding', async () => {
    const page = await aCache().get('/', pageOf(200, 500))
    const plain = '页'.repeat(500)
    expect(Buffer.from((await page?.bodyIn('identity')) ?? []).toString()).toBe(plain)
    expect(brotliDecompressSync((await page?.bodyIn('br')) ?? new Uint8Array()).toString()).toBe(plain)
    expect(gunzipSync((await page?.bodyIn('gzip')) ?? new Uint8Array()).toString()).toBe(plain)
  })
})

describe('the encoding', () => {
  it.each([
    [undefined, 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1.0, *;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['BR', 'br'],
    ['deflate', 'identity'],
  ])('for %s is %s', (accepted, encoding) => expect(encodingFor(accepted)).toBe(encoding))
})

describe('the policy of every answer', () => {
  const policyOf = (origins: readonly string[]) =>
    securityHeaders({ scripts: ["'sha256-a='"], styles: [] }, origins)('/')['Content-Security-Policy']

  it('allows our files, the hashes of the build and our own sockets, and nothing unsafe', () => {
    const policy = policyOf(['https://town.example'])
    expect(policy).toContain("script-src 'self' 'sha256-a=';")
    expect(policy).toContain("connect-src 'self' wss://town.example;")
    expect(policy).toContain("default-src 'none';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*|http:/)
  })
  it('of an asset says only what matters there: a worker fetches from us alone, nothing is evaluated', () =>
    expect(securityHeaders({ scripts: [], styles: [] }, [])('/_a/worker.js')).toEqual({
      'Content-Security-Policy': "default-src 'self'",
      'X-Content-Type-Options': 'nosniff',
    }))
  it('leaves out what its syntax cannot say', () =>
    expect(policyOf(['http://[::1]:80'])).toContain("connect-src 'self';"))
  it('is read from the build, and a build without it is none', () => {
    expect(readInlineHashes(aBuild(folder))).toEqual({ scripts: [], styles: [] })
    expect(() => readInlineHashes(join(folder, 'nowhere'))).toThrow('ENOENT')
  })
})
