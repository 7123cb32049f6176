/** An Atom feed as text (RFC 4287). Addresses come in whole; dates are instants as ISO 8601 says them. */
export interface AtomFeed {
  readonly lang: string
  readonly title: string
  readonly author: string
  /** Where the feed is, and its name for ever. */
  readonly self: string
  /** The page it tells of. */
  readonly page: string
  readonly entries: readonly AtomEntry[]
}
export interface AtomEntry {
  readonly url: string
  readonly title: string
  readonly summary: string
  readonly category: string
  /** Where it is not the feed's own. */
  readonly author?: string
  readonly updated: string
}

/** Newest first, and as new as its newest entry. */
export function atomOf({ lang, title, author, self, page, entries }: AtomFeed): string {
  const sorted = [...entries].sort((a, b) => (a.updated < b.updated ? 1 : a.updated > b.updated ? -1 : 0))
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xmlText(lang)}">`,
    element('id', self),
    element('title', title),
    element('updated', sorted[0]?.updated ?? '1970-01-01T00:00:00Z'),
    `<author>${element('name', author)}</author>`,
    `<link rel="self" type="application/atom+xml" href="${xmlText(self)}"/>`,
    `<link rel="alternate" type="text/html" href="${xmlText(page)}"/>`,
    ...sorted.map(entryOf),
    '</feed>',
    '',
  ].join('\n')
}

const entryOf = ({ url, title, summary, category, author, updated }: AtomEntry): string =>
  [
    '<entry>',
    element('id', url),
    element('title', title),
    element('updated', updated),
    `<link rel="alternate" type="text/html" href="${xmlText(url)}"/>`,
    `<category term="${xmlText(category)}"/>`,
    author === undefined ? '' : `<author>${element('name', author)}</author>`,
    element('summary', summary),
    '</entry>',
  ].join('')

const element = (name: string, text: string): string => `<${name}>${xmlText(text)}</${name}>`

/** Characters that XML 1.0 does not know are left out: one of them would make the whole feed unreadable. */
export const xmlText = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
