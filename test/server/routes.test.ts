/** The portal over HTTP, asked by raw requests: contacts and their limit, files, methods, odd addresses, pages that break. */
import { mkdtempSync, rmSync } from 'node:fs'
import { request, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { commitmentOf, type HeldContact } from '#domain/contact.ts'
import type { Signer } from '#domain/identity.ts'
import type { OpenRecord } from '#domain/record.ts'
import { err } from '#domain/result.ts'
import { minuteMs } from '#domain/time.ts'
import { contactStatusOf } from '#src/pages/_parts/contact.ts'
import { createApp } from '../../server/app.ts'
import { statusOf } from '../../server/errors.ts'
import { createMetrics } from '../../server/metrics.ts'
import { createModeration } from '../../server/moderation.ts'
import { networkOf } from '../../server/relay/address.ts'
import { createSiteFiles } from '../../server/routes/files.ts'
import { createLimiter } from '../../server/routes/limiter.ts'
import { createPages } from '../../server/routes/pages.ts'
import { readInlineHashes, securityHeaders } from '../../server/routes/security.ts'
import { createContactOf } from '../../server/stores/contacts.ts'
import { createReportTable, type Report } from '../../server/stores/reports.ts'
import { aBuild } from '../fixtures/a-build.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aRecord, anEdit, noon, portal as portalId, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

const folder = mkdtempSync(join(tmpdir(), 'routes-'))
const held: HeldContact = { contact: { kind: 'phone', value: '13800001111' }, key: 'A'.repeat(22) }
const faults: string[] = []
const portal = openProjection()
let server: Server
let alice: Signer
let live: OpenRecord
let over: OpenRecord
let bare: OpenRecord
let contactOf = createContactOf(portal.core.db)

beforeAll(async () => {
  alice = await aSigner(1)
  const contact = await commitmentOf(held)
  live = await aRecord(alice, 1, noon, { contact })
  over = await aRecord(alice, 2, noon, { contact })
  bare = await aRecord(alice, 3, noon)
  const all = [live, await anEdit(alice, over, noon, { state: 'sold-here' }), bare]
  await portal.shelve(alice.did, Object.fromEntries(all.map((record) => [slotOf(record), record.text])))
  await portal.holdContacts(
    alice.did,
    Object.fromEntries([live, over].map((one) => [slotOf(one), JSON.stringify(held)])),
  )
})

/** A server of its own for each test, so that no test uses up another's limit. */
beforeEach(async () => {
  const dist = aBuild(folder)
  const now = () => noon
  const onFault = (error: Error, path: string) => void faults.push(`${path}: ${error.message}`)
  const pages = await createPages({
    dist,
    readModel: portal.model,
    now,
    version: () => 0,
    origin: () => 'http://port',
    draw: async () => new Uint8Array(),
    onFault,
  })
  const limiter = createLimiter({ most: 5, windowMs: 10 * minuteMs })
  const asked = (id: string, at: number) => contactOf(id, at)
  const app = createApp({
    files: createSiteFiles({ dist }),
    pages,
    headers: securityHeaders(readInlineHashes(dist), ['http://port']),
    now,
    contactOf: asked,
    blobs: {
      has: async () => false,
      show: async () => 'missing',
      receive: () => Promise.reject(new Error('nobody sends here')),
    },
    authorOf: async () => err({ kind: 'token-missing' }),
    limiter,
    searchLimiter: createLimiter({ most: 3, windowMs: 10 * minuteMs }),
    networkOf: ({ socket }) => networkOf(socket.remoteAddress ?? ''),
    onFault,
    unready: async () => [],
    policies: [],
    inbox: {
      keyOf: async () => err({ kind: 'token-missing' }),
      clear: async () => undefined,
      proofBits: () => 0,
      post: () => Promise.reject(new Error('nobody asks here')),
      now,
      onRefused: () => undefined,
    },
    moderation: createModeration({
      reader: portal.core.db,
      writer: { ask: async (_, report) => createReportTable(portal.core.db).put(report as Report) },
      moderators: [alice.did],
      origins: ['http://port'],
      portal: portalId,
      now,
    }),
    readModel: portal.model,
    metrics: createMetrics(),
    figures: () => Promise.reject(new Error('nobody asks here')),
    operatorToken: undefined,
    editions: {
      pointer: () => undefined,
      file: async () => 'missing',
      whole: async () => 'missing',
      cards: async () => [],
    },
    versionOf: () => undefined,
    copies: { get: () => Promise.reject(new Error('nobody asks here')) },
    erase: {
      erasing: { erase: () => Promise.reject(new Error('nobody asks here')), stepOf: () => undefined },
      keyOf: async () => undefined,
      portal: 'rizhao',
      limiter,
    },
    ending: { end: async () => false, endOf: () => undefined, portal: 'rizhao', limiter },
  })
  server = createAdaptorServer({ fetch: app.fetch }) as Server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  faults.length = 0
  return () => server.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}
/** The path goes out as it stands here. */
const ask = (method: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      let body = ''
      response.on('data', (bytes: Buffer) => (body += bytes.toString()))
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
    })
    asked.once('error', reject)
    asked.end()
  })
const json = { accept: 'application/json' }
const idOf = ({ envelope }: OpenRecord) => envelope.id
const hidden = (answer: Answer) => expect(JSON.stringify(answer)).not.toContain('13800001111')

describe('a contact', () => {
  it('is given with its key on a POST, and no cache keeps it, as JSON or as a page', async () => {
    const asJson = await ask('POST', `/contact/${idOf(live)}`, json)
    expect(asJson).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    expect(JSON.parse(asJson.body)).toEqual(held)
    const asPage = await ask('POST', `/contact/${idOf(live)}`)
    expect(asPage).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
    expect(asPage.body).toContain('13800001111')
  })

  it.each([
    ['sold', () => idOf(over), 410, 'over'],
    ['without a contact', () => idOf(bare), 404, 'no-contact'],
    ['that nobody published', () => 'a'.repeat(26), 404, 'not-found'],
  ])('of a listing %s is not', async (_, id, status, kind) => {
    const answer = await ask('POST', `/contact/${id()}`, json)
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { kind }])
    hidden(answer)
    hidden(await ask('POST', `/contact/${id()}`))
  })

  it.each(['GET', 'HEAD'])('is not given on a %s: that leads to the listing', async (method) => {
    const answer = await ask(method, `/contact/${idOf(live)}`, json)
    expect(answer).toMatchObject({ status: 303, headers: { location: `/l/${idOf(live)}` } })
    hidden(answer)
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('is not given on a %s', async (method) => {
    const answer = await ask(method, `/contact/${idOf(live)}`, json)
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST' }, body: '' })
  })

  it.each(['%2e%2e%2f', '..%2f..', '%E0%A4%A', '%00', 'a%0d%0aX-Evil:1', "'%20OR%201=1", 'x'.repeat(5000)])(
    'of an id that is none (%s) is a page that is not there',
    async (id) => {
      expect(await ask('POST', `/contact/${id}`)).toMatchObject({ status: 404, body: '<p>not here</p>' })
    },
  )

  it('is given so many times to one network, JSON and pages together, and then no more until the window is over', async () => {
    const statuses = []
    for (const headers of [json, {}, json, {}, json, json, {}])
      statuses.push((await ask('POST', `/contact/${idOf(live)}`, headers)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 404]) // the last is the stand-in page's own status
    const refused = await ask('POST', `/contact/${idOf(live)}`, json)
    expect(JSON.parse(refused.body)).toEqual({ kind: 'too-many' })
    hidden(refused)
    hidden(await ask('POST', `/contact/${idOf(live)}`))
  })

  it('that cannot be read is the page for our fault, and the operator hears of it', async () => {
    contactOf = async () => Promise.reject(new Error('disk I/O error'))
    const answer = await ask('POST', `/contact/${idOf(live)}`)
    contactOf = createContactOf(portal.core.db)
    expect(answer).toMatchObject({ status: 500, body: '<p>our fault</p>' })
    expect(answer.headers['content-type']).toMatch(/^text\/html/)
    expect(faults).toEqual([`/contact/${idOf(live)}: disk I/O error`])
  })
})

const contactProblems = ['not-found', 'over', 'no-contact', 'too-many', 'storage'] as const
it.each(contactProblems)('the page about a contact that is not given (%s) has the status of the JSON', (kind) => {
  expect(contactStatusOf(kind)).toBe(statusOf[kind])
})

describe('the plain search', () => {
  it('is limited per network; over that the page comes all the same, with what was typed, and is not kept', async () => {
    const pages = []
    for (const path of [
      '/search?q=a',
      '/en/search?q=b',
      '/search',
      '/search?q=',
      '/search?q=c',
      '/search?q=%E4%B9%A6%22',
      '/zh-hant/search?q=d',
    ])
      // prettier-ignore
      pages.push(await ask("GET", path))
    expect(pages.map(({ body }) => body)).toEqual([
      '<p>zh-Hans /search?q=a looked</p>',
      '<p>en /en/search?q=b looked</p>',
      '<p>zh-Hans /search looked</p>', // nothing is looked for
      '<p>zh-Hans /search?q= looked</p>',
      '<p>zh-Hans /search?q=c looked</p>',
      '<p>zh-Hans /search?q=%E4%B9%A6%22 too often</p>',
      '<p>zh-Hant /zh-hant/search?q=d too often</p>',
    ])
    expect(pages.map(({ headers }) => headers['cache-control'])).toEqual([...Array.from({ length: 5 }, () => 'no-cache'), 'no-store', 'no-store']) // prettier-ignore
  })
})

describe('the limiter', () => {
  it('forgets when the window is over, and each network has its own', () => {
    const { allows } = createLimiter({ most: 2, windowMs: 1000 })
    expect([allows('a', 0), allows('a', 1), allows('a', 2), allows('b', 2), allows('a', 999)]).toEqual([
      true,
      true,
      false,
      true,
      false,
    ])
    expect(allows('a', 1000)).toBe(true)
  })
})

describe('every answer', () => {
  it.each(['/', '/robots.txt', '/nowhere', '/throws', '/healthz', '/rooms/none'])(
    '%s carries the policy and its companions',
    async (path) => {
      const { headers } = await ask('GET', path)
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'permissions-policy': expect.stringContaining('geolocation=()'),
        'cross-origin-opener-policy': 'same-origin',
      })
    },
  )

  it('of a page is not sent again to a reader who has it', async () => {
    const first = await ask('GET', '/')
    const again = await ask('GET', '/', { 'if-none-match': String(first.headers.etag) })
    expect([first.status, again.status, again.body]).toEqual([200, 304, ''])
    expect(again.headers.etag).toBe(first.headers.etag)
  })

  it('of a file is not sent again either, and comes compressed where the build has it so', async () => {
    const first = await ask('GET', '/robots.txt')
    expect((await ask('GET', '/robots.txt', { 'if-none-match': String(first.headers.etag) })).status).toBe(304)
    const packed = await ask('GET', '/_a/app.1a2b.js', { 'accept-encoding': 'gzip, br' })
    expect(packed.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' })
    expect((await ask('GET', '/_a/app.1a2b.js')).headers['content-encoding']).toBeUndefined()
  })
})

describe('files', () => {
  it('are served, hashed ones for good', async () => {
    expect(await ask('GET', '/robots.txt')).toMatchObject({ status: 200, headers: { 'cache-control': 'no-cache' } })
    expect((await ask('GET', '/_a/app.1a2b.js')).headers['cache-control']).toContain('immutable')
  })

  it.each([
    '/../secret.txt',
    '/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/_a/../../secret.txt',
    '/_a/%2e%2e/%2e%2e/secret.txt',
    '/../server/entry.mjs',
    '/_a/',
    '/_a',
    '//robots.txt/../../secret.txt',
    '/robots.txt%00.html',
    '/%00',
    '/%E0%A4%A',
    `/${'x'.repeat(8000)}`,
  ])('that are none of the site are not there: %s', async (path) => {
    const answer = await ask('GET', path)
    expect(answer.status).toBe(404)
    expect(answer.body).toBe('<p>not here</p>')
    expect(faults).toEqual([])
  })
})

describe('a page', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('is not made by a %s', async (method) => {
    expect(await ask(method, '/')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' }, body: '' })
    expect(await ask('GET', '/')).toMatchObject({ status: 200, body: 'GET home' })
  })

  it('that is not there says so', async () => {
    const answer = await ask('GET', '/nope')
    expect(answer).toMatchObject({ status: 404, body: '<p>not here</p>' })
    expect(answer.headers['content-type']).toMatch(/^text\/html/)
  })

  it.each(['/rejects', '/throws'])('that breaks (%s) is the page for our fault, told to the operator', async (path) => {
    expect(await ask('GET', path)).toMatchObject({ status: 500, body: '<p>our fault</p>' })
    expect(faults).toEqual([`${path}: no page`])
  })

  it('that printed its own fault is told to the operator too', async () => {
    expect(await ask('GET', '/fails')).toMatchObject({ status: 500, body: '<p>printed fault</p>' })
    expect(faults).toEqual(['/fails: status 500'])
  })

  it('with a control character in its address is not there: no such redirect could be sent', async () => {
    expect(await ask('GET', '/l/a%0d%0aX-Evil:%201/contact')).toMatchObject({ status: 404, body: '<p>not here</p>' })
    expect((await ask('GET', '/?q=%0d%0a')).status).toBe(200)
  })

  it.each(['/', '/nope', '/robots.txt', '/throws', '/contact/x', '/healthz'])(
    '%s has the headers of all',
    async (path) => {
      expect((await ask('GET', path)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'cross-origin-opener-policy': 'same-origin',
      })
    },
  )
})

it('/healthz tells the time', async () => {
  const answer = await ask('GET', '/healthz')
  expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } })
  expect(JSON.parse(answer.body)).toEqual({ ok: true, now: noon })
})
