/** What every side of the comparison is given: the same town, listings, queries and tokens. */
import type { Entry } from '#domain/entry.ts'
import { queryNeeds } from '#domain/text.ts'
import { loadTown } from '../../server/town.ts'
import { createCorpus, type Corpus, type CorpusListing } from '../corpus.ts'
import { queriesOf, type CorpusQuery } from '../corpus/queries.ts'

export const portalId = 'rizhao'
const loaded = loadTown(portalId, new URL('../../content', import.meta.url).pathname)
if (!loaded.ok) throw new Error(loaded.error.detail)
export const town = loaded.value

export interface Material {
  readonly corpus: Corpus
  readonly listings: readonly CorpusListing[]
  readonly entries: readonly Entry[]
  readonly queries: readonly CorpusQuery[]
}

/** @param now ms; a whole hour, so that processes started after each other have the same listings */
export function materialOf(count: number, queriesEach: number, now: number): Material {
  const corpus = createCorpus({ town, now })
  const listings = corpus.listings(count)
  const entries = listings.map(({ entry }) => entry)
  return { corpus, listings, entries, queries: queriesOf(entries, queriesEach) }
}

export const tokensAsked = (query: string): readonly string[] => [
  ...new Set(queryNeeds(query).flatMap(({ ways }) => ways.flat())),
]

/** Processor time of this process so far, all threads, ms. */
export const ownCpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

export const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? 0
