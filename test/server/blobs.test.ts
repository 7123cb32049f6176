/** Photos over HTTP: real files, a real folder, the read model of real records, and a clock a test sets. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import sharp from 'sharp'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Signer } from '#domain/identity.ts'
import type { Photo } from '#domain/photo.ts'
import { ok } from '#domain/result.ts'
import { dayMs, hourMs, minuteMs } from '#domain/time.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import { noBlobLimits, type BlobLimits } from '../../server/blob-limits.ts'
import { createBlobs, type Blobs } from '../../server/blobs.ts'
import { createPictureQueue } from '../../server/picture-queue.ts'
import { blobRoutes } from '../../server/routes/blobs.ts'
import type { PortalBindings } from '../../server/routes/pages.ts'
import { createBlobFolder } from '../../server/stores/blob-folder.ts'
import { createNamedPhotos } from '../../server/stores/photos.ts'
import { createSentBytes, type Sent } from '../../server/stores/sent.ts'
import { hashOf } from '../contract/blob-store.ts'
import { aBomb, aCameraPhoto, aFilm, aSentPhoto, scriptedDrawing } from '../fixtures/photos.ts'
import { openProjection } from '../fixtures/projection.ts'
import { anEdit, aRecord, noon, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

const audience = 'http://port'
let portal: ReturnType<typeof openProjection>
let alice: Signer
let red: Buffer
let folder: string
let server: Server
let url: string
let blobs: Blobs
let isDiskLow = false

beforeAll(async () => {
  alice = await aSigner(1)
  red = await aSentPhoto('#c33')
})
const start = async (limits: BlobLimits = noBlobLimits): Promise<void> => {
  const store = createBlobFolder(folder)
  const named = createNamedPhotos(portal.core.db)
  const now = () => portal.clock.now
  const sent = createSentBytes(portal.core.db)
  const take = async (asked: Sent) => sent.take(asked)
  const queue = createPictureQueue()
  blobs = createBlobs({ store, named, queue, limits, take, isDiskLow: async () => isDiskLow, now })
  const authorOf = async (token: string) => {
    const read = await verifyToken(token, { audience, now: now() })
    return read.ok ? ok(read.value.did) : read
  }
  const app = new Hono<PortalBindings>().route('/blobs', blobRoutes({ blobs, authorOf, networkOf: () => '10.0.0.1' }))
  server?.close()
  server = createAdaptorServer({ fetch: app.fetch }) as Server
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'blobs-http-'))
  portal = openProjection()
  isDiskLow = false
  await start()
})
afterEach(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const put = async (bytes: Buffer, { by = alice, as = hashOf(bytes), token = '' } = {}) =>
  fetch(`${url}/blobs/${as}`, {
    method: 'PUT',
    body: new Uint8Array(bytes),
    headers: { Authorization: `Bearer ${token || (await makeToken(by, audience, portal.clock.now))}` },
  })
const told = async (answer: Response) => [answer.status, ((await answer.json()) as { kind: string }).kind]
const get = (bytes: Buffer, query = '', headers = {}) => fetch(`${url}/blobs/${hashOf(bytes)}${query}`, { headers })
const stored = () => readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('/')).length
const photoOf = (bytes: Buffer): Photo => ({
  hash: hashOf(bytes),
  width: 1600,
  height: 1200,
  bytes: bytes.length,
  type: 'image/webp',
})

async function list(photos: readonly Buffer[], seed = 1) {
  const record = await aRecord(alice, seed, portal.clock.now, { photos: photos.map(photoOf) })
  await portal.shelve(alice.did, { [slotOf(record)]: record.text })
  return record
}

describe('a photo that is sent', () => {
  it('is stored whole under its hash and shown once a listing names it, in every width', async () => {
    expect((await put(red)).status).toBe(204)
    expect((await get(red)).status).toBe(404) // nobody has judged anything that names it
    await list([red])
    const whole = await get(red)
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(red)
    expect([whole.headers.get('content-type'), whole.headers.get('cache-control')]).toEqual([
      'image/webp',
      'public, max-age=3600',
    ])
    for (const [width, real] of [
      [320, 320],
      [800, 800],
      [1600, 1600],
    ]) {
      const answer = await get(red, `?w=${width}`)
      expect((await sharp(await answer.arrayBuffer()).metadata()).width).toBe(real)
    }
    expect((await get(red, '?w=5000')).status).toBe(404)
  })

  it('is made smaller once', async () => {
    await put(red)
    await list([red])
    await Promise.all([get(red, '?w=800'), get(red, '?w=800')])
    await expect.poll(stored).toBe(3) // itself, 320, 800
  })

  it('answers that it is not sent anew when the reader has it', async () => {
    await put(red)
    await list([red])
    const tag = (await get(red, '?w=320')).headers.get('etag') ?? ''
    expect((await get(red, '?w=320', { 'If-None-Match': tag })).status).toBe(304)
    expect((await get(red, '?w=800', { 'If-None-Match': tag })).status).toBe(200)
  })

  it('is asked for before it is sent: HEAD tells whether it need be', async () => {
    const head = async () => (await fetch(`${url}/blobs/${hashOf(red)}`, { method: 'HEAD' })).status
    expect(await head()).toBe(404)
    await put(red)
    expect(await head()).toBe(200)
    portal.clock.now += 13 * hourMs
    expect(await head()).toBe(404) // it may be swept before its listing comes: sent again it stays
    await put(red)
    expect(await head()).toBe(200)
  })

  it('that is not there yet has a picture in its place, and a machine is told plainly', async () => {
    await list([red])
    const answer = await get(red, '?w=320', { Accept: 'image/avif,image/webp,*/*' })
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      404,
      'image/svg+xml',
      'no-store',
    ])
    expect(await told(await get(red))).toEqual([404, 'not-found'])
  })
})

describe('what is refused', () => {
  it.each([
    ['an SVG with a script', async () => scriptedDrawing, 415, 'photo-type'],
    [
      'a page that says it is a photo',
      async () => Buffer.from('<!doctype html><script>alert(1)</script>'),
      415,
      'photo-type',
    ],
    ['a PNG', async () => sharp(red).png().toBuffer(), 415, 'photo-type'],
    ['a PNG bomb', async () => aBomb(60_000, 60_000), 415, 'photo-type'],
    ['a WebP bomb', async () => aSentPhoto('#000', 6000, 6000), 413, 'photo-size'],
    ['a film', async () => aFilm(), 415, 'photo-type'],
    ['more pixels than a photo has here', async () => aSentPhoto('#00f', 1601, 900), 413, 'photo-size'],
    [
      'a camera’s own file, with the place in it',
      async () =>
        sharp(await aCameraPhoto('#0a0', 800, 600))
          .keepExif()
          .webp()
          .toBuffer(),
      422,
      'photo-metadata',
    ],
    ['a photo that ends half way', async () => red.subarray(0, red.length >> 1), 422, 'photo-damaged'],
  ] as const)('%s', async (_, make, status, kind) => {
    expect(await told(await put(Buffer.from(await make())))).toEqual([status, kind])
    expect(stored()).toBe(0)
  })

  it('bytes under another hash, a name that is none, more bytes than a photo has', async () => {
    expect(await told(await put(red, { as: 'a'.repeat(64) }))).toEqual([422, 'wrong-hash'])
    expect((await put(red, { as: 'A'.repeat(64) })).status).toBe(404)
    expect(await told(await put(Buffer.alloc(1_000_001)))).toEqual([413, 'photo-bytes'])
    expect(stored()).toBe(0)
  })

  it('who has no token, an old one, one for another portal', async () => {
    const tokens = [
      'x',
      await makeToken(alice, audience, noon - hourMs),
      await makeToken(alice, 'http://elsewhere', noon),
    ]
    for (const token of tokens) expect(await told(await put(red, { token }))).toEqual([401, 'unauthorized'])
    expect((await fetch(`${url}/blobs/${hashOf(red)}`, { method: 'DELETE' })).status).toBe(405)
  })

  it('an upload that was cut, which leaves nothing and is sent again', async () => {
    const token = await makeToken(alice, audience, noon)
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.write(
      `PUT /blobs/${hashOf(red)} HTTP/1.1\r\nHost: port\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${red.length}\r\n\r\n`,
    )
    socket.write(red.subarray(0, 500))
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(stored()).toBe(0)
    expect((await put(red)).status).toBe(204)
  })

  it('a key over its day’s bytes, a network over its own; the same photo again costs nothing', async () => {
    const blue = await aSentPhoto('#33c', 900, 700)
    await start({ ...noBlobLimits, bytesPerKey: red.length + 10 })
    expect((await put(red)).status).toBe(204)
    expect((await put(red)).status).toBe(204)
    expect(await told(await put(blue))).toEqual([429, 'photo-quota'])
    expect((await put(blue, { by: await aSigner(2) })).status).toBe(204)
    portal.clock.now += dayMs
    await start({ ...noBlobLimits, bytesPerNetwork: 10 })
    expect(await told(await put(await aSentPhoto('#3c3', 500, 500)))).toEqual([429, 'photo-quota'])
  })

  it('what was sent within a day is counted over a restart, and no longer', async () => {
    const path = join(folder, 'portal.db')
    const again = async () => {
      portal.projector.stop()
      portal.core.db.close()
      portal = openProjection(path)
      await start({ ...noBlobLimits, bytesPerKey: red.length + 10 })
    }
    const blue = await aSentPhoto('#33c', 900, 700)
    await again()
    expect((await put(red)).status).toBe(204)
    await again()
    expect(await told(await put(blue))).toEqual([429, 'photo-quota'])
    await again()
    portal.clock.now += dayMs
    expect((await put(blue)).status).toBe(204)
    expect(portal.core.db.prepare('SELECT count(*) AS n FROM sent').get()).toEqual({ n: 1 })
  })

  it('more than there is room for, when no listing names it; a disk under its floor', async () => {
    await start({ ...noBlobLimits, unnamedBytes: red.length - 1 })
    expect(await told(await put(red))).toEqual([503, 'photo-room'])
    isDiskLow = true
    await start()
    expect(await told(await put(red))).toEqual([507, 'disk-low'])
  })
})

describe('a photo goes', () => {
  const later = async (ms: number) => {
    portal.clock.now += ms
    return blobs.sweep()
  }

  it('after a day when no listing named it, and not before', async () => {
    await put(red)
    expect([await later(dayMs - minuteMs), await later(2 * minuteMs)]).toEqual([0, 1])
    expect(stored()).toBe(0)
  })

  it('when its listing is withdrawn: at once from sight, with all that was made of it from the disk', async () => {
    await put(red)
    const record = await list([red])
    await get(red, '?w=800')
    await expect.poll(stored).toBe(3)
    expect(await later(2 * dayMs)).toBe(0)
    const withdrawn = await anEdit(alice, record, portal.clock.now, { state: 'changed-mind' })
    await portal.shelve(alice.did, { [slotOf(record)]: withdrawn.text })
    expect((await get(red, '?w=320', { Accept: 'image/*' })).status).toBe(410)
    expect([await later(minuteMs), await later(10 * minuteMs), stored()]).toEqual([0, 1, 0])
  })

  it('when a revision leaves it out, and stays when another listing names it', async () => {
    const blue = await aSentPhoto('#33c')
    await put(red)
    await put(blue)
    const record = await list([red, blue])
    await list([blue], 2)
    const edit = await anEdit(alice, record, portal.clock.now, { photos: undefined })
    await portal.shelve(alice.did, { [slotOf(record)]: edit.text })
    expect(await later(hourMs)).toBe(1)
    expect([(await get(red)).status, (await get(blue)).status]).toEqual([410, 200])
  })

  it('thirty days after its listing ran out, when that has no page any more', async () => {
    await put(red)
    await list([red])
    expect(await later(59 * dayMs)).toBe(0)
    expect((await get(red)).status).toBe(200)
    expect(await later(2 * dayMs)).toBe(1)
  })

  it('and can come back, with its listing', async () => {
    await put(red)
    const record = await list([red])
    const withdrawn = await anEdit(alice, record, portal.clock.now, { state: 'changed-mind' })
    await portal.shelve(alice.did, { [slotOf(record)]: withdrawn.text })
    await later(hourMs)
    const back = await anEdit(alice, withdrawn, portal.clock.now, { state: 'live' })
    await portal.shelve(alice.did, { [slotOf(record)]: back.text })
    await put(red)
    expect([await later(2 * dayMs), (await get(red)).status]).toEqual([0, 200])
  })
})
