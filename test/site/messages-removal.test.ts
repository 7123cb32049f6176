/** What is deleted: out of sight at once, had back until it is carried out, and carried out by whichever device can. */
import { createRoot } from 'solid-js'
import { describe, expect, it } from 'vitest'
import type { Did } from '#domain/identity.ts'
import { Clearing, itemKeyOf } from '#domain/inbox.ts'
import { idOf } from '#domain/record.ts'
import { toBase64url } from '#domain/bytes.ts'
import { createBook, draftMark, receivedMark, sentMark, type Sent } from '#src/messages/book.ts'
import { createRemoval, undoMs } from '#src/messages/removal.ts'
import { aMessageId } from '../fixtures/messages.ts'
import { aRoom, exchange } from '../fixtures/session.ts'
import { aNonce, aSigner } from '../fixtures/signers.ts'

const [owner, other] = [await aSigner(1), await aSigner(2)]
const listing = await idOf(other.did, toBase64url(aNonce(1)))
const name = { use: 'person', listing, with: other.did } as const
const aSent = (n: number): Sent => ({
  id: aMessageId(n),
  use: 'person',
  to: other.did,
  listing,
  title: '实木书桌',
  text: `第 ${n} 条`,
  at: 1000 + n,
  state: 'sent',
})
const item = (n: number) => itemKeyOf(other.did, aMessageId(n))
const start = 1_795_000_000_000

/** A device of the owner, its inbox, and a portal that answers as a test says. */
function aDevice({ status = 204, keys = [] as string[], isWhole = true } = {}) {
  const room = aRoom('me')
  const book = createRoot(() => createBook(room))
  const clock = { now: start }
  const portal = {
    status: status as number | 'no network',
    asked: [] as { address: string; items: readonly { from: string; id: string }[] }[],
  }
  const inbox = { keys, isWhole }
  const removal = createRemoval({
    book,
    inboxes: () => [{ use: 'person', keys: () => inbox.keys, isWhole: () => inbox.isWhole }],
    signer: async () => owner,
    now: () => clock.now,
    origin: 'http://portal.test',
    async ask(address, init) {
      if (portal.status === 'no network') throw new TypeError('Failed to fetch')
      expect(init?.method).toBe('DELETE')
      portal.asked.push({ address: String(address), items: Clearing.parse(JSON.parse(String(init?.body))).items })
      return new Response(null, { status: portal.status })
    },
  })
  return { room, book, clock, portal, inbox, removal }
}

describe('what is deleted', () => {
  it('is out of sight at once, and comes back with undo, the box too', async () => {
    const { book, removal, portal } = aDevice({ keys: [item(5)] })
    book.put(aSent(1))
    book.draft(name, '写了一半')
    removal.remove([sentMark(aMessageId(1)), receivedMark('person', item(5)), draftMark(name)])
    expect([book.sent(), book.gone().size]).toEqual([[], 3])
    await removal.flush()
    expect(portal.asked).toEqual([])
    removal.undo()
    expect([book.sent().length, book.gone().size, book.draftOf(name)]).toEqual([1, 0, '写了一半'])
  })

  it('goes when five minutes are over: mine from the workspace, theirs from the inbox at the portal', async () => {
    const { book, removal, portal, clock, inbox, room } = aDevice({ keys: [item(5), item(6)] })
    book.put(aSent(1))
    book.put(aSent(2))
    removal.remove([sentMark(aMessageId(1)), receivedMark('person', item(5))])
    clock.now += undoMs
    removal.undo() // too late
    await removal.flush()
    expect(room.doc.getMap('messages-sent').size).toBe(1)
    expect(portal.asked).toEqual([{ address: `/inbox/${owner.did}`, items: [{ from: other.did, id: aMessageId(5) }] }])
    expect([...book.gone().keys()]).toEqual([receivedMark('person', item(5))]) // until the room says so too
    inbox.keys = [item(6)]
    await removal.flush()
    expect([book.gone().size, portal.asked.length]).toEqual([0, 1])
  })

  it('goes at once when somebody does not want to wait', async () => {
    const { book, removal, portal } = aDevice({ keys: [item(5)] })
    removal.remove([receivedMark('person', item(5))])
    await removal.hurry()
    expect(portal.asked).toHaveLength(1)
    expect(book.gone().size).toBe(1)
  })

  it.each([['no network' as const], [503], [401]])(
    'with %s it stays out of sight and is asked for again',
    async (answer) => {
      const { book, removal, portal } = aDevice({ keys: [item(5)] })
      portal.status = answer
      removal.remove([receivedMark('person', item(5))])
      await removal.hurry()
      expect(book.gone().size).toBe(1)
      portal.status = 204
      await removal.flush()
      expect(portal.asked.at(-1)?.items).toHaveLength(1)
    },
  )

  it('a thousand go two hundred at a time', async () => {
    const keys = Array.from({ length: 450 }, (_, n) => itemKeyOf(other.did as Did, String(n).padStart(22, 'a')))
    const { removal, portal } = aDevice({ keys })
    removal.remove(keys.map((key) => receivedMark('person', key)))
    await removal.hurry()
    expect(portal.asked.map(({ items }) => items.length)).toEqual([200, 200, 50])
  })

  it('is out of sight on another device of the key, which carries out what this one cannot', async () => {
    const [phone, desk] = [aDevice({ keys: [item(5)] }), aDevice({ keys: [item(5)], isWhole: false })]
    phone.portal.status = 'no network'
    phone.book.put(aSent(1))
    exchange(phone.room, desk.room)
    phone.removal.remove([receivedMark('person', item(5)), sentMark(aMessageId(1))])
    await phone.removal.flush()
    exchange(phone.room, desk.room)
    expect([desk.book.sent(), desk.book.gone().size]).toEqual([[], 2])
    desk.clock.now += undoMs
    await desk.removal.flush()
    expect(desk.portal.asked).toHaveLength(1)
    exchange(phone.room, desk.room)
    expect(phone.room.doc.getMap('messages-sent').size).toBe(0)
  })

  it('where the portal has not told yet what lies there, a mark is not taken for done', async () => {
    const { book, removal, inbox } = aDevice({ keys: [], isWhole: false })
    removal.remove([receivedMark('person', item(5))])
    await removal.hurry()
    expect(book.gone().size).toBe(1)
    inbox.isWhole = true
    await removal.flush()
    expect(book.gone().size).toBe(0)
  })

  it('what is typed into the box anew is not what was to go', async () => {
    const { book, removal } = aDevice()
    book.draft(name, '旧的')
    removal.remove([draftMark(name)])
    book.draft(name, '新写的')
    await removal.hurry()
    expect(book.draftOf(name)).toBe('新写的')
  })
})
