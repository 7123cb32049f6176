/** Publishing as a local write: what lies in which room afterwards, and what is refused before anything is written. */
import { describe, expect, it } from 'vitest'
import { matchesCommitment, HeldContact } from '#domain/contact.ts'
import { signerOf } from '#domain/identity.ts'
import { parseListing } from '#domain/listing.ts'
import { openRecord } from '#domain/record.ts'
import { town } from '#src/i18n/town.ts'
import { createPublisher, type OwnId } from '#src/listings/publish.ts'
import { aDraft } from '../fixtures/draft.ts'
import { aSession, exchange, type TestSession } from '../fixtures/session.ts'

const random = () => crypto.getRandomValues(new Uint8Array(16))
const did = (await signerOf(new Uint8Array(16).fill(7), 'person')).did
const friendsDid = (await signerOf(new Uint8Array(16).fill(7), 'friends')).did

const publisherOf = (session: TestSession) => createPublisher(session, town, random)
const slotOf = (session: TestSession, id: string, device = 'aaaaaaaaaaaa', owner: string = did) =>
  session.at(`shelf/${owner}`).doc.getMap<string>('records').get(`${id}/${device}`)

async function published(session: TestSession, more = {}): Promise<OwnId> {
  const result = await publisherOf(session).publish(aDraft(more))
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
async function recordAt(session: TestSession, id: string, device?: string, owner?: string) {
  const opened = await openRecord(slotOf(session, id, device, owner), 'rizhao')
  if (!opened.ok) throw new Error(opened.error.rule)
  return opened.value
}

describe('publishing', () => {
  it('puts a signed record that the server would take into this device’s slot', async () => {
    const session = aSession()
    const { id } = await published(session)
    const record = await recordAt(session, id)
    expect(record.envelope).toMatchObject({ rev: 1, author: did, createdAt: session.now() })
    expect(parseListing(town, record.envelope.body).ok).toBe(true)
    expect(record.envelope.body).toMatchObject({ priceFen: 28_000, fields: { condition: 'good' }, state: 'live' })
  })

  it('keeps the contact out of the record, and commits to it', async () => {
    const session = aSession()
    const { id } = await published(session)
    expect(slotOf(session, id)).not.toContain('13800000000')
    const json = session.at(`contact/${did}`).doc.getMap<string>('contacts').get(`${id}/aaaaaaaaaaaa`)
    const held = HeldContact.parse(JSON.parse(json ?? ''))
    expect(held.contact).toEqual({ kind: 'phone', value: '13800000000' })
    const { body } = (await recordAt(session, id)).envelope
    expect(await matchesCommitment(held, String(body['contact']))).toBe(true)
  })

  it('keeps the contact when an edit leaves it empty, and changes it when it does not', async () => {
    const session = aSession()
    const own = await published(session)
    const first = (await recordAt(session, own.id)).envelope.body['contact']
    await publisherOf(session).publish(aDraft({ title: '实木书桌，台灯已送人', contactValue: '' }), own)
    const second = await recordAt(session, own.id)
    expect(second.envelope).toMatchObject({ rev: 2, body: { title: '实木书桌，台灯已送人', contact: first } })
    await publisherOf(session).publish(aDraft({ contactKind: 'wechat', contactValue: 'haibian_zhou' }), own)
    expect((await recordAt(session, own.id)).envelope.body['contact']).not.toBe(first)
  })

  it('signs the poster’s name once, and again only when it says something else', async () => {
    const session = aSession()
    await published(session)
    const profiles = async () => {
      const texts = [...session.at(`shelf/${did}`).doc.getMap<string>('records').values()]
      const opened = await Promise.all(texts.map((text) => openRecord(text, 'rizhao')))
      return opened.flatMap((one) => (one.ok && one.value.envelope.kind === 'profile' ? [one.value.envelope] : []))
    }
    expect(await profiles()).toMatchObject([{ rev: 1, body: { name: '海边的老周', poster: 'person' } }])
    await published(session)
    expect(await profiles()).toMatchObject([{ rev: 1 }])
    await published(session, { name: '老周' })
    expect(await profiles()).toMatchObject([{ rev: 2, body: { name: '老周' } }])
  })

  it('uses a key of its own for friends, with its own rooms', async () => {
    const session = aSession()
    const friends = { category: 'friends', intent: '', sub: 'reading', ageBand: 'from-26', condition: '', priceFen: '' }
    const { id, use } = await published(session, friends)
    expect(use).toBe('friends')
    expect((await recordAt(session, id, undefined, friendsDid)).envelope.author).toBe(friendsDid)
    expect([...session.opened.keys()].filter((name) => name.endsWith(did))).toEqual([])
  })

  it('writes nothing at all when something is refused', async () => {
    const session = aSession()
    const result = await publisherOf(session).publish(aDraft({ title: '书桌' }))
    expect(result).toMatchObject({ ok: false, error: [{ rule: 'title-length', field: 'title', got: '2' }] })
    expect([...session.opened.keys()]).toEqual([])
    expect(await session.knownDid('person')).toBeUndefined()
  })
})

describe('changing a listing', () => {
  it('renews, ends with the contact gone, and takes the end back with the contact', async () => {
    const session = aSession()
    const publisher = publisherOf(session)
    const result = await publisher.publish(aDraft())
    if (!result.ok) throw new Error('refused')
    const own = result.value
    const contacts = session.at(`contact/${did}`).doc.getMap('contacts')
    session.setNow(session.now() + 1000)
    await publisher.renew(own)
    expect((await recordAt(session, own.id)).envelope).toMatchObject({ rev: 2, renewedAt: session.now() })
    await publisher.setState(own, 'sold-here')
    expect((await recordAt(session, own.id)).envelope).toMatchObject({ rev: 3, body: { state: 'sold-here' } })
    expect(contacts.size).toBe(0)
    expect((await recordAt(session, own.id)).envelope.body['contact']).toBeUndefined()
    await publisher.setState(own, 'live')
    const { envelope } = await recordAt(session, own.id)
    expect(envelope).toMatchObject({ rev: 4, body: { state: 'live' } })
    const held = HeldContact.parse(JSON.parse(String(contacts.get(`${own.id}/aaaaaaaaaaaa`))))
    expect(await matchesCommitment(held, String(envelope.body['contact']))).toBe(true)
    await publisher.setState(own, 'changed-mind')
    await publisherOf(session).setState(own, 'live') // another day, another page
    expect((await recordAt(session, own.id)).envelope.body['contact']).toBeUndefined()
  })

  it('edits from another device with the same key, in that device’s own slot', async () => {
    const [a, c] = [aSession(), aSession({ device: 'cccccccccccc' })]
    const own = await published(a)
    await c.signer('person')
    exchange(a.at(`shelf/${did}`), await c.room(`shelf/${did}`))
    const result = await publisherOf(c).publish(aDraft({ title: '书桌，今天可以看', contactValue: '' }), own)
    expect(result.ok).toBe(true)
    const [first, second] = [await recordAt(a, own.id), await recordAt(c, own.id, 'cccccccccccc')]
    expect(second.envelope).toMatchObject({ rev: 2, prev: first.hash })
    expect(second.envelope.body['contact']).toBe(first.envelope.body['contact'])
  })

  it('signs again with the right time after the relay refused the old one', async () => {
    const session = aSession({ now: 1_795_086_400_000 })
    const own = await published(session)
    const wrong = await recordAt(session, own.id)
    await publisherOf(session).signAgain(own, { hash: wrong.hash, at: 1_795_000_000_000 })
    const right = await recordAt(session, own.id)
    const times = { createdAt: 1_795_000_000_000, updatedAt: 1_795_000_000_000, renewedAt: 1_795_000_000_000 }
    expect(right.envelope).toMatchObject({ ...times, id: own.id, rev: 2, prev: wrong.hash, body: wrong.envelope.body })
  })
})
