/** Sitemaps as text. */
import { expect, it } from 'vitest'
import { sitemapIndexOf, sitemapOf } from '#domain/sitemap.ts'

it('names pages, when they changed and where they are in other languages, with nothing that ends an element', () => {
  const text = sitemapOf([
    { url: 'https://t.example/?a=1&b=<2>', changed: '2026-11-26T00:00:00.000Z' },
    { url: 'https://t.example/x', alternates: [{ lang: 'en', url: 'https://t.example/en/x' }] },
  ])
  expect(text).toContain('<loc>https://t.example/?a=1&amp;b=&lt;2&gt;</loc><lastmod>2026-11-26T00:00:00.000Z</lastmod>')
  expect(text).toContain('<xhtml:link rel="alternate" hreflang="en" href="https://t.example/en/x"/></url>')
  expect(sitemapIndexOf(['https://t.example/sitemap/0.xml'])).toContain(
    '<sitemap><loc>https://t.example/sitemap/0.xml</loc></sitemap>\n</sitemapindex>',
  )
})
