/** A business's own side: addresses of drafts and invitations, versions that are given once, and what is kept of a lost draft. */
import { createRoot } from 'solid-js'
import { describe, expect, it } from 'vitest'
import { fromBase64url, toBase64url } from '#domain/bytes.ts'
import { signerOf } from '#domain/identity.ts'
import { ProfileBody } from '#domain/profile.ts'
import { guideIdOf, type GuideBody } from '#domain/published-guide.ts'
import { idOf, openRecord } from '#domain/record.ts'
import { dayMs } from '#domain/time.ts'
import { hashOf, placeIn, type Place } from '#src/guides/business/address.ts'
import { createMyDrafts } from '#src/guides/business/my-drafts.ts'
import { openOffice } from '#src/guides/business/office.ts'
import { aBusiness, aGuideBody } from '../fixtures/guide-bodies.ts'
import { must } from '../fixtures/must.ts'
import { until } from '../fixtures/until.ts'
import { aRoom, aSession, type TestSession } from '../fixtures/session.ts'

const owner = (await signerOf(new Uint8Array(16).fill(7), 'person')).did
const member = (await signerOf(new Uint8Array(16).fill(8), 'person')).did
const draft = 'A'.repeat(22)

describe('an address of the business page', () => {
  it.each<Place>([
    { kind: 'draft', owner, draft },
    { kind: 'invite', owner, draft: 'all', role: 'publisher', days: 90 },
    { kind: 'ask', owner, member, draft, role: 'editor', days: 30 },
  ])('is read as it was written: $kind', (place) => expect(placeIn(hashOf(place))).toEqual(place))

  it.each([
    '',
    '#',
    '#draft=x~y',
    '#draft=%',
    `#draft=${owner}~${draft}~more`,
    `#invite=${owner}~all~owner~30`,
    `#invite=${owner}~all~editor~0`,
    `#invite=${owner}~all~editor~4000`,
    `#ask=${owner}~somebody~all~editor~30`,
  ])('that is none leads nowhere: %s', (hash) => expect(placeIn(hash)).toBeUndefined())
})

const officeOf = async (session: TestSession) => {
  const { make } = await openOffice(session, 'rizhao')
  return createRoot(() => make())
}
const said = async (change: Partial<GuideBody> = {}): Promise<Omit<GuideBody, 'version'>> => {
  const { version: _version, ...body } = await aGuideBody(owner, draft, change)
  return body
}
const nonce = () => fromBase64url(draft)!

describe('an office', () => {
  it('publishes on this device, each time with the next number, under the name that everybody knows the guide by', async () => {
    const session = aSession()
    const office = await officeOf(session)
    expect(await office.publish(await said(), nonce(), 0)).toEqual({ ok: true, value: 1 })
    await until('the shelf to be read', () => office.guides().length === 1)
    expect(office.guides()[0]).toMatchObject({ id: await guideIdOf(owner, draft), progress: { step: 'saved' } })
    expect(await office.publish(await said(), nonce(), 0)).toEqual({ ok: true, value: 2 })
  })

  it('goes on after the versions of others, by what the draft tells or the relay has refused', async () => {
    const session = aSession()
    const office = await officeOf(session)
    expect(await office.publish(await said(), nonce(), 4)).toEqual({ ok: true, value: 5 })
    await until('the shelf to be read', () => office.guides().length === 1)
    const [text = ''] = [...session.at(`shelf/${owner}`).doc.getMap<string>('records').values()]
    const bytes = new TextEncoder().encode(text.slice(text.indexOf('.') + 1))
    const hash = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
    session.notify(`inbox/${owner}`, {
      id: await idOf(owner, draft),
      kind: 'guide',
      hash,
      verdict: 'refused',
      refusals: [{ rule: 'version-taken', limit: '8' }],
      at: session.now(),
    })
    expect(office.guides()[0]?.progress).toMatchObject({ step: 'refused' })
    expect(await office.publish(await said(), nonce(), 4)).toEqual({ ok: true, value: 9 })
  })

  it('signs again by itself what was refused for the clock, at the time of the receipt, and gives a member as long as was meant', async () => {
    const session = aSession()
    const right = session.now()
    session.setNow(right + 3 * dayMs)
    const office = await officeOf(session)
    await office.publish(await said(), nonce(), 0)
    const given = { member, role: 'editor', draft: 'all', until: session.now() + 365 * dayMs, revoked: false } as const
    await office.delegate(given)
    const shelf = session.at(`shelf/${owner}`).doc.getMap<string>('records')
    const opened = () => Promise.all([...shelf.values()].map(async (text) => must(await openRecord(text, 'rizhao'))))
    const wrong = await opened()
    await until('the shelf to be read', () => office.guides().length + office.delegations().length === 2)
    for (const { hash, envelope } of wrong)
      session.notify(`inbox/${owner}`, {
        id: envelope.id,
        kind: envelope.kind,
        hash,
        verdict: 'refused',
        refusals: [{ rule: 'clock' }],
        at: right,
      })
    await until('both to be signed again', () => office.delegations()[0]?.body.until === right + 365 * dayMs)
    await until('the guide too', () => office.guides()[0]?.progress.step === 'saved')
    for (const { envelope } of await opened()) expect(envelope).toMatchObject({ rev: 2, updatedAt: right })
    expect(office.guides()[0]?.body.version).toBe(1) // the same words, and no version of their own
  })

  it('signs nothing that would be refused: the reason comes back instead', async () => {
    const session = aSession()
    const office = await officeOf(session)
    const short = await office.publish(await said({ title: '短' }), nonce(), 0)
    expect(short).toMatchObject({ ok: false, error: [{ rule: 'title-length' }] })
    const nameless = await office.saveProfile({
      ...aBusiness(),
      business: { ...aBusiness().business!, registered: undefined },
    })
    expect(nameless).toMatchObject({ ok: false, error: [{ rule: 'business-name' }] })
    expect(session.at(`shelf/${owner}`).doc.getMap('records').size).toBe(0)
  })

  it('a profile of a business is what its schema says', () => {
    expect(ProfileBody.safeParse(aBusiness()).success).toBe(true)
    expect(ProfileBody.safeParse(aBusiness({ poster: 'sole-trader' })).success).toBe(true)
  })
})

it('a list of drafts leaves out what it cannot read', () => {
  const me = aRoom('me')
  const drafts = createRoot(() => createMyDrafts(me))
  drafts.keep({ owner, draft, title: '冰箱', at: 2 })
  me.doc.getMap('guideDrafts').set('x', '{"owner":"nobody"}')
  me.doc.getMap('guideDrafts').set('y', 'not json')
  expect(drafts.all()).toEqual([{ owner, draft, title: '冰箱', at: 2 }])
  drafts.drop({ owner, draft })
  expect(drafts.all()).toEqual([])
  expect(toBase64url(nonce())).toBe(draft)
})
