/** What search engines read of a guide: an article, or the steps of a how-to, and what the policy in it promises. */
import type { MarkdownHeading } from 'astro'
import { policyOf } from '#domain/policy-versions.ts'
import { wordIn } from '#domain/locale.ts'
import { town } from '#src/i18n/town.ts'
import { policies } from '#src/guides/policies.ts'
import type { GuideText } from './guides.ts'
import { policyNodes } from './policy-json-ld.ts'

interface Shown {
  readonly headings: readonly MarkdownHeading[]
  readonly url: string
}

export function guideNodes({ locale, entry }: GuideText, { headings, url }: Shown): object {
  const { title, summary, form, audience, reviewedOn, sources } = entry.data
  const policy = policyOf(policies, entry.data.policy ?? '')
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
