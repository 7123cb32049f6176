/** An attacker with his own client tries everything a hostile network could; the portal says no by its rule and lives on. */
import { DatabaseSync } from 'node:sqlite'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBase64url, utf8 } from '#domain/bytes.ts'
import type { Signer } from '#domain/identity.ts'
import type { ListingBody } from '#domain/listing.ts'
import { firstRevision, nextRevision, seal, type OpenRecord } from '#domain/record.ts'
import { dayMs } from '#domain/time.ts'
import { makeToken } from '#domain/token.ts'
import { createRoomReader } from '../../server/stores/sqlite.ts'
import { aNonce, aSigner } from '../fixtures/signers.ts'
import { aListing } from '../fixtures/town.ts'
import { noticesOf, openAs, openClient, type OpenClient } from './client.ts'
import { startPortal, type Portal } from './portal.ts'

let portal: Portal
let mallory: Signer
let alice: Signer
const open: OpenClient[] = []
const keep = (client: OpenClient) => (open.push(client), client)

beforeAll(async () => {
  portal = await startPortal()
  ;[mallory, alice] = await Promise.all([aSigner(66), aSigner(1)])
})
afterAll(async () => {
  for (const client of open) client.close()
  await portal.remove()
})

const sign = (
  signer: Signer,
  body: Partial<Record<keyof ListingBody, unknown>>,
  nonce: number,
  portalId = 'rizhao',
  now = Date.now(),
) => firstRevision(signer, { portal: portalId, kind: 'listing', body: aListing(body), nonce: aNonce(nonce), now })

/** Puts a text into the attacker's own shelf under the slot of `id` and gives the rule of the notice that answers it. */
async function ruleFor(text: string, id: string, hash?: string): Promise<string | undefined> {
  const shelf = keep(openAs(portal.url, `shelf/${mallory.did}`, mallory))
  const inbox = keep(openAs(portal.url, `inbox/${mallory.did}`, mallory))
  await expect.poll(() => shelf.synced() && inbox.synced()).toBe(true)
  const before = new Set(noticesOf(inbox).map((notice) => notice.hash))
  shelf.doc.getMap('records').set(`${id}/attacker${before.size}`, text)
  const fresh = () => noticesOf(inbox).filter((notice) => !before.has(notice.hash) && (!hash || notice.hash === hash))
  await expect.poll(() => fresh().length).toBeGreaterThan(0)
  shelf.close()
  inbox.close()
  const [notice] = fresh()
  expect(notice?.verdict).toBe('refused')
  expect((await fetch(`${portal.url}/l/${id}`)).status).not.toBe(200)
  return notice?.refusals[0]?.rule
}

const hostile = async (json: string, signer = mallory) => `${toBase64url(await signer.sign(utf8(json)))}.${json}`

describe('a hostile record is refused by its rule, and has no page', () => {
  const cases: readonly (readonly [string, string, () => Promise<readonly [string, OpenRecord]>])[] = [
    [
      'a forged signature',
      'bad-signature',
      async () => {
        const record = await sign(alice, {}, 1)
        return [await hostile(JSON.stringify(record.envelope)), record]
      },
    ],
    [
      'an unsigned field smuggled in through __proto__',
      'forbidden-key',
      async () => {
        const record = await sign(mallory, {}, 2)
        return [
          await hostile(JSON.stringify(record.envelope).replace('"body":{', '"__proto__":{"state":"live"},"body":{')),
          record,
        ]
      },
    ],
    [
      'a record of another town',
      'wrong-portal',
      async () => {
        const record = await sign(mallory, {}, 3, 'huangdao')
        return [record.text, record]
      },
    ],
    [
      'a wrong id for the author',
      'wrong-id',
      async () => {
        const [mine, stolen] = await Promise.all([sign(mallory, {}, 4), sign(alice, {}, 5)])
        const record = await seal(mallory, { ...mine.envelope, id: stolen.envelope.id })
        return [record.text, record]
      },
    ],
    [
      "somebody else's genuine record in one's own shelf",
      'wrong-author',
      async () => {
        const record = await sign(alice, {}, 6)
        return [record.text, record]
      },
    ],
    [
      'a clock a day ahead',
      'clock',
      async () => {
        const record = await sign(mallory, {}, 7, 'rizhao', Date.now() + dayMs)
        return [record.text, record]
      },
    ],
    [
      'an unknown category',
      'unknown-category',
      async () => {
        const record = await sign(mallory, { category: 'arms' }, 8)
        return [record.text, record]
      },
    ],
    [
      'a field of another category',
      'foreign-field',
      async () => {
        const record = await sign(mallory, { fields: { gearbox: 'manual' } }, 9)
        return [record.text, record]
      },
    ],
    [
      'a title of 3 characters',
      'title-length',
      async () => {
        const record = await sign(mallory, { title: '出电动' }, 10)
        return [record.text, record]
      },
    ],
    [
      'a title of 41 characters',
      'title-length',
      async () => {
        const record = await sign(mallory, { title: '字'.repeat(41) }, 11)
        return [record.text, record]
      },
    ],
    [
      'a price of 1e30',
      'price-range',
      async () => {
        const record = await sign(mallory, { priceFen: 1e30 }, 12)
        return [record.text, record]
      },
    ],
    [
      'control characters in a text field',
      'control-characters',
      async () => {
        const record = await sign(mallory, { text: '正常的说明文字\u0007\u202e后面反过来写' }, 13)
        return [record.text, record]
      },
    ],
  ]
  it.each(cases)('%s: %s', async (_, rule, make) => {
    const [text, record] = await make()
    expect(await ruleFor(text, record.envelope.id)).toBe(rule)
  })

  it('a clock six minutes slow is no fault', async () => {
    const record = await sign(mallory, { title: '慢六分钟的表写的标题' }, 20, 'rizhao', Date.now() - 6 * 60_000)
    const shelf = keep(openAs(portal.url, `shelf/${mallory.did}`, mallory))
    await expect.poll(() => shelf.synced()).toBe(true)
    shelf.doc.getMap('records').set(`${record.envelope.id}/d1`, record.text)
    await expect.poll(async () => (await fetch(`${portal.url}/l/${record.envelope.id}`)).status).toBe(200)
  })

  it('an older revision after a newer one does not bring the old words back', async () => {
    const first = await sign(mallory, { title: '第一版的标题' }, 21)
    const second = await nextRevision(mallory, first, {
      body: aListing({ title: '第二版的标题' }),
      now: Date.now(),
      renew: false,
    })
    const shelf = keep(openAs(portal.url, `shelf/${mallory.did}`, mallory))
    const page = async () => (await fetch(`${portal.url}/l/${first.envelope.id}`)).text()
    await expect.poll(() => shelf.synced()).toBe(true)
    shelf.doc.getMap('records').set(`${first.envelope.id}/d1`, second.text)
    await expect.poll(page).toContain('第二版的标题')
    shelf.doc.getMap('records').set(`${first.envelope.id}/d1`, first.text)
    const inbox = keep(openAs(portal.url, `inbox/${mallory.did}`, mallory))
    await expect
      .poll(() => noticesOf(inbox).flatMap(({ refusals }) => refusals.map(({ rule }) => rule)))
      .toContain('older-revision')
    expect(await page()).toContain('第二版的标题')
  })
})

type Rooms = readonly (readonly [string, () => string])[]

describe('a foreign hand', () => {
  const closed: Rooms = [
    ["another's shelf", () => `shelf/${alice.did}`],
    ['the wire', () => 'wire/0'],
    ['the newest lines', () => 'latest/all'],
    ["another's contact room", () => `contact/${alice.did}`],
  ]
  it.each(closed)('cannot write %s', async (_, room) => {
    const client = keep(openAs(portal.url, room(), mallory))
    client.doc.getMap('records').set('x/y', 'forged')
    client.doc.getMap('lines').set('x', '{}')
    await expect.poll(() => client.said.some(({ kind }) => kind === 'refused') || client.denied.length > 0).toBe(true)
    const db = new DatabaseSync(join(portal.dataDir, 'portal.sqlite'), { readOnly: true })
    const updates = createRoomReader(db)(room())?.updates ?? []
    db.close()
    expect(updates.some((update) => Buffer.from(update).includes('forged'))).toBe(false)
  })

  const secret: Rooms = [
    ["another's inbox", () => `inbox/${alice.did}`],
    ["another's workspace", () => `me/${alice.did}`],
    ['a room of an unknown kind', () => 'vault/gold'],
  ]
  it.each(secret)('cannot open %s', async (_, room) => {
    const client = keep(openAs(portal.url, room(), mallory))
    await expect.poll(() => client.denied.length).toBeGreaterThan(0)
  })

  it('with a token for another origin, or one that ran out, cannot write its own shelf', async () => {
    for (const token of [
      await makeToken(mallory, 'https://elsewhere.example.org', Date.now()),
      await makeToken(mallory, portal.url, Date.now() - dayMs),
    ]) {
      const client = keep(openClient({ url: portal.url, room: `shelf/${mallory.did}`, token: () => token }))
      client.doc.getMap('records').set('x/y', 'with a bad token')
      await expect.poll(() => client.denied.length + client.said.length).toBeGreaterThan(0)
      expect(client.unsynced()).toBeGreaterThan(0)
    }
  })
})

describe('broken frames', () => {
  const frames: readonly (readonly [string, number, () => Uint8Array<ArrayBuffer>])[] = [
    ['5 MB in one frame', 4413, () => new Uint8Array(5_000_000).fill(7)],
    ['random bytes', 4400, () => Uint8Array.from({ length: 400 }, (_, i) => (i * 151) & 255)],
    ['a frame cut short', 4400, () => Uint8Array.from([5, 115, 104])],
    ['nothing at all', 4400, () => new Uint8Array(0)],
  ]
  it.each(frames)('%s: closed with %i, and the process answers the next one', async (_, code, bytes) => {
    const socket = new WebSocket(`${portal.url.replace('http', 'ws')}/sync`)
    const closed = new Promise<number>((resolve) => socket.addEventListener('close', (event) => resolve(event.code)))
    await new Promise((resolve) => socket.addEventListener('open', resolve))
    socket.send(bytes())
    expect(await closed).toBe(code)
    expect(await (await fetch(`${portal.url}/healthz`)).json()).toMatchObject({ ok: true })
  })
})

describe('a corrupt database file', () => {
  it('stops the start with its name, and is left as it was', async () => {
    const broken = await startPortal()
    try {
      await broken.stop()
      const path = join(broken.dataDir, 'portal.sqlite')
      const ruins = 'this was a database once. '.repeat(400)
      writeFileSync(path, ruins)
      await expect(broken.start()).rejects.toThrow(/portal\.sqlite: corrupt-database/)
      expect(readFileSync(path, 'utf8')).toBe(ruins)
    } finally {
      await broken.remove()
    }
  })
})
