/** A feed that readers can read, whatever the titles say. */
import { describe, expect, it } from 'vitest'
import { atomOf, type AtomEntry } from '#domain/atom.ts'

const entry = (change: Partial<AtomEntry> = {}): AtomEntry => ({
  url: 'https://town.example/guides/one',
  title: 'One',
  summary: 'What it says',
  category: 'Guides',
  updated: '2026-11-20T00:00:00Z',
  ...change,
})
const feedOf = (...entries: readonly AtomEntry[]) =>
  atomOf({
    lang: 'en',
    title: 'Guides',
    author: 'Town',
    self: 'https://town.example/guides.atom',
    page: 'https://town.example/guides',
    entries,
  })
const all = (feed: string, name: string) =>
  [...feed.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) => text)

describe('a feed', () => {
  it('has the newest entry first, and is as new as that', () => {
    const feed = feedOf(entry(), entry({ title: 'Two', updated: '2026-11-26T00:00:00Z' }))
    expect(all(feed, 'title')).toEqual(['Guides', 'Two', 'One'])
    expect(all(feed, 'updated')).toEqual(['2026-11-26T00:00:00Z', '2026-11-26T00:00:00Z', '2026-11-20T00:00:00Z'])
  })

  it('without entries still says when', () => expect(all(feedOf(), 'updated')).toHaveLength(1))

  it('cannot be broken by a title, an address or a character that XML does not know', () => {
    const feed = feedOf(entry({ title: '</title>&\u0007\ud800<x a="', url: 'https://town.example/?a=1&b="' }))
    expect(feed).toContain('<title>&lt;/title&gt;&amp;&lt;x a=&quot;</title>')
    expect(feed).toContain('href="https://town.example/?a=1&amp;b=&quot;"')
    expect(feed).toContain('<id>https://town.example/?a=1&amp;b=&quot;</id>')
  })
})
