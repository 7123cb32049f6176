/**
 * An index that has to be had whole before anything is found, as a process of its own: built, written, read again, asked.
 * Arguments: lunr | minisearch, listings, queries of each kind, now. Prints one line of JSON.
 */
import { brotliCompressSync, constants } from 'node:zlib'
import lunr from 'lunr'
import MiniSearch from 'minisearch'
import type { Entry } from '#domain/entry.ts'
import { fieldBoosts, searchFields, type SearchField } from '#domain/posting.ts'
import { tokensOf } from '#domain/search-entry.ts'
import { residentBytes } from '../relay/accounts.ts'
import { materialOf, ownCpuMs, percentile, tokensAsked, town } from './material.ts'

export interface WholeIndexFigures {
  readonly buildCpuMs: number
  readonly bytes: number
  readonly brotliBytes: number
  readonly loadMs: number
  readonly warmP50: number
  readonly warmP95: number
  readonly found: number
  readonly peakBytes: number
}

interface Whole {
  /** Gives the whole index as text. */
  build(entries: readonly Entry[]): string
  /** Gives a function that says how many a query finds. */
  load(text: string): (query: string) => number
}

type Tokens = Readonly<Record<SearchField, readonly string[]>>

const fullLunr: Whole = {
  build(entries) {
    const builder = new lunr.Builder()
    builder.ref('ref')
    for (const field of searchFields)
      builder.field(field, {
        boost: fieldBoosts[field],
        extractor: (doc) => [...(doc as { tokens: Tokens }).tokens[field]],
      })
    entries.forEach((entry, at) => builder.add({ ref: String(at), tokens: tokensOf(entry, town) }))
    return JSON.stringify(builder.build())
  },
  load(text) {
    const index = lunr.Index.load(JSON.parse(text) as object)
    return (query) =>
      index.query((asked) => {
        for (const term of tokensAsked(query)) asked.term(term, { usePipeline: false })
      }).length
  },
}

const options = {
  fields: [...searchFields],
  tokenize: (text: string) => text.split(' '),
  processTerm: (term: string) => term,
  searchOptions: { boost: { ...fieldBoosts }, combineWith: 'AND', tokenize: (text: string) => [...tokensAsked(text)] },
} as const

const miniSearch: Whole = {
  build(entries) {
    const index = new MiniSearch({ ...options, fields: [...searchFields] })
    entries.forEach((entry, id) => {
      const tokens = tokensOf(entry, town)
      index.add({ id, ...Object.fromEntries(searchFields.map((field) => [field, tokens[field].join(' ')])) })
    })
    return JSON.stringify(index)
  },
  load(text) {
    const index = MiniSearch.loadJSON(text, { ...options, fields: [...searchFields] })
    return (query) => index.search(query).length
  },
}

const [kind = '', count = '0', each = '0', now = '0'] = process.argv.slice(2)
const whole = kind === 'lunr' ? fullLunr : miniSearch
const { entries, queries } = materialOf(Number(count), Number(each), Number(now))

const before = ownCpuMs()
const text = whole.build(entries)
const buildCpuMs = ownCpuMs() - before

const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }
const { length: brotliBytes } = brotliCompressSync(text, quality)

const loadedAt = performance.now()
const find = whole.load(text)
const loadMs = performance.now() - loadedAt

for (const { query } of queries.slice(0, 50)) find(query)
let found = 0
const times = queries.map(({ query }) => {
  const at = performance.now()
  found += find(query)
  return performance.now() - at
})

const figures: WholeIndexFigures = {
  buildCpuMs,
  bytes: Buffer.byteLength(text),
  brotliBytes,
  loadMs,
  warmP50: percentile(times, 0.5),
  warmP95: percentile(times, 0.95),
  found,
  peakBytes: residentBytes(process.pid).peak,
}
console.log(JSON.stringify(figures))
