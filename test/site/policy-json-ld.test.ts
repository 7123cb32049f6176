// @vitest-environment node
/** The promises of the shipped policies as machines read them: the numbers are those of the policies, and of nothing else. */
import { describe, expect, it } from 'vitest'
import { policyNodes } from '#src/pages/_parts/policy-json-ld.ts'
import { thePolicy } from '../fixtures/policies.ts'

const at = { url: 'https://town.example/guides/x', locale: 'en' } as const
type Node = Readonly<Record<string, unknown>>
const nodesOf = (id: string, type: string): readonly Node[] =>
  policyNodes(thePolicy(id), at).filter((node) => node['@type'] === type)
const articleOf = (node: Node): string => String(node['@id']).replace(`${at.url}#`, '')

describe('the return policies', () => {
  it.each([
    [
      'shop-41',
      [
        ['P-06', 7],
        ['P-07', 15],
      ],
    ],
    ['distance-seven-days', [['D-1', 7]]],
    ['phone-three-guarantees', [['M-1', 7]]],
    ['car-three-guarantees', [['C-1', 60]]],
    ['phone-maker', []], // it refunds nothing
  ] as const)('of %s', (id, expected) =>
    expect(nodesOf(id, 'MerchantReturnPolicy').map((node) => [articleOf(node), node['merchantReturnDays']])).toEqual(
      expected,
    ),
  )

  it('say refund, or refund and exchange where one may choose, and that a parcel goes by post', () => {
    expect(nodesOf('shop-41', 'MerchantReturnPolicy')[0]).toMatchObject({
      refundType: ['https://schema.org/FullRefund'],
      returnPolicyCategory: 'https://schema.org/MerchantReturnFiniteReturnWindow',
      identifier: 'shop-41@1/P-06',
      description: expect.stringContaining('Within 7 days of purchase'),
    })
    expect(nodesOf('phone-three-guarantees', 'MerchantReturnPolicy')[0]).toMatchObject({
      refundType: ['https://schema.org/FullRefund', 'https://schema.org/ExchangeRefund'],
    })
    expect(nodesOf('distance-seven-days', 'MerchantReturnPolicy')[0]).toMatchObject({
      returnMethod: 'https://schema.org/ReturnByMail',
    })
  })
})

describe('the warranties', () => {
  it.each([
    ['shop-41', ['P-09'], 3],
    ['distance-seven-days', [], 0],
    ['phone-three-guarantees', ['M-3'], 12],
    ['car-three-guarantees', ['C-3'], 36],
    ['phone-maker', ['I-1', 'I-2', 'I-3', 'I-4', 'I-5'], 12],
  ] as const)('of %s last as long as its longest free repair or replacement', (id, articles, months) => {
    const found = nodesOf(id, 'WarrantyPromise')
    expect(found.map(articleOf)).toEqual(articles)
    for (const node of found)
      expect(node['durationOfWarranty']).toEqual({ '@type': 'QuantitativeValue', value: months, unitCode: 'MON' })
  })
})

it('another version says other numbers, and which version it is', () => {
  const shop = thePolicy('shop-41')
  const grants = shop.grants.map((row) => (row.article === 'P-07' ? { ...row, until: { days: 20 } } : row))
  const later = policyNodes({ ...shop, version: 2, grants }, at)[1]
  expect(later).toMatchObject({
    merchantReturnDays: 20,
    identifier: 'shop-41@2/P-07',
    additionalProperty: [{ value: 'P-07' }, { propertyID: 'version', value: 2 }],
  })
})
