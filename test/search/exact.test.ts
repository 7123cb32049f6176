/** Base, delta and wire together give what one full lunr index over all live entries gives: same hits, same order, scores to 1e-9. */
import { describe, expect, it } from 'vitest'
import { fold } from '#domain/fold.ts'
import type { SearchEntry } from '#domain/search-entry.ts'
import { tokensOf, inPrint } from '#domain/search-entry.ts'
import { queryNeeds } from '#domain/text.ts'
import { search } from '#src/search/engine.ts'
import { createChance } from '../../bench/chaos/chance.ts'
import { createCorpus } from '../../bench/corpus.ts'
import { everydayWords } from '../../bench/corpus/queries.ts'
import { editionOf } from '../fixtures/edition.ts'
import { fullLunr, ownLunr, type Clause, type Scores } from '../fixtures/lunr-clauses.ts'
import { noon } from '../fixtures/records.ts'
import { town } from '../fixtures/town.ts'

const corpus = createCorpus({ town, now: noon })
const first = corpus.listings(700)
const atDelta = corpus.churned(first, 0.1)
const later = corpus.churned(atDelta.live, 0.1)
const entriesOf = (all: readonly { readonly entry: SearchEntry }[]) => all.map(({ entry }) => entry)
const printed = entriesOf(first)
const live = entriesOf(later.live)
const fresh = editionOf(printed, printed, printed)
const churned = editionOf(printed, entriesOf(atDelta.live), live)

const chance = createChance(5)
const tokensAt = (entry: SearchEntry): readonly string[] => {
  const { title, text } = tokensOf(entry, town)
  return [...title, ...text]
}
const aToken = (): string => chance.pick(tokensAt(chance.pick(live)))
const someOf = <T>(count: number, make: () => T): readonly T[] => Array.from({ length: count }, make)
/** One or two tokens of one entry: a query that is answered by one at least. */
const two = (): readonly string[] => {
  const tokens = tokensAt(chance.pick(live))
  return [...new Set([chance.pick(tokens), chance.pick(tokens)])]
}

// prettier-ignore
const classes: Readonly<Record<string, () => readonly Clause[]>> = {
  'all words required': () => two().map((term) => ({ term, presence: 'required' })),
  'any word': () => someOf(3, () => ({ term: aToken() })),
  'field, boost and not': () => [
    { term: aToken(), fields: ['title'], boost: 3 }, { term: aToken(), boost: 0.5 }, { term: aToken(), presence: 'prohibited' }],
  'prefix': () => [{ term: [...aToken()].slice(0, 1).join(''), isPrefix: true }, { term: aToken() }],
}

/** By score, then as they are printed: newest, then id. */
const ordered = (scores: Scores, entries: ReadonlyMap<string, SearchEntry>): readonly string[] =>
  [...scores]
    .map(([id, score]) => ({ id, score: Math.round(score * 1e9), entry: entries.get(id) as SearchEntry }))
    .sort((a, b) => b.score - a.score || inPrint(a.entry, b.entry))
    .map(({ id }) => id)

describe.each([
  ['as it was printed', fresh, printed],
  ['after a fifth has changed', churned, live],
] as const)('an edition %s', (_, { collection }, entries) => {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const whole = fullLunr(entries)

  it.each(Object.keys(classes))(
    'answers %s as one index would, by lunr and by typed arrays',
    async (name) => {
      let hits = 0
      for (const clauses of someOf(200, classes[name] as () => readonly Clause[])) {
        const wanted = whole(clauses)
        for (const how of ['lunr', 'typed'] as const) {
          const got = await ownLunr(collection, clauses, how)
          const worst = Math.max(0, ...[...wanted].map(([id, score]) => Math.abs(score - (got.get(id) ?? Number.NaN))))
          expect(worst).toBeLessThan(1e-9)
          expect(ordered(got, byId).join(' '), JSON.stringify(clauses)).toBe(ordered(wanted, byId).join(' '))
        }
        hits += wanted.size
      }
      expect(hits).toBeGreaterThan(1_000)
    },
    60_000,
  )

  it('answers what people type as one index would: every word required, all its ways scored', async () => {
    for (const query of [...everydayWords, ...someOf(60, () => two().join(' '))]) {
      const needs = queryNeeds(query)
      if (needs.length === 0) continue
      const ask = await search({ query, locale: 'zh-Hans', now: noon, limits: { listing: 50 } }, collection)
      if (ask.found.widened.length > 0) continue // what synonyms bring is tested beside them
      const all = whole(needs.flatMap(({ ways }) => ways.flat()).map((term) => ({ term })))
      const answers = (entry: SearchEntry) => {
        const held = new Set(Object.values(tokensOf(entry, town)).flat())
        return needs.every(({ ways }) => ways.some((way) => way.every((token) => held.has(token))))
      }
      const wanted = new Map([...all].filter(([id]) => answers(byId.get(id) as SearchEntry)))
      expect(
        ask.found.hits.map(({ id }) => id),
        query,
      ).toEqual(ordered(wanted, byId).slice(0, 50))
      expect(ask.found.counts.listing).toBe(wanted.size)
    }
  }, 60_000)
})

describe('recall against literal search', () => {
  const found = async (query: string) =>
    new Set(
      (
        await search({ query, locale: 'zh-Hans', now: noon, limits: { listing: 5_000 } }, churned.collection)
      ).found.hits.map(({ id }) => id),
    )
  const holding = (query: string) => live.filter((entry) => 'title' in entry && fold(entry.title).includes(fold(query)))

  /** Two to four characters of a title that are a query of words alone. */
  const aFragment = (): string => {
    for (;;) {
      const entry = chance.pick(live)
      const characters = [...('title' in entry ? entry.title : '')]
      const length = 2 + chance.below(3)
      const fragment = characters
        .slice(chance.below(characters.length - length + 1))
        .slice(0, length)
        .join('')
      if (queryNeeds(fragment).length > 0 && !/["“”«»-]/.test(fragment)) return fragment
    }
  }

  it('is whole for 300 fragments of titles', async () => {
    for (const fragment of someOf(300, aFragment)) {
      const hits = await found(fragment)
      for (const { id } of holding(fragment)) expect([fragment, hits.has(id)]).toEqual([fragment, true])
    }
  }, 120_000)

  it.each(everydayWords.slice(0, 30))('is whole for %s, in titles and texts', async (word) => {
    const hits = await found(word)
    for (const entry of live)
      if ('title' in entry && fold(`${entry.title}\n${entry.text}`).includes(fold(word)))
        expect(hits.has(entry.id)).toBe(true)
  })
})
