/**
 * The promises of a policy for machines: a return policy for each row that refunds, a warranty for each row that repairs or
 * replaces free of charge as long as any does. Each names its article and the version of the policy.
 */
import { wordIn, type Locale } from '#domain/locale.ts'
import type { Grant, Policy } from '#domain/policy-schema.ts'
import type { Remedy } from '#domain/remedy.ts'

interface Place {
  readonly url: string
  readonly locale: Locale
}
type Node = Readonly<Record<string, unknown>> & { readonly '@id': string }

export const policyNodes = (policy: Policy, place: Place): readonly Node[] => [
  ...policy.grants.flatMap((grant) => returnOf(grant, policy, place)),
  ...warrantiesOf(policy, place),
]

const schema = 'https://schema.org/'
const refundTypes: Partial<Readonly<Record<Remedy, string>>> = {
  refund: `${schema}FullRefund`,
  exchange: `${schema}ExchangeRefund`,
}

function returnOf(grant: Grant, policy: Policy, place: Place): readonly Node[] {
  const days = grant.until && 'days' in grant.until ? grant.until.days : undefined
  if (!grant.remedies.includes('refund') || days === undefined) return []
  return [
    {
      '@type': 'MerchantReturnPolicy',
      ...named(grant, policy, place),
      applicableCountry: 'CN',
      returnPolicyCategory: `${schema}MerchantReturnFiniteReturnWindow`,
      merchantReturnDays: days,
      merchantReturnLink: place.url,
      refundType: grant.remedies.flatMap((remedy) => refundTypes[remedy] ?? []),
      returnMethod: policy.given?.channel === 'distance' ? `${schema}ReturnByMail` : undefined,
      additionalProperty: [
        { '@type': 'PropertyValue', propertyID: 'article', value: grant.article },
        { '@type': 'PropertyValue', propertyID: 'version', value: policy.version },
      ],
    },
  ]
}

const freeRemedies: readonly Remedy[] = ['free-repair', 'new-part', 'new-device']

function warrantiesOf(policy: Policy, place: Place): readonly Node[] {
  const covering = policy.grants.filter(
    ({ until, remedies }) => until && remedies.some((remedy) => freeRemedies.includes(remedy)),
  )
  const longest = Math.max(...covering.map(({ until }) => daysOf(until)))
  return covering
    .filter(({ until }) => daysOf(until) === longest)
    .map((grant) => ({
      '@type': 'WarrantyPromise',
      ...named(grant, policy, place),
      durationOfWarranty: durationOf(grant.until),
      warrantyScope: { '@type': 'WarrantyScope', name: wordIn(policy.scope, place.locale) },
    }))
}

const named = ({ article }: Grant, policy: Policy, { url, locale }: Place) => {
  const said = policy.articles.find(({ id }) => id === article)?.text
  return {
    '@id': `${url}#${article}`,
    identifier: `${policy.id}@${policy.version}/${article}`,
    name: `${wordIn(policy.title, locale)} ${article}`,
    description: said && wordIn(said, locale),
  }
}

/** Long enough to compare by; nothing is counted with it. */
const daysOf = (span: Grant['until']): number => (span ? ('days' in span ? span.days : span.months * 30) : 0)

const durationOf = (span: Grant['until']) =>
  span && {
    '@type': 'QuantitativeValue',
    ...('days' in span ? { value: span.days, unitCode: 'DAY' } : { value: span.months, unitCode: 'MON' }),
  }
