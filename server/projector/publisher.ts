/**
 * The publisher: prints a base of everything that is live, or a delta of what changed since the base was printed. It reads
 * one snapshot and writes one file; putting the edition in force is the projector's. What a delta has in common with the
 * one before is not cut into tokens again.
 */
import { pinyinTerms } from './pinyin-terms.ts'
import { createPrinting } from './printing.ts'
import type { Entry } from '#domain/entry.ts'
import type { Town } from '#domain/listing.ts'
import type { FieldTokens } from '#domain/inverted.ts'
import { searchFields } from '#domain/posting.ts'
import { inPrint, isPrinted, tokensOf, type PrintedEntry, type SearchEntry } from '#domain/search-entry.ts'
import type { PrintedAs } from '../stores/store.ts'

/** The town as it is at one moment: what is read of it does not change while it is printed. */
export interface Snapshot {
  readonly seq: number
  readonly at: number
  /** Live listings, newest first, then by id. */
  listings(): Iterable<Entry>
  listing(id: string): Entry | undefined
  /** Live guides of businesses, and what moderators wrote into the town's own pages: printed among what is printed with the site. */
  others(): readonly PrintedEntry[]
  /** What the site prints under these ids does not count any more. */
  replaced(): ReadonlySet<string>
  /** Ids of listings changed since this journal row, or ended since that time. */
  changed(seq: number, at: number): readonly string[]
}

/** Where a segment is written to. */
export interface Sheet {
  put(kind: 't' | 'cols' | 'cards', n: number, bytes: Uint8Array): void
  printed(id: string, as: PrintedAs): void
  finish(directory: Uint8Array): { readonly name: string; readonly bytes: number }
  abandon(): void
}

/** The base that a delta stands on. */
export interface BaseFacts {
  readonly seq: number
  readonly at: number
  readonly count: number
  readonly printed: ReadonlyMap<string, PrintedAs>
}

export interface PrintedReport {
  readonly name: string
  readonly bytes: number
  readonly entries: number
  readonly dead: number
  /** Entries that had to be cut into tokens. */
  readonly tokenised: number
}

export interface PublisherDeps {
  readonly town: Town
  /** Entries that are printed with the site. */
  readonly site: readonly PrintedEntry[]
  readonly hashOf: (text: string) => string
  readonly sheet: () => Sheet
}

export function createPublisher({ town, site, hashOf, sheet }: PublisherDeps) {
  const sorted = [...site].sort(inPrint)
  const known = new Map<string, { readonly hash: string; readonly tokens: FieldTokens }>()
  const hashed = (entry: SearchEntry) => hashOf(JSON.stringify(entry))
  const siteHashes = new Map(sorted.map((entry) => [entry.id, hashed(entry)]))
  const besides = (others: readonly PrintedEntry[], replaced: ReadonlySet<string>) =>
    [...sorted.filter(({ id }) => !replaced.has(id)), ...others].sort(inPrint)

  /** @param keeps whether the tokens are kept for the next delta */
  const print = (
    entries: Iterable<SearchEntry>,
    start: number,
    dead: readonly PrintedAs[],
    keeps: boolean,
  ): PrintedReport => {
    const page = sheet()
    try {
      const printing = createPrinting(start, page.put)
      const pinyin = pinyinTerms()
      const seen = new Set<string>()
      let [count, tokenised] = [0, 0]
      for (const entry of entries) {
        const hash = keeps || 'group' in entry ? hashOf(JSON.stringify(entry)) : ''
        const before = keeps ? known.get(entry.id) : undefined
        const tokens = before?.hash === hash ? before.tokens : tokensOf(entry, town)
        if (tokens !== before?.tokens) tokenised++
        if (keeps) known.set(entry.id, { hash, tokens })
        if (keeps) seen.add(entry.id)
        const ordinal = printing.add(entry, tokens)
        page.printed(entry.id, {
          ordinal,
          tokens: searchFields.map((field) => tokens[field].length),
          hash: hash || '-',
        })
        pinyin.hear(tokens.title)
        if (isPrinted(entry)) pinyin.hear(tokens.text) // few, and what they are about stands in them
        count++
      }
      if (keeps) for (const id of known.keys()) if (!seen.has(id)) known.delete(id)
      const gone = [...dead].sort((a, b) => a.ordinal - b.ordinal)
      const deadTotals = searchFields.map((_, f) => gone.reduce((sum, { tokens }) => sum + (tokens[f] ?? 0), 0))
      const directory = printing.finish({ dead: gone.map(({ ordinal }) => ordinal), deadTotals }, pinyin.terms())
      return { ...page.finish(directory), entries: count, dead: gone.length, tokenised }
    } catch (thrown) {
      page.abandon()
      throw thrown
    }
  }

  return {
    siteHash: hashOf([...siteHashes.values()].join()),
    base(snapshot: Snapshot): PrintedReport {
      known.clear()
      return print(both(snapshot.listings(), besides(snapshot.others(), snapshot.replaced())), 0, [], false)
    },
    delta(snapshot: Snapshot, base: BaseFacts): PrintedReport {
      const others = snapshot.others()
      const all = besides(others, snapshot.replaced())
      const otherHashes = new Map(others.map((other) => [other.id, hashed(other)]))
      const hashes = new Map(all.map(({ id }) => [id, otherHashes.get(id) ?? siteHashes.get(id)]))
      const ids = snapshot.changed(base.seq, base.at)
      const changed = ids.flatMap((id) => snapshot.listing(id) ?? []).sort(inPrint)
      const renewed = all.filter(({ id }) => base.printed.get(id)?.hash !== hashes.get(id))
      const isGone = (id: string, { hash }: PrintedAs) => hash !== '-' && hashes.get(id) !== hash
      const dead = [
        ...ids.flatMap((id) => base.printed.get(id) ?? []),
        ...[...base.printed].flatMap(([id, as]) => (isGone(id, as) ? [as] : [])),
      ]
      return print(both(changed, renewed), base.count, dead, true)
    },
  }
}
export type Publisher = ReturnType<typeof createPublisher>

/** Listings come before what is printed with the site. */
function* both(listings: Iterable<SearchEntry>, site: Iterable<SearchEntry>): Generator<SearchEntry> {
  yield* listings
  yield* site
}
