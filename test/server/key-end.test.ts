/** A key says its own end: from then on nothing of it is accepted, by any door, its listings are over and its contacts gone, for good. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commitmentOf } from '#domain/contact.ts'
import type { Signer } from '#domain/identity.ts'
import { openEnd, signEnd } from '#domain/key-end.ts'
import { firstRevision, type OpenRecord } from '#domain/record.ts'
import { contactOf, inboxOf, shelfOf } from '#domain/room.ts'
import { minuteMs } from '#domain/time.ts'
import { makeToken } from '#domain/token.ts'
import { dumpOf, replayInto } from '../../server/replay.ts'
import { createContactOf } from '../../server/stores/contacts.ts'
import { aDelegation, aDelegationBody, aGuide } from '../fixtures/businesses.ts'
import { aBusiness, aDraft, aGuideBody, aPolicy } from '../fixtures/guide-bodies.ts'
import { aLabel, onListing } from '../fixtures/labels.ts'
import { startPortalProcess, type PortalProcess } from '../fixtures/portal.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aProfile, aRecord, anEdit, noon, portal as portalId, resigned, slotOf } from '../fixtures/records.ts'
import { aNonce, aSigner } from '../fixtures/signers.ts'
import { until } from '../fixtures/until.ts'
import { noticesOf, openAs } from '../journeys/client.ts'

let [alice, bob, next]: Signer[] = []
beforeAll(async () => void ([alice, bob, next] = await Promise.all([1, 2, 3].map((seed) => aSigner(seed)))))

type Portal = ReturnType<typeof openProjection>
const put = async (portal: Portal, signer: Signer, ...records: readonly OpenRecord[]) => {
  await portal.shelve(signer.did, Object.fromEntries(records.map((record) => [slotOf(record), record.text])))
  expect(portal.failures).toEqual([])
  return records.map(({ hash }) => portal.inbox(signer.did)[hash])
}
const anEnd = (signer: Signer, now = noon, successor?: Signer) =>
  signEnd(signer, { portal: portalId, successor: successor?.did, now })
const replays = ({ core }: Portal) => {
  const before = dumpOf(core.db)
  expect(replayInto(core).changed).toEqual([])
  expect(dumpOf(core.db)).toEqual(before)
}

describe('what the end of a key is', () => {
  it('opens for whoever has it, also with the blanks of paper and mail, and names its successor', async () => {
    const { text } = await anEnd(alice!, noon, next)
    for (const spelled of [text, `  ${text}\n`, text.replace(/.{60}/g, '$&\n')])
      expect(await openEnd(spelled, portalId)).toMatchObject({ did: alice!.did, successor: next!.did, signedAt: noon })
  })

  it.each([
    ['of another portal', async () => (await anEnd(alice!)).text, 'huangdao'],
    [
      'with a changed successor',
      async () => (await anEnd(alice!, noon, next)).text.replace(next!.did, bob!.did),
      portalId,
    ],
    ['that is a listing', async () => (await aRecord(alice!, 1, noon)).text, portalId],
    ['that names itself', async () => (await anEnd(alice!, noon, alice)).text, portalId],
    [
      'under another name',
      async () =>
        (await firstRevision(alice!, { portal: portalId, kind: 'end', body: {}, nonce: aNonce(5), now: noon })).text,
      portalId,
    ],
    ['cut short', async () => (await anEnd(alice!)).text.slice(0, 200), portalId],
  ] as const)('one %s is none', async (_, make, at) => expect(await openEnd(await make(), at)).toBeUndefined())
})

describe('at the projector', () => {
  it('listings are over, the contact is gone, the page tells who goes on; a replay makes it again', async () => {
    const portal = openProjection()
    const held = { contact: { kind: 'phone' as const, value: '13800000000' }, key: 'A'.repeat(22) }
    const listing = await aRecord(alice!, 1, noon, { contact: await commitmentOf(held) })
    const id = listing.envelope.id
    await portal.holdContacts(alice!.did, { [slotOf(listing)]: JSON.stringify(held) })
    await put(portal, alice!, await aProfile(alice!, noon, aBusiness()), listing)
    await put(portal, alice!, await aGuide(alice!, noon, await aGuideBody(alice!.did, aDraft(1))))
    const contactFor = createContactOf(portal.core.db)
    expect((await contactFor(id, noon)).ok).toBe(true)

    portal.clock.now = noon + minuteMs
    const end = await anEnd(alice!, portal.clock.now, next)
    expect(await put(portal, alice!, end)).toMatchObject([{ verdict: 'published' }])
    const now = portal.clock.now
    expect(await portal.model.listing(id, now)).toMatchObject({
      life: 'withdrawn',
      overAt: now,
      ended: { at: now, successor: next!.did, record: end.text },
    })
    expect(await contactFor(id, now)).toEqual({ ok: false, error: { kind: 'over' } })
    expect(portal.core.db.prepare('SELECT count(*) AS n FROM contacts').get()).toEqual({ n: 0 })
    expect((await portal.model.list({ category: 'goods' }, now)).total).toBe(0)
    expect((await portal.model.counts(now))['goods']?.live ?? 0).toBe(0)
    expect([portal.latest('goods'), portal.wire()]).toEqual([{}, {}])
    expect(await portal.model.guides()).toEqual([])
    expect(await portal.model.poster(alice!.did, now)).toMatchObject({ lines: [], ended: { successor: next!.did } })
    replays(portal)
  })

  it('nothing of it is accepted after: a listing, an edit, a name, a second end with another successor', async () => {
    const portal = openProjection()
    const listing = await aRecord(alice!, 1, noon)
    await put(portal, alice!, listing)
    await put(portal, alice!, await anEnd(alice!, noon, next))
    portal.clock.now = noon + minuteMs
    const at = portal.clock.now
    const refused = await put(
      portal,
      alice!,
      await aRecord(alice!, 2, at),
      await anEdit(alice!, listing, at, { title: '改一改再卖的书桌' }),
      await aProfile(alice!, at, { name: '还是我', poster: 'person' }),
      await anEnd(alice!, at, bob),
    )
    for (const notice of refused)
      expect(notice).toMatchObject({ verdict: 'refused', refusals: [{ rule: 'key-ended' }] })
    expect(await portal.model.poster(alice!.did, at)).toMatchObject({ ended: { successor: next!.did } })
    expect(await put(portal, bob!, await aRecord(bob!, 3, at))).toMatchObject([{ verdict: 'published' }])
    replays(portal)
  })

  it('what moderators restore after it stays over', async () => {
    const moderators = new Set([bob!.did])
    const portal = openProjection(':memory:', undefined, { moderators })
    const listing = await aRecord(alice!, 1, noon)
    await put(portal, alice!, listing)
    await put(portal, bob!, await aLabel(bob!, 1, noon, { subject: onListing(listing.envelope.id) }))
    await put(portal, alice!, await anEnd(alice!))
    portal.clock.now = noon + minuteMs
    await put(
      portal,
      bob!,
      await aLabel(bob!, 2, noon + minuteMs, { subject: onListing(listing.envelope.id), action: 'restore' }),
    )
    expect((await portal.model.listing(listing.envelope.id, noon + minuteMs))?.life).toBe('withdrawn')
    expect((await portal.model.list({ category: 'goods' }, noon + minuteMs)).total).toBe(0)
    replays(portal)
  })

  it('a moderator whose key has ended decides nothing more', async () => {
    const portal = openProjection(':memory:', undefined, { moderators: new Set([bob!.did]) })
    const listing = await aRecord(alice!, 1, noon)
    await put(portal, alice!, listing)
    await put(portal, bob!, await anEnd(bob!))
    const label = await aLabel(bob!, 1, noon, { subject: onListing(listing.envelope.id) })
    expect(await put(portal, bob!, label)).toMatchObject([{ verdict: 'refused', refusals: [{ rule: 'key-ended' }] }])
    expect((await portal.model.listing(listing.envelope.id, noon))?.life).toBe('live')
  })

  it('nobody publishes for a business that has ended', async () => {
    const portal = openProjection()
    const body = await aGuideBody(alice!.did, aDraft(1))
    const guide = await aGuide(alice!, noon, body)
    await put(
      portal,
      alice!,
      await aProfile(alice!, noon, aBusiness()),
      await aDelegation(alice!, noon, aDelegationBody(bob!.did)),
      guide,
    )
    await put(portal, alice!, await anEnd(alice!))
    portal.clock.now = noon + minuteMs
    const at = portal.clock.now
    const second = await aGuide(bob!, at, {
      ...body,
      title: '第二版的售后说明',
      version: 2,
      policy: aPolicy(body.guide, 2),
    })
    expect(await put(portal, bob!, second)).toMatchObject([{ verdict: 'refused', refusals: [{ rule: 'key-ended' }] }])
    expect(await portal.model.guides()).toEqual([])
    replays(portal)
  })

  it('an end that is not written as it has to be ends nothing', async () => {
    const portal = openProjection()
    await put(portal, alice!, await aRecord(alice!, 1, noon))
    const good = await anEnd(alice!)
    const wrong = [
      await resigned(alice!, good, { body: { successor: alice!.did } }),
      await resigned(alice!, good, { body: { until: 5 } }),
      await firstRevision(alice!, { portal: portalId, kind: 'end', body: {}, nonce: aNonce(7), now: noon }),
    ]
    for (const record of wrong)
      expect(await put(portal, alice!, record)).toMatchObject([
        { verdict: 'refused', refusals: [{ rule: 'bad-shape' }] },
      ])
    expect((await portal.model.list({ category: 'goods' }, noon)).total).toBe(1)
  })
})

describe('at a portal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'key-end-'))
  let portal: PortalProcess
  beforeAll(async () => void (portal = await startPortalProcess(folder, { DATA_DIR: join(folder, 'data') })))
  afterAll(async () => {
    await portal?.end('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  const post = (body: string) => fetch(`${portal.url}/ends`, { method: 'POST', body })

  it('a certificate from paper ends it by anybody’s hand; the thief’s open page and every other door are closed', async () => {
    const certificate = (await anEnd(alice!, Date.now() - minuteMs, next)).text
    const thief = openAs(portal.url, shelfOf(alice!.did), alice!)
    const inbox = openAs(portal.url, inboxOf(alice!.did), alice!)
    const contacts = openAs(portal.url, contactOf(alice!.did), alice!)
    const listing = await aRecord(alice!, 1, Date.now())
    await until('it has joined', () => thief.synced() && inbox.synced())
    thief.doc.getMap('records').set(slotOf(listing), listing.text)
    await until('it is published', () => noticesOf(inbox).some(({ verdict }) => verdict === 'published'))

    for (const bad of ['', 'x', certificate.replace('"rev":1', '"rev":2'), listing.text])
      expect([bad.slice(0, 5), (await post(bad)).status]).toEqual([bad.slice(0, 5), 400])
    expect((await post('x'.repeat(9_000))).status).toBe(400)
    const early = await post((await anEnd(bob!, Date.now() + 20 * minuteMs)).text) // of a clock that is ahead: its hour is to come
    expect([early.status, await early.json()]).toEqual([400, { kind: 'statement-time' }])
    expect((await fetch(`${portal.url}/ends/${bob!.did}`)).status).toBe(404)
    expect((await post(certificate)).status).toBe(202)
    expect((await post(certificate)).status).toBe(202) // once more changes nothing
    expect(await (await fetch(`${portal.url}/ends/${alice!.did}`)).text()).toBe(certificate)
    expect((await fetch(`${portal.url}/ends/${bob!.did}`)).status).toBe(404)

    const again = await aRecord(alice!, 2, Date.now())
    thief.doc.getMap('records').set(slotOf(again), again.text)
    await until('the open page hears it', () => thief.said.some(({ code }) => code === 'ended-key'))
    const anew = openAs(portal.url, shelfOf(alice!.did), alice!)
    await until('a new socket reads', () => anew.synced())
    anew.doc.getMap('records').set(`${again.envelope.id}/other`, again.text)
    await until('and does not write', () => anew.said.some(({ code }) => code === 'ended-key'))
    const reader = openAs(portal.url, shelfOf(alice!.did), bob!)
    await until('another reads the shelf', () => reader.synced())
    expect([...reader.doc.getMap('records').keys()].some((slot) => slot.startsWith(again.envelope.id))).toBe(false)

    const token = await makeToken(alice!, portal.url, Date.now())
    const headers = { Authorization: `Bearer ${token}` }
    const message = await fetch(`${portal.url}/inbox/${bob!.did}`, { method: 'POST', headers, body: '{}' })
    expect([message.status, await message.json()]).toEqual([401, { kind: 'unauthorized', limit: 'ended-key' }])
    const photo = await fetch(`${portal.url}/blobs/${'0'.repeat(64)}`, { method: 'PUT', headers, body: 'x' })
    expect([photo.status, await photo.json()]).toEqual([401, { kind: 'unauthorized', limit: 'ended-key' }])
    for (const client of [thief, inbox, contacts, anew, reader]) client.close()
  }, 60_000)

  it('it holds after a restart', async () => {
    await portal.end('SIGKILL')
    portal = await startPortalProcess(folder, { DATA_DIR: join(folder, 'data') })
    expect((await fetch(`${portal.url}/ends/${alice!.did}`)).status).toBe(200)
    const late = await aRecord(alice!, 4, Date.now())
    const shelf = openAs(portal.url, shelfOf(alice!.did), alice!)
    await until('it reads', () => shelf.synced())
    shelf.doc.getMap('records').set(slotOf(late), late.text)
    await until('and does not write', () => shelf.said.some(({ code }) => code === 'ended-key'))
    shelf.close()
  }, 60_000)
})
