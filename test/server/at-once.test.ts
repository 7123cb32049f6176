/** Hashed files that are in memory are answered before the routes are asked: by both ways the reader gets the same. */
import { once } from 'node:events'
import { createServer, get, type IncomingHttpHeaders } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAtOnce } from '../../server/routes/at-once.ts'
import { createSiteFiles, fileRoutes } from '../../server/routes/files.ts'
import { securityHeaders } from '../../server/routes/security.ts'
import { aBuild } from '../fixtures/a-build.ts'

const folder = mkdtempSync(join(tmpdir(), 'at-once-'))
const files = createSiteFiles({ dist: aBuild(folder) })
const security = securityHeaders({ scripts: [], styles: [] }, [])
const app = fileRoutes({ files })
let long = 0
const routes = getRequestListener(async (request) => {
  long++
  const answer = await app.fetch(request)
  for (const [name, value] of Object.entries(security(new URL(request.url).pathname))) answer.headers.set(name, value)
  return answer
})
const atOnce = createAtOnce(files, security)
const server = createServer((incoming, outgoing) => atOnce(incoming, outgoing) || void routes(incoming, outgoing))
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly byRoutes: boolean
}
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const before = long
  const { port } = server.address() as AddressInfo
  const request = get({ host: '127.0.0.1', port, path, method, headers, agent: false })
  const [answer] = await once(request, 'response')
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  const { date: _date, ...told } = answer.headers
  const body = Buffer.concat(parts).toString('hex')
  return { status: answer.statusCode, headers: told, body, byRoutes: long > before }
}

it.each(['br', 'gzip, deflate', 'identity', undefined])(
  'for a reader of %s: the same bytes and headers',
  async (taken) => {
    const headers = taken === undefined ? {} : { 'accept-encoding': taken }
    const first = await ask('/_a/app.1a2b.js', headers)
    const again = await ask('/_a/app.1a2b.js', headers)
    expect([first.status, again.status, again.byRoutes]).toEqual([200, 200, false])
    expect(again.body).toBe(first.body)
    expect(again.headers).toEqual(first.headers)
    expect(again.headers['cache-control']).toContain('immutable')
    expect(again.headers['x-content-type-options']).toBe('nosniff')
  },
)

it('leaves everything else to the routes: what the reader has, parts, other methods, other files, what is not there', async () => {
  const { headers } = await ask('/_a/app.1a2b.js', { 'accept-encoding': 'br' })
  const known = await ask('/_a/app.1a2b.js', { 'accept-encoding': 'br', 'if-none-match': String(headers.etag) })
  expect([known.status, known.byRoutes]).toEqual([304, true])
  expect((await ask('/_a/app.1a2b.js', { 'accept-encoding': 'br' }, 'HEAD')).byRoutes).toBe(true)
  expect((await ask('/_a/app.1a2b.js', { range: 'bytes=0-1' })).byRoutes).toBe(true)
  for (const path of ['/robots.txt', '/robots.txt', '/_a/none.js', '/_a/app.1a2b.js?x', '/_a/../robots.txt'])
    expect((await ask(path)).byRoutes, path).toBe(true)
})
