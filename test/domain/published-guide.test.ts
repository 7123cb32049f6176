/** Guides of businesses and delegations as records: what a schema lets pass, and who may what until when. */
import { describe, expect, it } from 'vitest'
import { delegates, type DelegationBody } from '#domain/delegation.ts'
import { guideOfPolicy, parseGuide, policyIdOf } from '#domain/published-guide.ts'
import { draftOf, parseRoom, rightsOf } from '#domain/room.ts'
import { aDelegationBody } from '../fixtures/businesses.ts'
import { aDraft, aGuideBody, aPolicy, aText } from '../fixtures/guide-bodies.ts'
import { noon } from '../fixtures/records.ts'
import { aSigner } from '../fixtures/signers.ts'

const { did: owner } = await aSigner(1)
const { did: member } = await aSigner(2)
const draft = aDraft(1)
const body = await aGuideBody(owner, draft)
const rulesOf = (value: unknown) => {
  const parsed = parseGuide(value)
  return parsed.ok ? [] : parsed.error.map(({ rule }) => rule)
}

describe('a guide', () => {
  it.each([
    ['as it is', {}, []],
    ['with a policy', { policy: aPolicy(body.guide, 1) }, []],
    ['with another’s policy', { policy: aPolicy('a'.repeat(26), 1) }, ['policy-name']],
    ['that calls its rules a statute', { policy: aPolicy(body.guide, 1, { layer: 'statute' }) }, ['policy-name']],
    ['whose policy has no id', { policy: { version: 1 } }, ['bad-shape']],
    ['with a field nobody knows', { html: '<b>x</b>' }, ['bad-shape']],
    ['with HTML for a text', { text: '<script>alert(1)</script>' }, ['guide-text']],
    ['that is too long and ill-named', { title: '短', text: aText('字'.repeat(70_000)) }, ['title-length']],
    ['that is too long', { text: aText('字'.repeat(70_000)) }, ['guide-length']],
    ['of version 0', { version: 0 }, ['bad-shape']],
  ] as const)('%s', (_, change, rules) => expect(rulesOf({ ...body, ...change })).toEqual(rules))

  it('is named by its policy and the other way round', () => {
    expect(guideOfPolicy(policyIdOf(body.guide))).toBe(body.guide)
    expect(guideOfPolicy('shop-41')).toBeUndefined()
  })
})

describe('a delegation', () => {
  const asked = { draft, role: 'editor', at: noon } as const
  it.each<readonly [string, Partial<DelegationBody>, Partial<typeof asked> | { role: 'publisher' }, boolean]>([
    ['covers its draft', { draft }, {}, true],
    ['for all covers each', { draft: 'all' }, {}, true],
    ['covers no other draft', { draft: aDraft(2) }, {}, false],
    ['to write does not publish', { role: 'editor' }, { role: 'publisher' }, false],
    ['to publish writes too', { role: 'publisher' }, {}, true],
    ['ends with its last instant', { until: noon }, {}, false],
    ['lasts until then', { until: noon + 1 }, {}, true],
    ['that is revoked gives nothing', { revoked: true }, {}, false],
  ])('%s', (_, change, what, expected) => {
    expect(delegates(aDelegationBody(member, change), { ...asked, ...what })).toBe(expected)
  })
})

describe('a draft’s room', () => {
  const parsed = parseRoom(draftOf(owner, draft))
  if (!parsed.ok) throw new Error('a draft is a room')
  it.each([
    ['its owner', owner, false, true],
    ['a member', member, true, true],
    ['somebody else', member, false, false],
    ['nobody', undefined, false, false],
  ])('is read and written by %s: %s', (_, did, isMember, may) => {
    expect(rightsOf(parsed.value, did, isMember)).toEqual({ read: may, write: may })
  })

  it('lends a member no other room of its owner', () => {
    for (const name of [`me/${owner}`, `contact/${owner}`, `inbox/${owner}`]) {
      const room = parseRoom(name)
      expect(room.ok && rightsOf(room.value, member, true)).toEqual({ read: false, write: false })
    }
  })

  it.each([
    `draft/${draft}`,
    `draft/${owner}`,
    `draft/${owner}/short`,
    `draft/${owner}/${draft}/x`,
    `draft/x/${draft}`,
  ])('has one spelling: %s is none', (name) => expect(parseRoom(name).ok).toBe(false))
})
