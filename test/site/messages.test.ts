/** Threads, the queue and what is not believed, over plain documents and a portal that answers as a test says. */
import { createRoot } from 'solid-js'
import { describe, expect, it } from 'vitest'
import { fromBase64url, toBase64url, type Bytes } from '#domain/bytes.ts'
import { itemKeyOf, messagesOf, Posting } from '#domain/inbox.ts'
import { openMessage } from '#domain/message.ts'
import { idOf } from '#domain/record.ts'
import { createBook, type Book, type Sent } from '#src/messages/book.ts'
import { createOutbox } from '#src/messages/outbox.ts'
import { createReceived } from '#src/messages/received.ts'
import { threadKeyOf, type ThreadName } from '#src/messages/thread-name.ts'
import { threadsOf } from '#src/messages/threads.ts'
import { aMessageId, aSealed, keyOf } from '../fixtures/messages.ts'
import { aRoom, exchange } from '../fixtures/session.ts'
import { aNonce, aSigner } from '../fixtures/signers.ts'

const [buyer, seller, third] = [await aSigner(1), await aSigner(2), await aSigner(3)]
const mine = await keyOf(2)
const listing = await idOf(seller.did, toBase64url(aNonce(1)))
const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))
const toSeller: ThreadName = { use: 'person', listing, with: seller.did }

const aSent = (n: number, change: Partial<Sent> = {}): Sent => ({
  id: aMessageId(n),
  use: 'person',
  to: seller.did,
  listing,
  title: '实木书桌',
  text: `第 ${n} 条`,
  at: 1000 + n,
  state: 'kept',
  ...change,
})
const aBook = (room = aRoom('me')): Book => createRoot(() => createBook(room))

/** The portal's answers, in their order; the last one stays. */
function aPortal(...answers: readonly (readonly [number, object] | 'no network')[]) {
  const asked: { readonly to: string; readonly posting: Posting }[] = []
  const ask: typeof fetch = async (address, init) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? 'no network'
    const to = String(address).replace('/inbox/', '')
    asked.push({ to, posting: Posting.parse(JSON.parse(String(init?.body))) })
    if (answer === 'no network') throw new TypeError('Failed to fetch')
    return new Response(answer[0] === 202 ? null : JSON.stringify(answer[1]), { status: answer[0] })
  }
  return { asked, ask }
}
const outboxOf = (book: Book, ask: typeof fetch, worked: string[] = []) =>
  createOutbox({
    book,
    signer: async () => buyer,
    now: async () => 1_795_000_000_000,
    origin: 'http://portal.test',
    random,
    ask,
    work: async (challenge, bits) => {
      worked.push(`${challenge} ${bits}`)
      return '7'
    },
  })
const states = (book: Book) => book.sent().map(({ state }) => state)

describe('the queue', () => {
  it('sends what is kept, the oldest first, sealed for its recipient under its own id', async () => {
    const [book, portal] = [aBook(), aPortal([202, {}])]
    for (const n of [2, 1]) book.put(aSent(n))
    await outboxOf(book, portal.ask).flush()
    expect(states(book)).toEqual(['sent', 'sent'])
    expect(portal.asked.map(({ to, posting }) => [to, posting.id])).toEqual([
      [seller.did, aMessageId(1)],
      [seller.did, aMessageId(2)],
    ])
    const opened = await openMessage(mine, fromBase64url(portal.asked[0]!.posting.sealed)!)
    expect(opened).toMatchObject({ ok: true, value: { text: '第 1 条', from: buyer.did, listing } })
  })

  it('stays as it is without a network, and goes out later under the same ids', async () => {
    const [book, portal] = [aBook(), aPortal('no network', [202, {}])]
    for (const n of [1, 2]) book.put(aSent(n))
    const outbox = outboxOf(book, portal.ask)
    await outbox.flush()
    expect(states(book)).toEqual(['kept', 'kept'])
    await outbox.flush()
    expect(states(book)).toEqual(['sent', 'sent'])
    expect(portal.asked.map(({ posting }) => posting.id)).toEqual([aMessageId(1), aMessageId(1), aMessageId(2)])
    expect(portal.asked[0]!.posting.sealed).not.toBe(portal.asked[1]!.posting.sealed) // no chance is used twice
  })

  it.each([
    [503, { kind: 'storage' }],
    [401, { kind: 'unauthorized', limit: 'token-expired' }],
    [502, 'a proxy’s page'],
    [404, 'a page of something else'],
  ])('an answer of %i %o is no reason to give up', async (status, body) => {
    const [book, portal] = [aBook(), aPortal([status, body as object])]
    book.put(aSent(1))
    await outboxOf(book, portal.ask).flush()
    expect(states(book)).toEqual(['kept'])
  })

  it('what the portal refuses says why, keeps its words, and stops nothing else', async () => {
    const full = { kind: 'inbox-full', limit: 'INBOX_MESSAGES', value: 500 }
    const [book, portal] = [aBook(), aPortal([409, full], [202, {}])]
    for (const n of [1, 2]) book.put(aSent(n))
    await outboxOf(book, portal.ask).flush()
    expect(book.sent()).toMatchObject([{ state: 'refused', why: full, text: '第 1 条' }, { state: 'sent' }])
  })

  it.each(['ended-key', 'erased-key'])('of an %s it says so and does not try again', async (limit) => {
    const [book, portal] = [aBook(), aPortal([401, { kind: 'unauthorized', limit }])]
    book.put(aSent(1))
    await outboxOf(book, portal.ask).flush()
    expect(book.sent()).toMatchObject([{ state: 'refused', why: { kind: limit }, text: '第 1 条' }])
  })

  it('works when it is asked to, and comes again with the proof', async () => {
    const wanted = { kind: 'proof-of-work', challenge: 'abc', bits: 15 }
    const [book, portal, worked] = [aBook(), aPortal([428, wanted], [202, {}]), [] as string[]]
    book.put(aSent(1))
    await outboxOf(book, portal.ask, worked).flush()
    expect([states(book), worked]).toEqual([['sent'], ['abc 15']])
    expect(portal.asked[1]!.posting).toMatchObject({ id: aMessageId(1), proof: { challenge: 'abc', nonce: '7' } })
  })

  it.each([
    ['2,001 characters', { text: '长'.repeat(2001) }, 'bad-message'],
    ['to oneself', { to: buyer.did }, 'to-oneself'],
  ] as const)('%s never leaves the browser', async (_, change, kind) => {
    const [book, portal] = [aBook(), aPortal([202, {}])]
    book.put(aSent(1, change))
    await outboxOf(book, portal.ask).flush()
    expect(book.sent()).toMatchObject([{ state: 'refused', why: { kind } }])
    expect(portal.asked).toEqual([])
  })
})

describe('what lies in the inbox', () => {
  /** @param change of the item, as a portal that lies could make it */
  async function received(...items: readonly { from: string; id: string; sealed: Bytes; key?: string }[]) {
    const inbox = aRoom('inbox')
    for (const { from, id, sealed, key } of items)
      inbox.doc
        .getMap<string>(messagesOf)
        .set(key ?? itemKeyOf(from as never, id), JSON.stringify({ from, id, at: 5000, sealed: toBase64url(sealed) }))
    const { content, loaded } = createRoot(() =>
      createReceived({ use: 'person', inbox, mine, isBlocked: (did) => did === third.did }),
    )
    await loaded
    return content()
  }
  const id = aMessageId(1)
  const otherByte = (bytes: Bytes, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))

  it('is read when its sender signed it', async () => {
    const found = await received({
      from: buyer.did,
      id,
      sealed: await aSealed(buyer, seller.did, { id, text: '在吗' }),
    })
    expect(found).toMatchObject({ received: [{ from: buyer.did, text: '在吗', at: 5000 }], unopened: [] })
  })

  it.each([
    ['by another’s hand', async () => ({ from: third.did, id, sealed: await aSealed(buyer, seller.did, { id }) })],
    [
      'under another name',
      async () => ({ from: buyer.did, id: aMessageId(2), sealed: await aSealed(buyer, seller.did, { id }) }),
    ],
    [
      'in another’s place',
      async () => ({
        from: buyer.did,
        id,
        key: itemKeyOf(seller.did, id),
        sealed: await aSealed(buyer, seller.did, { id }),
      }),
    ],
    ['written to a third', async () => ({ from: buyer.did, id, sealed: await aSealed(buyer, third.did, { id }) })],
    [
      'changed on the way',
      async () => ({ from: buyer.did, id, sealed: otherByte(await aSealed(buyer, seller.did, { id }), 60) }),
    ],
    ['no message at all', async () => ({ from: buyer.did, id, sealed: new Uint8Array([1, 2, 3]) })],
  ])('is nobody’s words when it comes %s', async (_, make) => {
    const item = await make()
    const isBlocked = item.from === third.did
    const found = await received(isBlocked ? { ...item, from: seller.did } : item)
    expect(found.received).toEqual([])
    expect(found.unopened).toHaveLength(1)
    expect(JSON.stringify(found)).not.toContain('书桌')
  })

  it('of somebody who is blocked is not even opened', async () => {
    const found = await received({ from: third.did, id, sealed: await aSealed(third, seller.did, { id }) })
    expect(found).toEqual({ received: [], unopened: [] })
  })
})

describe('threads', () => {
  const theirs = (n: number, at: number) => ({
    use: 'person' as const,
    key: itemKeyOf(seller.did, aMessageId(n)),
    from: seller.did,
    id: aMessageId(n),
    listing,
    text: `回 ${n}`,
    at,
  })

  it('put both sides in order, count what is new, and follow read marks and blocks', () => {
    const book = aBook()
    book.put(aSent(1, { at: 1000, state: 'sent' }))
    const of = () =>
      threadsOf({
        sent: book.sent(),
        received: [theirs(3, 3000), theirs(2, 2000)],
        readUntil: book.readUntil,
        isBlocked: book.isBlocked,
        titleOf: () => undefined,
      })
    expect(of()).toMatchObject([
      { title: '实木书桌', unread: 2, lines: [{ is: 'mine' }, { text: '回 2' }, { text: '回 3' }] },
    ])
    book.read(threadKeyOf(toSeller), 2000)
    expect(of()[0]?.unread).toBe(1)
    book.read(threadKeyOf(toSeller), 3000)
    book.read(threadKeyOf(toSeller), 1) // an older device does not make it unread again
    expect(of()[0]?.unread).toBe(0)
    book.block(seller.did, 4000)
    expect(of()).toEqual([])
    book.unblock(seller.did)
    expect(of()).toHaveLength(1)
  })
})

describe('the book', () => {
  it('of two devices holds the words, marks, drafts and blocks of both', () => {
    const [a, b] = [aRoom('me'), aRoom('me')]
    const [here, there] = [aBook(a), aBook(b)]
    here.put(aSent(1))
    here.draft(toSeller, '写了一半')
    there.put(aSent(2))
    there.read('x', 7)
    there.block(third.did, 1)
    exchange(a, b)
    for (const book of [here, there]) {
      expect(book.sent().map(({ text }) => text)).toEqual(['第 1 条', '第 2 条'])
      expect([book.draftOf(toSeller), book.readUntil('x'), book.blocked()]).toEqual(['写了一半', 7, [third.did]])
    }
  })

  it('leaves alone what it does not understand', () => {
    const room = aRoom('me')
    room.doc.getMap('messages-sent').set('x', '{"of":"another version"}')
    expect(aBook(room).sent()).toEqual([])
    expect(room.doc.getMap('messages-sent').size).toBe(1)
  })
})
