/** Sitemaps as text (sitemaps.org, protocol 0.9). Addresses come in whole. */
import { xmlText } from './atom.ts'

/** Of one file; the protocol allows 50,000 and 50 MB. */
export const sitemapSize = 10_000

export interface SitemapEntry {
  readonly url: string
  /** ISO 8601. */
  readonly changed?: string
  /** The same page in other languages. */
  readonly alternates?: readonly { readonly lang: string; readonly url: string }[]
}

export const sitemapOf = (entries: readonly SitemapEntry[]): string =>
  fileOf(
    'urlset',
    entries.map(({ url, changed, alternates = [] }) => {
      const others = alternates.map(
        (one) => `<xhtml:link rel="alternate" hreflang="${xmlText(one.lang)}" href="${xmlText(one.url)}"/>`,
      )
      const last = changed ? `<lastmod>${xmlText(changed)}</lastmod>` : ''
      return `<url><loc>${xmlText(url)}</loc>${last}${others.join('')}</url>`
    }),
  )

export const sitemapIndexOf = (urls: readonly string[]): string =>
  fileOf(
    'sitemapindex',
    urls.map((url) => `<sitemap><loc>${xmlText(url)}</loc></sitemap>`),
  )

const fileOf = (root: string, rows: readonly string[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">`,
    ...rows,
    `</${root}>`,
    '',
  ].join('\n')
