/** Messages through the portal, on a real SQLite file: who may write to whom and how much, what is kept, what the file tells. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { toBase64url } from '#domain/bytes.ts'
import type { Did, Signer } from '#domain/identity.ts'
import { itemIn, keptMessagesMs, mostPostingBytes, type InboxItem, type PostingProblem } from '#domain/inbox.ts'
import { openMessage } from '#domain/message.ts'
import { inboxOf, parseRoom, rightsOf } from '#domain/room.ts'
import { dayMs, minuteMs } from '#domain/time.ts'
import { makeToken, verifyToken } from '#domain/token.ts'
import { solveWork } from '#domain/work.ts'
import { createInboxes, type MessageLimits } from '../../server/projector/inboxes.ts'
import { inboxRoutes } from '../../server/routes/inbox.ts'
import { createMessageTable } from '../../server/stores/messages.ts'
import { createKeyFacts, eraseNewcomer, takeCensus } from '../../server/stores/newcomers.ts'
import { aMessageId, aSealed, keyOf } from '../fixtures/messages.ts'
import { openProjection, roomValues } from '../fixtures/projection.ts'
import { aRecord, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

const audience = 'http://portal.test'
const words = '书桌还在吗？周六可以来看。'
const folder = mkdtempSync(join(tmpdir(), 'inbox-'))
// prettier-ignore
const limits: MessageLimits = { messagesPerDay: 6, newKeyMessagesPerDay: 3, messagesToOnePerDay: 4, inboxMessages: 8, inboxBytes: 0 }
// prettier-ignore
const none: MessageLimits = { messagesPerDay: 0, newKeyMessagesPerDay: 0, messagesToOnePerDay: 0, inboxMessages: 0, inboxBytes: 0 }

let [seller, trader, buyer, stranger] = [] as unknown as [Signer, Signer, Signer, Signer]
let town: ReturnType<typeof openProjection>
let refused: string[]
let files = 0

beforeAll(async () => {
  ;[seller, trader, buyer, stranger] = [await aSigner(2), await aSigner(4), await aSigner(1), await aSigner(3)]
})
beforeEach(async () => {
  refused = []
  town = openProjection(join(folder, `${files++}.sqlite`))
  for (const one of [seller, trader]) {
    const record = await aRecord(one, 1, town.clock.now)
    await town.shelve(one.did, { [slotOf(record)]: record.text })
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A route over the file, as the portal puts it together. */
function openRoute(allowed: MessageLimits = limits, bits = 0) {
  const inboxes = createInboxes({ log: town.core, table: createMessageTable(town.core.db) })
  const { standingOf } = createKeyFacts(town.core.db)
  const now = () => town.clock.now
  const routes = inboxRoutes({
    keyOf: (token) => verifyToken(token, { audience, now: now() }),
    proofBits: (did) => (standingOf(did) === 'new' ? bits : 0),
    post: async (posted) => inboxes.post({ ...posted, limits: allowed }),
    clear: async (cleared) => inboxes.clear(cleared),
    now,
    onRefused: ({ code }) => void refused.push(code),
  })
  const ask = async (to: string, token: string, body: unknown, method = 'POST') => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await routes.request(`/${to}`, {
      method,
      body: text,
      headers: { Authorization: `Bearer ${token}`, 'Content-Length': String(text.length) },
    })
    const told = (await answer.text()) || '{}'
    return { status: answer.status, problem: JSON.parse(told) as PostingProblem }
  }
  let ids = 0
  return {
    inboxes,
    ask,
    /** The owner of an inbox has these taken out. */
    async clear(owner: Signer, items: readonly { readonly from: Did; readonly id: string }[], inbox = owner.did) {
      return ask(inbox, await makeToken(owner, audience, now()), { items }, 'DELETE')
    },
    async write(from: Signer, to: Did, { id = aMessageId(++ids), text = words, proof = undefined as unknown } = {}) {
      const sealed = toBase64url(await aSealed(from, to, { id, text }))
      return ask(to, await makeToken(from, audience, now()), { id, sealed, ...(proof !== undefined && { proof }) })
    },
  }
}
const inboxOfNow = (did: Did) => Object.entries(roomValues<InboxItem>(town.core, inboxOf(did), 'messages'))
const bytesOnDisk = () => {
  const name = `${files - 1}.sqlite`
  return Buffer.concat(
    readdirSync(folder)
      .filter((file) => file.startsWith(name))
      .map((file) => readFileSync(join(folder, file))),
  )
}

describe('a message', () => {
  it('lies in the recipient’s inbox when it is answered with 202, and opens for him', async () => {
    expect(await openRoute().write(buyer, seller.did)).toEqual({ status: 202, problem: {} })
    const [[key, item] = []] = inboxOfNow(seller.did)
    const heard = itemIn(key!, JSON.stringify(item))
    expect(heard).toMatchObject({ from: buyer.did, at: town.clock.now, id: aMessageId(1) })
    expect(await openMessage(await keyOf(2), heard!.bytes)).toMatchObject({ ok: true, value: { text: words } })
  })

  it('tells whoever reads the file sender, recipient and time, and not a word of the text', async () => {
    await openRoute().write(buyer, seller.did)
    const bytes = bytesOnDisk()
    for (const told of [buyer.did, inboxOf(seller.did)]) expect(bytes.includes(told)).toBe(true)
    for (const hidden of [
      words,
      '书桌还在',
      '周六',
      Buffer.from(words, 'utf16le'),
      Buffer.from(words).toString('base64'),
    ])
      expect(bytes.includes(hidden)).toBe(false)
  })

  it('sent again after an answer that never came lies there once', async () => {
    const route = openRoute()
    for (let time = 0; time < 3; time++)
      expect(await route.write(buyer, seller.did, { id: aMessageId(9) })).toMatchObject({ status: 202 })
    expect(inboxOfNow(seller.did)).toHaveLength(1)
  })

  it('is told to the recipient with the update that carries it', async () => {
    const heard: string[] = []
    town.core.followAppended((entries) => entries.forEach(({ room }) => heard.push(room)))
    await openRoute().write(buyer, seller.did)
    expect(heard).toEqual([inboxOf(seller.did)])
  })

  it('is nobody’s to read but the recipient’s, and nobody’s to put there but the portal’s', () => {
    const room = parseRoom(inboxOf(seller.did))
    const rights = [seller.did, buyer.did, undefined].map((did) => room.ok && rightsOf(room.value, did))
    expect(rights).toEqual([
      { read: true, write: false },
      { read: false, write: false },
      { read: false, write: false },
    ])
  })
})

describe('whom one may write to', () => {
  it('a key that has something published', async () => {
    expect(await openRoute().write(buyer, stranger.did)).toEqual({ status: 404, problem: { kind: 'no-recipient' } })
    expect(inboxOfNow(stranger.did)).toEqual([])
  })

  it('one who wrote first, published or not', async () => {
    const route = openRoute()
    expect(await route.write(seller, buyer.did)).toMatchObject({ status: 404 })
    await route.write(buyer, seller.did)
    expect(await route.write(seller, buyer.did)).toMatchObject({ status: 202 })
    expect(await route.write(trader, buyer.did)).toMatchObject({ status: 404 }) // he did not write to this one
  })

  it('not oneself', async () => {
    expect(await openRoute().write(seller, seller.did)).toEqual({ status: 400, problem: { kind: 'to-oneself' } })
  })
})

describe('who is believed', () => {
  it('nobody without a good token of his own', async () => {
    const { ask } = openRoute()
    const body = { id: aMessageId(1), sealed: toBase64url(await aSealed(buyer, seller.did)) }
    const rows = [
      ['', 'token-missing'],
      ['a.b.c', 'token-form'],
      [await makeToken(buyer, 'http://elsewhere.test', town.clock.now), 'token-audience'],
      [await makeToken(buyer, audience, town.clock.now - 10 * minuteMs), 'token-expired'],
    ] as const
    for (const [token, limit] of rows)
      expect(await ask(seller.did, token, body)).toEqual({ status: 401, problem: { kind: 'unauthorized', limit } })
    expect(inboxOfNow(seller.did)).toEqual([])
  })

  it('a sender is whose token it is, whatever stands in the seal', async () => {
    const { ask } = openRoute()
    const sealed = toBase64url(await aSealed(trader, seller.did, { id: aMessageId(1) })) // the trader's words, by the stranger's hand
    const token = await makeToken(stranger, audience, town.clock.now)
    expect(await ask(seller.did, token, { id: aMessageId(1), sealed })).toMatchObject({ status: 202 })
    expect(inboxOfNow(seller.did)[0]?.[1].from).toBe(stranger.did) // the reader sees that the two differ
  })
})

describe('quotas', () => {
  it('a key without anything published has fewer, named with the number', async () => {
    const route = openRoute()
    for (let n = 0; n < 3; n++) expect(await route.write(buyer, seller.did)).toMatchObject({ status: 202 })
    expect(await route.write(buyer, trader.did)).toEqual({
      status: 429,
      problem: { kind: 'too-many-messages', limit: 'NEW_KEY_MESSAGES_PER_DAY', value: 3 },
    })
  })

  it('of one key to one other, of one key to all, and all of it again a day later', async () => {
    const route = openRoute()
    await route.write(buyer, trader.did) // so that he may be answered
    for (let n = 0; n < 4; n++) expect(await route.write(trader, seller.did)).toMatchObject({ status: 202 })
    expect(await route.write(trader, seller.did)).toMatchObject({
      status: 429,
      problem: { limit: 'MESSAGES_TO_ONE_PER_DAY', value: 4 },
    })
    for (let n = 0; n < 2; n++) expect(await route.write(trader, buyer.did)).toMatchObject({ status: 202 })
    expect(await route.write(trader, buyer.did)).toMatchObject({
      status: 429,
      problem: { limit: 'MESSAGES_PER_DAY', value: 6 },
    })
    town.clock.now += dayMs + 1
    expect(await route.write(trader, seller.did)).toMatchObject({ status: 202 })
  })

  it('hold over a restart of the portal', async () => {
    const before = openRoute()
    for (let n = 0; n < 3; n++) expect(await before.write(buyer, seller.did)).toMatchObject({ status: 202 })
    town.core.db.close()
    const { now } = town.clock
    town = openProjection(join(folder, `${files - 1}.sqlite`))
    town.clock.now = now + minuteMs
    const route = openRoute()
    expect(await route.write(buyer, trader.did, { id: aMessageId(8) })).toMatchObject({
      status: 429,
      problem: { limit: 'NEW_KEY_MESSAGES_PER_DAY', value: 3 },
    })
    town.clock.now += dayMs
    expect(await route.write(buyer, trader.did, { id: aMessageId(8) })).toMatchObject({ status: 202 })
  })

  it('a thousand messages by one key leave what the quota allows', async () => {
    const route = openRoute()
    const sealed = toBase64url(await aSealed(trader, seller.did))
    const token = await makeToken(trader, audience, town.clock.now)
    const statuses: number[] = []
    for (let n = 0; n < 1000; n++)
      statuses.push(
        (await route.ask(seller.did, token, { id: aMessageId(n % 256).slice(0, 18) + String(1000 + n), sealed }))
          .status,
      )
    expect(statuses.filter((status) => status === 202)).toHaveLength(4)
    expect(refused).toHaveLength(996)
    expect(inboxOfNow(seller.did)).toHaveLength(4)
  })

  it.each([
    [{ inboxMessages: 2 }, 'INBOX_MESSAGES', 2],
    [{ inboxBytes: 2000 }, 'INBOX_BYTES', 2000],
  ] as const)('a full inbox takes no more: %o', async (full, limit, value) => {
    const route = openRoute({ ...none, ...full })
    for (let n = 0; n < 2; n++) expect(await route.write(trader, seller.did)).toMatchObject({ status: 202 })
    expect(await route.write(trader, seller.did)).toEqual({
      status: 409,
      problem: { kind: 'inbox-full', limit, value },
    })
    expect(await route.write(trader, seller.did, { id: aMessageId(1) })).toMatchObject({ status: 202 }) // it has that one
  })

  it('none where the limits are off', async () => {
    const route = openRoute(none)
    for (let n = 0; n < 12; n++) expect(await route.write(trader, seller.did)).toMatchObject({ status: 202 })
  })
})

describe('the proof of work of a key without anything published', () => {
  it('is asked for each message, good once, for its key alone', async () => {
    const route = openRoute(none, 6)
    const { status, problem } = await route.write(buyer, seller.did)
    expect([status, problem.kind, problem.bits]).toEqual([428, 'proof-of-work', 6])
    const proof = { challenge: problem.challenge!, nonce: solveWork(problem.challenge!, 6)! }
    expect(await route.write(stranger, seller.did, { proof })).toMatchObject({ status: 428 })
    expect(await route.write(buyer, seller.did, { proof })).toMatchObject({ status: 202 })
    expect(await route.write(buyer, seller.did, { proof })).toMatchObject({ status: 428 })
    expect(inboxOfNow(seller.did)).toHaveLength(1)
  })

  it('is not asked of a key that is known', async () => {
    expect(await openRoute(none, 6).write(trader, seller.did)).toMatchObject({ status: 202 })
  })

  it('is none with a wrong nonce, and costs the challenge', async () => {
    const route = openRoute(none, 12)
    const { challenge } = (await route.write(buyer, seller.did)).problem
    let nonce = 0
    while (solveWork(challenge!, 12, nonce, 1) !== undefined) nonce++
    for (const wrong of [
      { challenge, nonce: String(nonce) },
      { challenge, nonce: solveWork(challenge!, 12) },
    ])
      expect(await route.write(buyer, seller.did, { proof: wrong })).toMatchObject({ status: 428 })
  })
})

describe('what is no message', () => {
  it.each([
    ['no JSON', '{', 400, 'bad-message'],
    ['no id', { sealed: 'AA' }, 400, 'bad-message'],
    ['an id of another form', { id: '../..', sealed: 'AA' }, 400, 'bad-message'],
    ['words that are not sealed', { id: aMessageId(1), sealed: '书桌还在吗' }, 400, 'bad-message'],
    ['more than it holds', { id: aMessageId(1), sealed: 'AA', text: 'x' }, 400, 'bad-message'],
    ['a letter too many', { id: aMessageId(1), sealed: 'A' }, 400, 'bad-message'],
    ['too long', { id: aMessageId(1), sealed: 'A'.repeat(mostPostingBytes) }, 413, 'too-large'],
  ] as const)('%s', async (_, body, status, kind) => {
    const token = await makeToken(trader, audience, town.clock.now)
    expect(await openRoute().ask(seller.did, token, body)).toMatchObject({ status, problem: { kind } })
    expect(inboxOfNow(seller.did)).toEqual([])
  })

  it('for a name that is no key', async () => {
    const token = await makeToken(trader, audience, town.clock.now)
    const body = { id: aMessageId(1), sealed: 'AAAA' }
    expect(await openRoute().ask('somebody', token, body)).toMatchObject({
      status: 404,
      problem: { kind: 'no-recipient' },
    })
  })
})

describe('sixty days later', () => {
  it('a message is gone from the inbox and from the counts, and a younger one is not', async () => {
    const { inboxes, write } = openRoute(none)
    await write(trader, seller.did)
    town.clock.now += dayMs
    await write(trader, seller.did)
    inboxes.sweep(town.clock.now)
    expect(inboxOfNow(seller.did)).toHaveLength(2)
    inboxes.sweep(town.clock.now - dayMs + keptMessagesMs)
    expect(inboxOfNow(seller.did).map(([, { id }]) => id)).toEqual([aMessageId(2)])
    expect(createMessageTable(town.core.db).held(seller.did).count).toBe(1)
  })

  it('and no sooner for a key that never published: the sweep of newcomers leaves what was written to it', async () => {
    const { inboxes, write } = openRoute(none)
    await write(buyer, seller.did)
    await write(seller, buyer.did)
    const later = town.clock.now + 2 * dayMs
    expect(takeCensus(town.core.db, later).stale).not.toContain(inboxOf(buyer.did))
    expect(eraseNewcomer(town.core, inboxOf(buyer.did))).toBe(false)
    inboxes.sweep(town.clock.now + keptMessagesMs)
    expect(inboxOfNow(buyer.did)).toEqual([])
    expect(takeCensus(town.core.db, later + keptMessagesMs).stale).toContain(inboxOf(buyer.did))
  })
})

describe('what its recipient wants to lie there no more', () => {
  const item = (from: Signer, n: number) => ({ from: from.did, id: aMessageId(n) })

  it('is gone from the inbox and from every byte of the file, and what else lies there stays', async () => {
    const route = openRoute(none)
    for (let n = 0; n < 3; n++) await route.write(trader, seller.did)
    const [first] = inboxOfNow(seller.did)
    const sealed = first![1].sealed
    expect(bytesOnDisk().includes(sealed.slice(0, 400))).toBe(true)
    expect(await route.clear(seller, [item(trader, 1), item(trader, 2)])).toEqual({ status: 204, problem: {} })
    expect(inboxOfNow(seller.did).map(([, { id }]) => id)).toEqual([aMessageId(3)])
    town.core.db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    expect(bytesOnDisk().includes(sealed.slice(0, 400))).toBe(false)
    expect(createMessageTable(town.core.db).held(seller.did).count).toBe(1)
  })

  it('is told to his other devices with one update; asked once more, or of what is not there, nothing happens', async () => {
    const route = openRoute(none)
    await route.write(trader, seller.did)
    const heard: string[] = []
    town.core.followAppended((entries) => entries.forEach(({ room }) => heard.push(room)))
    for (const n of [1, 1, 7]) expect(await route.clear(seller, [item(trader, n)])).toMatchObject({ status: 204 })
    expect(heard).toEqual([inboxOf(seller.did)])
  })

  it('makes room in a full inbox, gives nobody a new quota, and lets whoever wrote be answered', async () => {
    const route = openRoute({ ...none, newKeyMessagesPerDay: 2, inboxMessages: 2 })
    for (let n = 0; n < 2; n++) await route.write(buyer, seller.did)
    expect(await route.write(trader, seller.did)).toMatchObject({ problem: { kind: 'inbox-full' } })
    await route.clear(seller, [item(buyer, 1), item(buyer, 2)])
    expect(await route.write(trader, seller.did)).toMatchObject({ status: 202 })
    expect(await route.write(buyer, seller.did)).toMatchObject({ problem: { limit: 'NEW_KEY_MESSAGES_PER_DAY' } })
    expect(await route.write(seller, buyer.did)).toMatchObject({ status: 202 })
    expect(await route.write(buyer, seller.did, { id: aMessageId(1) })).toMatchObject({ status: 202 }) // sent again, its answer was lost
    expect(inboxOfNow(seller.did).map(([, { from }]) => from)).toEqual([trader.did])
  })

  it('after sixty days nothing tells that it was ever there', async () => {
    const route = openRoute(none)
    await route.write(trader, seller.did)
    await route.clear(seller, [item(trader, 1)])
    route.inboxes.sweep(town.clock.now + keptMessagesMs)
    expect(town.core.db.prepare('SELECT count(*) AS n FROM messages').get()?.['n']).toBe(0)
  })

  it('nobody clears another’s inbox, or anything without a token, and what is no list of items is refused', async () => {
    const route = openRoute(none)
    await route.write(trader, seller.did)
    expect(await route.clear(trader, [item(trader, 1)], seller.did)).toEqual({
      status: 403,
      problem: { kind: 'forbidden' },
    })
    expect(await route.ask(seller.did, '', { items: [item(trader, 1)] }, 'DELETE')).toMatchObject({ status: 401 })
    const token = await makeToken(seller, audience, town.clock.now)
    for (const body of [
      '{',
      {},
      { items: [] },
      { items: [{ from: 'x', id: 'y' }] },
      { items: Array(201).fill(item(trader, 1)) },
    ])
      expect(await route.ask(seller.did, token, body, 'DELETE')).toMatchObject({ status: 400 })
    expect(await route.ask(seller.did, token, 'x'.repeat(70_000), 'DELETE')).toMatchObject({ status: 413 })
    expect(inboxOfNow(seller.did)).toHaveLength(1)
  })
})
