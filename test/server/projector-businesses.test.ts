/** What businesses publish, over a real database: versions that stay, members who may and may not, search, and replay. */
import { beforeAll, describe, expect, it } from 'vitest'
import { guideVouchedBy } from '#domain/guide-proof.ts'
import type { Signer } from '#domain/identity.ts'
import type { GuideView } from '#domain/read-model.ts'
import type { OpenRecord } from '#domain/record.ts'
import { PrintedEntry } from '#domain/search-entry.ts'
import { dayMs, minuteMs } from '#domain/time.ts'
import { dumpOf, replayInto } from '../../server/replay.ts'
import { mostVersionsADay } from '../../server/projector/verdict.ts'
import { policyRoutes } from '../../server/routes/policies.ts'
import { aDelegation, aDelegationBody, aGuide, nextGuide, revoked } from '../fixtures/businesses.ts'
import { aBusiness, aDraft, aGuideBody, aPolicy, aText } from '../fixtures/guide-bodies.ts'
import { openProjection } from '../fixtures/projection.ts'
import { aProfile, anEdit, noon, slotOf } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'
import { town } from '../fixtures/town.ts'

let shop: Signer
let clerk: Signer
beforeAll(async () => {
  shop = await aSigner(1)
  clerk = await aSigner(2)
})

const draft = aDraft(1)
type Portal = ReturnType<typeof openProjection>
const put = async (portal: Portal, signer: Signer, ...records: readonly OpenRecord[]) => {
  await portal.shelve(signer.did, Object.fromEntries(records.map((record) => [slotOf(record), record.text])))
  expect(portal.failures).toEqual([])
  return records.map(({ hash }) => portal.inbox(signer.did)[hash]?.verdict)
}
async function aShop() {
  const portal = openProjection()
  await put(portal, shop, await aProfile(shop, noon, aBusiness()))
  return portal
}

describe('a guide', () => {
  it('that comes together with its author’s first profile is judged after it, whatever the slots are called', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const portal = openProjection()
      const guide = await aGuide(shop, noon, await aGuideBody(shop.did, aDraft(seed)))
      expect(await put(portal, shop, guide, await aProfile(shop, noon, aBusiness()))).toEqual([
        'published',
        'published',
      ])
    }
  })

  it('keeps every version that was published, each with its number and its words', async () => {
    const portal = await aShop()
    const body = await aGuideBody(shop.did, draft)
    const first = await aGuide(shop, noon, { ...body, policy: aPolicy(body.guide, 1) })
    await put(portal, shop, first)
    portal.clock.now += minuteMs
    const second = await nextGuide(shop, first, portal.clock.now, {
      version: 2,
      title: '第二版的标题',
      policy: aPolicy(body.guide, 2),
    })
    await put(portal, shop, second)
    expect(await portal.model.guide(body.guide)).toMatchObject({
      latest: 2,
      name: '海曲电器行',
      body: { title: '第二版的标题' },
      record: second.text,
    })
    expect(await portal.model.guide(body.guide, 1)).toMatchObject({
      latest: 2,
      body: { version: 1, title: body.title },
      record: first.text,
    })
    expect((await portal.model.guide(body.guide))?.versions).toEqual([
      { version: 2, at: noon + minuteMs },
      { version: 1, at: noon },
    ])
    expect(await portal.model.guide(body.guide, 3)).toBeUndefined()

    const api = policyRoutes({ policies: [], readModel: portal.model })
    const answers = await Promise.all(
      ['', '?version=1', '?version=2', '?version=3'].map((query) => api.request(`/u-${body.guide}${query}`)),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404])
    expect(await answers[0]?.json()).toMatchObject({ id: `u-${body.guide}`, version: 2 })
    expect(await answers[1]?.json()).toMatchObject({ version: 1 })
  })

  it('of two who publish at once the second is told which version stands, and nothing of the first is lost', async () => {
    const portal = await aShop()
    await put(portal, shop, await aDelegation(shop, noon, aDelegationBody(clerk.did)))
    const body = await aGuideBody(shop.did, draft)
    await put(portal, shop, await aGuide(shop, noon, { ...body, title: '老板改的标题' }))
    const late = await aGuide(clerk, noon, { ...body, title: '店员改的标题' })
    expect(await put(portal, clerk, late)).toEqual(['refused'])
    expect(portal.inbox(clerk.did)[late.hash]?.refusals).toEqual([
      { rule: 'version-taken', field: 'version', limit: '1', got: '1' },
    ])
    expect((await portal.model.guide(body.guide))?.body.title).toBe('老板改的标题')
    expect(await put(portal, clerk, await nextGuide(clerk, late, noon, { version: 2 }))).toEqual(['published'])
    expect(await portal.model.guide(body.guide)).toMatchObject({
      latest: 2,
      author: clerk.did,
      owner: shop.did,
      body: { title: '店员改的标题' },
    })
  })

  it('that is withdrawn leaves the lists and search, and can still be read', async () => {
    const portal = await aShop()
    const body = await aGuideBody(shop.did, draft)
    const guide = await aGuide(shop, noon, body)
    await put(portal, shop, guide)
    expect((await portal.model.guides()).map(({ id }) => id)).toEqual([body.guide])
    expect(Object.keys(portal.wire())).toEqual([body.guide])
    await put(portal, shop, await nextGuide(shop, guide, noon, { version: 2, state: 'withdrawn' }))
    expect(await portal.model.guides()).toEqual([])
    expect(portal.wire()).toEqual({})
    expect((await portal.model.search('冰箱', 5, noon)).printed).toEqual([])
    expect(await portal.model.guide(body.guide, 1)).toMatchObject({ isLive: false, body: { version: 1 } })
  })

  it('may be republished twenty times a day, and no more', async () => {
    const portal = await aShop()
    let guide = await aGuide(shop, noon, await aGuideBody(shop.did, draft))
    await put(portal, shop, guide)
    for (let version = 2; version <= mostVersionsADay + 1; version++) {
      guide = await nextGuide(shop, guide, noon, { version })
      const [verdict] = await put(portal, shop, guide)
      expect(verdict).toBe(version <= mostVersionsADay ? 'published' : 'refused')
    }
    portal.clock.now += dayMs + 1
    expect(await put(portal, shop, await nextGuide(shop, guide, portal.clock.now, { version: 21 }))).toEqual([
      'published',
    ])
  })

  it('is found by its words, with the business named; a script in it is only words', async () => {
    const portal = await aShop()
    const text = aText('<script>alert(1)</script><img src=x onerror=alert(2)> 压缩机')
    const body = await aGuideBody(shop.did, draft, { text })
    await put(portal, shop, await aGuide(shop, noon, body))
    const [entry] = Object.values(portal.wire()).map((one) => PrintedEntry.parse(one))
    expect(entry).toMatchObject({ id: body.guide, group: 'guide', by: '海曲电器行', href: `/guides/u/${body.guide}` })
    const found = await portal.model.search('压缩机', 5, noon)
    expect(found.printed.map(({ id }) => id)).toEqual([body.guide])
    portal.projector.printed([]) // a build without a guide of its own takes nothing of the businesses' away
    expect((await portal.model.search('海曲电器行', 5, noon)).printed.map(({ id }) => id)).toEqual([body.guide])
  })

  it('with a word the house does not take is refused with the word, and a profile as well', async () => {
    const portal = await aShop()
    const guide = await aGuide(shop, noon, await aGuideBody(shop.did, draft, { text: aText('我们是全市第一。') }))
    expect(await put(portal, shop, guide)).toEqual(['refused'])
    expect(portal.inbox(shop.did)[guide.hash]?.refusals).toEqual([{ rule: 'HR-4', field: 'text', got: '全市第一' }])
    const other = await aSigner(4)
    const address = { ...aBusiness().business!, address: '全城最低价大厦 1 楼' }
    expect(await put(portal, other, await aProfile(other, noon, aBusiness({ business: address })))).toEqual(['refused'])
  })

  it('of 100,000 characters is refused with its size, and the words stay on its author’s shelf', async () => {
    const portal = await aShop()
    const guide = await aGuide(shop, noon, await aGuideBody(shop.did, draft, { text: aText('字'.repeat(100_000)) }))
    expect(await put(portal, shop, guide)).toEqual(['refused'])
    const [refusal] = portal.inbox(shop.did)[guide.hash]?.refusals ?? []
    expect(refusal?.rule).toBe('guide-length')
    expect(Number(refusal?.got)).toBeGreaterThan(300_000)
  })
})

const vouched = (view: GuideView | undefined) =>
  view && guideVouchedBy({ ...view, guide: view.id }, { ...view, portal: town.portal.id })

describe('who publishes for a business', () => {
  const publish = async (portal: Portal, change: Parameters<typeof aGuideBody>[2] = {}, now = noon) =>
    (await put(portal, clerk, await aGuide(clerk, now, await aGuideBody(shop.did, draft, change))))[0]

  it.each([
    ['a publisher of all drafts', {}, 'published'],
    ['a publisher of this draft', { draft }, 'published'],
    ['a publisher of another draft', { draft: aDraft(9) }, 'refused'],
    ['an editor', { role: 'editor' }, 'refused'],
    ['a publisher whose time is over', { until: noon }, 'refused'],
    ['one who was taken back', { revoked: true }, 'refused'],
  ] as const)('%s', async (_, change, verdict) => {
    const portal = await aShop()
    await put(portal, shop, await aDelegation(shop, noon, aDelegationBody(clerk.did, change)))
    expect(await publish(portal)).toBe(verdict)
  })

  it('from the moment it is taken back, no more; what he published before stays', async () => {
    const portal = await aShop()
    const given = await aDelegation(shop, noon, aDelegationBody(clerk.did))
    await put(portal, shop, given)
    expect(await publish(portal)).toBe('published')
    await put(portal, shop, await revoked(shop, given, noon))
    const body = await aGuideBody(shop.did, draft)
    const before = await aGuide(clerk, noon, body)
    expect(await put(portal, clerk, await nextGuide(clerk, before, noon, { version: 2 }))).toEqual(['refused'])
    const view = await portal.model.guide(body.guide)
    expect(view).toMatchObject({ latest: 1, isLive: true, author: clerk.did, delegation: given.text })
    expect(await vouched(view)).toBe('member') // a reader can still see that it was given then
    await put(portal, shop, await aGuide(shop, noon, { ...body, version: 2 }))
    expect(await vouched(await portal.model.guide(body.guide))).toBe('owner')
  })

  it('a delegation that somebody else signed gives nothing', async () => {
    const portal = await aShop()
    const mallory = await aSigner(3)
    await put(portal, mallory, await aDelegation(mallory, noon, aDelegationBody(clerk.did)))
    expect(await publish(portal)).toBe('refused')
  })

  it('a guide under the name of another’s draft is refused by its id', async () => {
    const portal = await aShop()
    const [mine, his] = await Promise.all([aGuideBody(shop.did, draft), aGuideBody(clerk.did, draft)])
    const stolen = await aGuide(clerk, noon, { ...his, guide: mine.guide })
    expect(await put(portal, clerk, stolen)).toEqual(['refused'])
    expect(portal.inbox(clerk.did)[stolen.hash]?.refusals).toEqual([{ rule: 'wrong-id' }])
  })
})

describe('the read model of it', () => {
  it('is what the journal says, row by row', async () => {
    const portal = await aShop()
    const given = await aDelegation(shop, noon, aDelegationBody(clerk.did))
    const guide = await aGuide(shop, noon, await aGuideBody(shop.did, draft))
    await put(portal, shop, given, guide)
    await put(portal, clerk, await aGuide(clerk, noon, await aGuideBody(shop.did, draft, { version: 2 })))
    await put(
      portal,
      shop,
      await revoked(shop, given, noon),
      await nextGuide(shop, guide, noon, { version: 3, state: 'withdrawn' }),
    )
    const profile = await aProfile(shop, noon, aBusiness())
    await put(portal, shop, await anEdit(shop, profile, noon, { name: '新店名' } as never))
    const before = dumpOf(portal.core.db)
    expect(before.guide_versions).toHaveLength(3)
    expect(before.delegations).toHaveLength(1)
    expect(replayInto(portal.core).changed).toEqual([])
    expect(dumpOf(portal.core.db)).toEqual(before)
    expect((await portal.model.poster(shop.did, noon))?.business).toEqual(aBusiness().business)
  })
})
