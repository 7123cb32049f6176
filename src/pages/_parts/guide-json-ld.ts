/** What search engines read of a guide: an article, or the steps of a how-to, and what the policy in it promises. */
import type { MarkdownHeading } from 'astro'
import { policyOf } from '#domain/policy-versions.ts'
import type { audiences, guideForms } from '#domain/guide.ts'
import { wordIn, type Locale } from '#domain/locale.ts'
import { town } from '#src/i18n/town.ts'
import { policies } from '#src/guides/policies.ts'
import { policyNodes } from './policy-json-ld.ts'

interface Told {
  readonly title: string
  readonly summary: string
  readonly form: (typeof guideForms)[number]
  readonly audience: (typeof audiences)[number]
  readonly reviewedOn: string
  readonly sources: readonly string[]
  readonly policy?: string | undefined
}
interface Shown {
  readonly locale: Locale
  readonly headings: readonly MarkdownHeading[]
  readonly url: string
}

export function guideNodes(told: Told, { locale, headings, url }: Shown): object {
  const { title, summary, form, audience, reviewedOn, sources } = told
  const policy = policyOf(policies, told.policy ?? '')
  const promised = policy ? policyNodes(policy, { url, locale }) : []
  const parts = headings.filter(({ depth }) => depth === 2)
  const guide = {
    ...(form === 'article' ? { '@type': 'Article', headline: title } : { '@type': 'HowTo', step: stepsOf(parts, url) }),
    '@id': url,
    url,
    name: title,
    description: summary,
    inLanguage: locale,
    dateModified: reviewedOn,
    publisher: { '@type': 'Organization', name: wordIn(town.portal.name, locale) },
    audience: { '@type': 'Audience', audienceType: audience },
    citation: sources,
    about: promised.length > 0 ? promised.map((node) => ({ '@id': node['@id'] })) : undefined,
  }
  return { '@context': 'https://schema.org', '@graph': [guide, ...promised] }
}

const stepsOf = (parts: readonly MarkdownHeading[], url: string) =>
  parts.map(({ slug, text }, i) => ({ '@type': 'HowToStep', position: i + 1, name: text, url: `${url}#${slug}` }))
