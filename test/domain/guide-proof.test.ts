/** A reader believes a guide only by signatures: the owner's own, or a member's with the owner's delegation. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { DelegationBody } from '#domain/delegation.ts'
import { guideVouchedBy, type GuideProof } from '#domain/guide-proof.ts'
import type { Signer } from '#domain/identity.ts'
import type { GuideBody } from '#domain/published-guide.ts'
import { dayMs } from '#domain/time.ts'
import { aDelegation, aDelegationBody, aGuide } from '../fixtures/businesses.ts'
import { aDraft, aGuideBody, aText } from '../fixtures/guide-bodies.ts'
import { aRecord, noon, portal } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

let [shop, clerk, mallory] = [] as unknown as readonly [Signer, Signer, Signer]
let body: GuideBody
beforeAll(async () => {
  ;[shop, clerk, mallory] = await Promise.all([aSigner(1), aSigner(2), aSigner(3)])
  body = await aGuideBody(shop.did, aDraft(1))
})
const shownAs = (author: Signer, change: Partial<GuideBody> = {}) => ({
  guide: body.guide,
  owner: shop.did,
  author: author.did,
  body: { ...body, ...change },
})
const proofOf = async (author: Signer, rest: Partial<GuideProof> = {}): Promise<GuideProof> => ({
  portal,
  record: (await aGuide(author, noon, body)).text,
  ...rest,
})
const given = async (by: Signer, change: Partial<DelegationBody> = {}) =>
  (await aDelegation(by, noon - dayMs, aDelegationBody(clerk.did, change))).text

it('the owner’s own is believed as it is shown', async () => {
  expect(await guideVouchedBy(shownAs(shop), await proofOf(shop))).toBe('owner')
})

it.each([
  ['other words', () => shownAs(shop, { text: aText('上门要收费。') })],
  ['another title', () => shownAs(shop, { title: '另一个标题' })],
  ['another owner', () => ({ ...shownAs(shop), owner: mallory.did })],
  ['another guide', () => ({ ...shownAs(shop), guide: 'a'.repeat(26) })],
  ['another author', () => shownAs(clerk)],
] as const)('shown with %s it is not', async (_, shown) => {
  expect(await guideVouchedBy(shown(), await proofOf(shop))).toBeUndefined()
})

it('a broken signature, a record of another town or of another kind is nobody’s', async () => {
  const { record } = await proofOf(shop)
  expect(await guideVouchedBy(shownAs(shop), { portal, record: `A${record.slice(1)}` })).toBeUndefined()
  expect(await guideVouchedBy(shownAs(shop), { portal: 'elsewhere', record })).toBeUndefined()
  const listing = (await aRecord(shop, 5, noon)).text
  expect(await guideVouchedBy(shownAs(shop), { portal, record: listing })).toBeUndefined()
})

describe('a member’s is believed with the owner’s delegation', () => {
  const rows: readonly (readonly [string, () => Promise<string | undefined>, 'member' | undefined])[] = [
    ['to publish all', () => given(shop), 'member'],
    ['to publish this draft', () => given(shop, { draft: aDraft(1) }), 'member'],
    ['to write, not to publish', () => given(shop, { role: 'editor' }), undefined],
    ['for another draft', () => given(shop, { draft: aDraft(9) }), undefined],
    ['that was over', () => given(shop, { until: noon }), undefined],
    ['that is taken back', () => given(shop, { revoked: true }), undefined],
    ['for somebody else', () => given(shop, { member: mallory.did }), undefined],
    ['that somebody else signed', () => given(mallory), undefined],
    ['and none', async () => undefined, undefined],
  ]
  it.each(rows)('%s', async (_, delegation, voucher) => {
    expect(await guideVouchedBy(shownAs(clerk), await proofOf(clerk, { delegation: await delegation() }))).toBe(voucher)
  })
})
