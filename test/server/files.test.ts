/** Files of a build, over the routes alone: headers, tags, encodings, what is held and what comes from the disk. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { createSiteFiles, fileRoutes, type SiteFilesDeps } from '../../server/routes/files.ts'
import { aBuild } from '../fixtures/a-build.ts'

const folder = mkdtempSync(join(tmpdir(), 'files-'))
const dist = aBuild(folder)
const client = join(dist, 'client')
const script = `export const long = '${'0'.repeat(600)}'\n`
mkdirSync(join(client, 'guides', 'rent'), { recursive: true })
writeFileSync(join(client, 'guides', 'rent', 'index.html'), '<p>rent</p>')
writeFileSync(join(client, 'once.txt'), 'as it was')
writeFileSync(join(client, 'large.bin'), 'x'.repeat(5000))
afterAll(() => rmSync(folder, { recursive: true }))

const routesOf = (deps: SiteFilesDeps) => fileRoutes({ files: createSiteFiles(deps) })
const site = routesOf({ dist, mostHeldBytes: 4000 })
const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  site.request(path, { method, headers })
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())
const tagOf = (answer: Response) => answer.headers.get('etag') ?? 'none'

describe('a file of the build', () => {
  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip, br;q=0', 'gzip', gunzipSync],
    ['zstd', null, (bytes: Buffer) => bytes],
  ] as const)('for a reader of %s comes as %s', async (accepted, encoding, unpacked) => {
    const answer = await ask('/_a/app.1a2b.js', { 'accept-encoding': accepted })
    const bytes = await bytesOf(answer)
    expect(unpacked(bytes).toString()).toBe(script)
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(answer.headers.get('content-length')).toBe(String(bytes.length))
    expect(answer.headers.get('vary')).toBe('Accept-Encoding')
    expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  it('has a tag for each encoding, and is not sent to who has it', async () => {
    const packed = await ask('/_a/app.1a2b.js', { 'accept-encoding': 'br' })
    const plain = await ask('/_a/app.1a2b.js')
    expect(tagOf(packed)).not.toBe(tagOf(plain))
    const again = await ask('/_a/app.1a2b.js', { 'accept-encoding': 'br', 'if-none-match': tagOf(packed) })
    expect([again.status, await again.text(), tagOf(again)]).toEqual([304, '', tagOf(packed)])
    expect((await ask('/_a/app.1a2b.js', { 'if-none-match': tagOf(packed) })).status).toBe(200)
  })

  it('too small to be compressed comes as it is', async () => {
    const answer = await ask('/robots.txt', { 'accept-encoding': 'br' })
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(await answer.text()).toBe('User-agent: *\n')
  })

  it('is asked about without its body', async () => {
    const answer = await ask('/robots.txt', {}, 'HEAD')
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '14', ''])
  })

  it.each(['/guides/rent', '/guides/rent/', '/guides/rent/index.html'])('that is a page stands at %s', async (path) => {
    const answer = await ask(path)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(await answer.text()).toBe('<p>rent</p>')
  })

  it.each(['/guides', '/_a', '/_a/app.1a2b.js.br', '/', '/once.txt/x'])('is not at %s', async (path) =>
    expect((await ask(path)).status).toBe(404),
  )
})

describe('what is read', () => {
  it('once is held: the disk is not asked again', async () => {
    const first = await ask('/once.txt')
    expect(await first.text()).toBe('as it was')
    rmSync(join(client, 'once.txt'))
    const again = await ask('/once.txt')
    expect(await again.text()).toBe('as it was')
    expect(tagOf(again)).toBe(tagOf(first))
  })

  it('last stays when there is too much', async () => {
    for (const name of ['a', 'b', 'c']) writeFileSync(join(client, `${name}.txt`), name.repeat(10))
    const narrow = routesOf({ dist, budgetBytes: 25 }).onError((_, c) => c.body(null, 500))
    for (const name of ['a', 'b', 'a', 'c']) expect((await narrow.request(`/${name}.txt`)).status).toBe(200)
    for (const name of ['a', 'b', 'c']) rmSync(join(client, `${name}.txt`))
    for (const name of ['a', 'c']) expect(await (await narrow.request(`/${name}.txt`)).text()).toBe(name.repeat(10))
    expect((await narrow.request('/b.txt')).status).toBe(500)
  })

  it('and is too large to be held comes from the disk each time, with a tag all the same', async () => {
    const first = await ask('/large.bin')
    expect((await bytesOf(first)).length).toBe(5000)
    expect((await ask('/large.bin', { 'if-none-match': tagOf(first) })).status).toBe(304)
    expect((await ask('/large.bin', {}, 'HEAD')).headers.get('content-length')).toBe('5000')
    writeFileSync(join(client, 'large.bin'), 'y'.repeat(5000))
    expect((await bytesOf(await ask('/large.bin'))).toString()).toBe('y'.repeat(5000))
  })
})
