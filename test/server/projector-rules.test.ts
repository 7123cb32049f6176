/** Every rule there is: a record that breaks it gets it in its notice, with words' facts, and the portal shows nothing of it. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy-schema.ts'
import { laddersOf } from '#domain/policy-windows.ts'
import type { Business } from '#domain/profile.ts'
import type { GuideBody } from '#domain/published-guide.ts'
import { isRefusalRule, refusalRules, type RefusalRule } from '#domain/refusal.ts'
import type { Signer } from '#domain/identity.ts'
import { maxRecordBytes, type OpenRecord } from '#domain/record.ts'
import { dayMs, hourMs, minuteMs } from '#domain/time.ts'
import { mostLive } from '#domain/quota.ts'
import { aDelegation, aDelegationBody, aGuide, nextGuide } from '../fixtures/businesses.ts'
import { aBusiness, aDraft, aGuideBody, aPolicy, aText } from '../fixtures/guide-bodies.ts'
import { aLabel, onKey } from '../fixtures/labels.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aProfile, aRecord, aRenewal, anEdit, noon, resigned, signedJson, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { aListing, aPhoto, town } from '../fixtures/town.ts'

let alice: Signer
let mallory: Signer
beforeAll(async () => {
  alice = await aSigner(1)
  mallory = await aSigner(2)
})

type Portal = ReturnType<typeof openProjection>
type Breaking = (portal: Portal) => Promise<Readonly<Record<string, unknown>>>

const inSlot = (record: OpenRecord, text: string = record.text) => ({ [slotOf(record)]: text })
const first = () => aRecord(alice, 1, noon)
/** A record with this in its body, whatever the form would have said to it. */
const says =
  (change: Parameters<typeof aListing>[0] & { readonly colour?: string }): Breaking =>
  async () =>
    inSlot(await resigned(alice, await first(), { body: { ...aListing(change) } }))
const seals =
  (change: Parameters<typeof resigned>[2]): Breaking =>
  async () =>
    inSlot(await resigned(alice, await first(), change))

/** A guide of a business, published with this in its body. */
const guides =
  (change: Partial<GuideBody> | ((guide: string) => Partial<GuideBody>)): Breaking =>
  async (portal) => {
    await portal.shelve(alice.did, inSlot(await aProfile(alice, noon, aBusiness())))
    const body = await aGuideBody(alice.did, aDraft(1))
    return inSlot(
      await aGuide(alice, noon, { ...body, ...(typeof change === 'function' ? change(body.guide) : change) }),
    )
  }
const isBusiness =
  (change: Partial<Business>): Breaking =>
  async () =>
    inSlot(await aProfile(alice, noon, aBusiness({ business: { ...aBusiness().business!, ...change } })))

/** A verdict of its own: projector-bad-input.test.ts; and what needs moderators: projector-moderation.test.ts, projector-town.test.ts; of the end of a key: key-end.test.ts; what only the form can know: photos.test.ts of the journeys. */
type Elsewhere =
  | 'superseded'
  | 'photo-absent'
  | 'reason-length'
  | 'blocked'
  | 'new-key'
  | 'key-ended'
  | 'bad-end'
  | 'entry-length'
  | 'entry-phone'
  | 'entry-link'
  | 'entry-date'

// prettier-ignore
const breaking: Readonly<Record<Exclude<RefusalRule, Elsewhere>, Breaking>> = {
  'bad-format':         async () => inSlot(await first(), 'no record'),
  'too-large':          async () => inSlot(await first(), 'x'.repeat(maxRecordBytes + 1)),
  'bad-signature':      async () => inSlot(await first(), (await signedJson(mallory, JSON.stringify((await first()).envelope)))),
  'forbidden-key':      async () => inSlot(await first(), await signedJson(alice, JSON.stringify((await first()).envelope).replace('"body":{', '"body":{"__proto__":{"title":"x"},'))),
  'bad-shape':          says({ colour: 'red' }),
  'wrong-portal':       seals({ portal: 'huangdao' }),
  'wrong-id':           async () => seals({ id: (await aRecord(mallory, 1, noon)).envelope.id })(openProjection()),
  'wrong-author':       async () => inSlot(await aRecord(mallory, 1, noon)),
  'wrong-slot':         async () => ({ [slotOf(await aRecord(alice, 2, noon))]: (await first()).text }),
  'clock':              async () => inSlot(await aRecord(alice, 1, noon + dayMs)),
  'older-revision': async (portal) => {
    const record = await first()
    await portal.shelve(alice.did, inSlot(await anEdit(alice, record, noon, { state: 'sold-here' })))
    return inSlot(record)
  },
  'renewed-too-soon': async (portal) => {
    const sold = await anEdit(alice, await first(), noon, { state: 'sold-here' })
    await portal.shelve(alice.did, inSlot(sold))
    portal.clock.now += hourMs
    return inSlot(await aRenewal(alice, sold, portal.clock.now, { state: 'live' }))
  },
  'unknown-category':   says({ category: 'arms' }),
  'unknown-intent':     says({ intent: 'steal' }),
  'unknown-kind':       says({ sub: 'moon' }),
  'unknown-district':   says({ district: 'atlantis' }),
  'foreign-field':      says({ fields: { gearbox: 'manual' } }),
  'field-missing':      async () => says({ category: requiring().id, fields: {} })(openProjection()),
  'field-range':        says({ category: 'vehicles', fields: { km: -1 } }),
  'field-form':         says({ category: 'vehicles', fields: { km: 'many' } }),
  'title-length':       says({ title: '字'.repeat(41) }),
  'text-length':        says({ text: '字'.repeat(2001) }),
  'price-range':        says({ priceFen: 1e30 }),
  'price-unwanted':     says({ category: 'lost', priceFen: 5 }),
  'valid-days':         says({ validDays: 31 }),
  'company-name':       says({ poster: 'company' }),
  'name-length':        async () => inSlot(await aProfile(alice, noon, { name: '字'.repeat(21), poster: 'person' })),
  'control-characters': says({ title: '实木\u202e书桌一张' }),
  'contact-form':       says({ contact: '13800001111' }),
  'photo-count':        says({ photos: Array.from({ length: 9 }, (_, i) => aPhoto(i)) }),
  'photo-form':         says({ photos: [{ ...aPhoto(1), width: 40_000 }] }),
  'business-name':      isBusiness({ registered: undefined }),
  'business-text':      isBusiness({ address: '路' }),
  'business-phone':     isBusiness({ phone: 'call us' }),
  'no-business':        async () => inSlot(await aGuide(alice, noon, await aGuideBody(alice.did, aDraft(1)))),
  'guide-text':         guides({ text: { type: 'doc', content: [{ type: 'script' }] } as unknown as GuideBody['text'] }),
  'guide-length':       guides({ text: aText('字'.repeat(70_000)) }),
  'policy-faulty':      guides((guide) => ({ policy: withHole(aPolicy(guide, 1)) })),
  'policy-name':        guides((guide) => ({ policy: aPolicy(guide, 2) })),
  'version-taken': async (portal) => {
    const body = await aGuideBody(alice.did, aDraft(1))
    await portal.shelve(alice.did, { ...inSlot(await aProfile(alice, noon, aBusiness())), ...inSlot(await aGuide(alice, noon, body)) })
    return inSlot(await nextGuide(alice, await aGuide(alice, noon, body), noon, { title: '还是第一版' }))
  },
  'not-delegated':      async () => inSlot(await aGuide(alice, noon, await aGuideBody(mallory.did, aDraft(1)))),
  'delegation-time':    async () => inSlot(await aDelegation(alice, noon, aDelegationBody(mallory.did, { until: noon + 400 * dayMs }))),
  'not-moderator':      async () => inSlot(await aLabel(alice, 1, noon, { subject: onKey(mallory.did), action: 'block' })),
  'too-many': async (portal) => {
    const sold = await anEdit(alice, await first(), noon, { state: 'sold-here' })
    const many = await Promise.all(Array.from({ length: mostLive }, (_, i) => aRecord(alice, 10 + i, noon, { category: 'lost' })))
    await portal.shelve(alice.did, Object.assign(inSlot(sold), ...many.map((one) => inSlot(one))) as Record<string, string>)
    return inSlot(await anEdit(alice, sold, noon + minuteMs, { state: 'live' }))
  },
  'HR-2':               says({ text: '有意请打电话：一三八 零零零零 幺幺幺幺' }),
  'HR-3': async (portal) => {
    await portal.shelve(alice.did, inSlot(await first()))
    return inSlot(await aRecord(alice, 2, noon, { text: (await first()).envelope.body['text'] as string }))
  },
  'HR-4':               says({ text: '全网最低价的书桌，自提。' }),
  'HR-5':               says({ text: '书桌一张，另可代写论文。' }),
  'HR-6':               says({ category: 'jobs', text: '收银员两名，入职交押金三百。' }),
  'HR-7':               says({ category: 'friends', text: '想找学生妹一起打球的来。' }),
}
/** The second rung begins three days later than the first one ends. */
function withHole(policy: Policy): Policy {
  const [first] = laddersOf(policy.grants).filter(({ length }) => length > 1)
  const gap = first?.[1]
  const moved = (days: number) => ({ days: days + 3 })
  return {
    ...policy,
    grants: policy.grants.map((row) =>
      row === gap && row.after && 'days' in row.after ? { ...row, after: moved(row.after.days) } : row,
    ),
  }
}

const requiring = () => {
  const category = town.categories.find(({ fields }) => fields.some(({ required }) => required))
  if (!category) throw new Error('no category asks for a field')
  return category
}

describe('a record that breaks', () => {
  it.each(Object.entries(breaking))('%s is refused by it, and shows nowhere', async (rule, breakIt) => {
    const portal = openProjection()
    const values = await breakIt(portal)
    const before = { latest: portal.latest('goods'), wire: portal.wire(), told: portal.inbox(alice.did) }
    await portal.shelve(alice.did, values)
    const told = Object.values(portal.inbox(alice.did)).filter(({ hash }) => before.told[hash]?.verdict !== 'refused')
    const refused = told.filter(({ verdict }) => verdict === 'refused')
    expect(refused.flatMap(({ refusals }) => refusals.map((refusal) => refusal.rule))).toContain(rule)
    expect(portal.journal().at(-1)?.rules).toContain(rule)
    expect({ latest: portal.latest('goods'), wire: portal.wire() }).toEqual({
      latest: before.latest,
      wire: before.wire,
    })
    expect(portal.failures).toEqual([])
  })

  it('is in this table for every rule but a few', () => {
    const elsewhere: readonly Elsewhere[] = [
      'key-ended',
      'superseded',
      'photo-absent',
      'reason-length',
      'blocked',
      'new-key',
      'entry-length',
      'entry-phone',
      'entry-link',
      'entry-date',
    ]
    expect([...Object.keys(breaking), ...elsewhere].sort()).toEqual([...refusalRules].sort())
    expect(elsewhere.every(isRefusalRule)).toBe(true)
  })
})
