/** Whatever is typed or sent gets an answer, over printed segments and a wire, never an exception. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Chips } from '#src/search/asked.ts'
import { search } from '#src/search/engine.ts'
import { readTyped } from '#src/search/typed.ts'
import { createCorpus } from '../../bench/corpus.ts'
import { editionOf } from '../fixtures/edition.ts'
import { aGuide } from '../fixtures/printed-entries.ts'
import { noon } from '../fixtures/records.ts'
import { town } from '../fixtures/town.ts'

const corpus = createCorpus({ town, now: noon })
const listings = corpus.listings(120)
const churn = corpus.churned(listings, 0.2)
const odd = [aGuide('one', 'iPhone 8:30 售后 constructor'), aGuide('two', 'שלום 🚲 prototype')]
const printed = [...listings.map(({ entry }) => entry), ...odd]
const { collection } = editionOf(printed, printed, [...churn.live.map(({ entry }) => entry), ...odd])
const ask = async (query: string, chips: Chips = {}) => {
  const { found, facets } = await search({ query, chips, locale: 'zh-Hans', now: noon }, collection)
  return { found, facets: await facets() }
}

// prettier-ignore
const bombs = [
  '8:30', 'iphone~', 'a^', '-', '--', '- -', '-"', '"-"', '-售后', '+', '*', '**', 'title:x', 'a:b:c', '^2', '~1', '~shouhou', '~shouhou售后',
  '=goods', '@donggang', '=', '@', '', ' ', '\u0000', '\ud800', '\udc00售', 'x'.repeat(5_000), '售后'.repeat(2_500), 'shou'.repeat(1_250),
  '"'.repeat(5_000), '“”'.repeat(2_500), '" -'.repeat(1_700), ' -a'.repeat(1_700), '-'.repeat(5_000), '("a+)+"'.repeat(800), 'a '.repeat(2_500),
  '(a+)+$', '[', '\\', '\\u{1F600}', '$&', '$1', '%E5%94%AE', '&amp;', '🚲', '👨‍👩‍👧‍👦', '🇨🇳', 'שלום', '\u202Eabc', '\u200b', '﷽'.repeat(300), 'é̂̃'.repeat(200),
  '<script>', "'; DROP TABLE", 'constructor', '__proto__', 'prototype', 'toString', 'hasOwnProperty', '_index', 'NaN', 'null', 'undefined', '１２３', 'ﬃ', 'ß', 'İ',
]

describe('a query', () => {
  it.each(bombs)('%j is answered', async (query) => {
    const { found, facets } = await ask(query)
    expect(found.incomplete).toBe(false)
    expect(facets).toBeDefined()
  })
  it.each([
    ['8:30', ['one']],
    ['iphone~', ['one']],
    ['constructor', ['one']],
    ['prototype', ['two']],
    ['שלום', ['two']],
    ['-', []],
    ['_index', []],
  ])('%s finds what its words find', async (query, ids) => {
    const { found } = await ask(query)
    expect(found.hits.filter(({ group }) => group === 'guide').map(({ id }) => id)).toEqual(ids)
  })
  it.each(['=goods', '@donggang', '~shouhou'])('%s is no way to the terms that nobody can type', async (query) => {
    expect((await ask(query)).found).toEqual((await ask(query.slice(1))).found)
  })
  it('made of anything is answered', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 120 }), async (query) => {
        expect((await ask(query)).found.incomplete).toBe(false)
      }),
      { numRuns: 300 },
    ))
  it('made of our own marks is answered', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('"', '“', '”', '-', ' ', '手', '机', 'a', 'shou', '~', '=', '，', '🚲', '\ud800'), {
          maxLength: 60,
        }),
        async (parts) => {
          expect((await ask(parts.join(''))).found.incomplete).toBe(false)
        },
      ),
      { numRuns: 300 },
    ))
  it('is read up to its limit: what comes behind it changes nothing', () => {
    const [start, rest] = ['电动车 '.repeat(25), '-电动 "手机" '.repeat(400)]
    expect(readTyped(start + rest)).toEqual(readTyped(start))
  })
})

it('chips of any kind are answered, and those that mean nothing leave nothing', async () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'goods', 'donggang'))
  const number = fc.oneof(fc.integer(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0))
  const field = fc.oneof(text, number, fc.boolean(), fc.record({ min: number, max: number }))
  const chips = fc.record(
    {
      category: text,
      district: text,
      intent: text,
      sub: text,
      by: text,
      minFen: number,
      maxFen: number,
      fields: fc.dictionary(text, field),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(chips, async (some) => {
      const { found } = await ask('', some as Chips)
      expect(
        found.hits.every(
          ({ entry }) => !('author' in entry) || some.category === undefined || entry.category === some.category,
        ),
      ).toBe(true)
    }),
  )
})
