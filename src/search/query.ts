/**
 * Search behind one small interface. A source gives documents and says when they changed; where it gets them from (the wire now,
 * printed editions later) is not known here. An answer is a promise because a source may have to fetch.
 */
import type { SearchDocument } from './document.ts'
import { groups, type Group } from './group.ts'
import { excerptOf } from './marks.ts'
import { buildIndex, type WordIndex } from './word-index.ts'

export interface SearchSource {
  all(): Iterable<SearchDocument>
  /** Calls `changed` after every change; the returned function ends it. */
  watch(changed: () => void): () => void
}

export interface SearchFilters {
  readonly group?: Group
  readonly category?: string
  readonly district?: string
}

/** @property now the relay's time as far as it is known, ms: what ended before it is not found */
export interface Asked {
  readonly query: string
  readonly now: number
  readonly filters?: SearchFilters
  readonly limits?: Readonly<Partial<Record<Group, number>>>
}

export interface Hit {
  readonly id: string
  readonly group: Group
  readonly title: string
  readonly excerpt: string
  readonly at: number
  readonly shown: SearchDocument['shown']
}

/** `hits` are the best of each group, `counts` all that were found. */
export interface Found {
  readonly hits: readonly Hit[]
  readonly counts: Readonly<Record<Group, number>>
}

export interface Search {
  /** Never throws for anything a person can type; a query without a word finds nothing. */
  search(asked: Asked): Promise<Found>
  close(): void
}

// prettier-ignore
const usualLimits: Readonly<Record<Group, number>> = { listing: 20, guide: 5, notice: 5, directory: 5 }

export function createSearch(source: SearchSource): Search {
  let index: WordIndex | undefined
  const stop = source.watch(() => (index = undefined)) // built again by the next question, so a burst of changes costs one build
  return {
    async search({ query, now, filters = {}, limits = {} }) {
      index ??= buildIndex([...source.all()])
      const found = index.find(query, (document) => now <= document.until && fits(document, filters))
      const byGroup = (group: Group) => found.filter((document) => document.group === group)
      return {
        hits: groups.flatMap((group) =>
          byGroup(group)
            .slice(0, limits[group] ?? usualLimits[group])
            .map((document) => hitOf(document, query)),
        ),
        counts: countsOf((group) => byGroup(group).length),
      }
    },
    close: stop,
  }
}

const countsOf = (count: (group: Group) => number): Found['counts'] => ({
  listing: count('listing'),
  guide: count('guide'),
  notice: count('notice'),
  directory: count('directory'),
})

function fits({ group, shown }: SearchDocument, filters: SearchFilters): boolean {
  if (filters.group && filters.group !== group) return false
  if (!filters.category && !filters.district) return true
  if (!('line' in shown)) return false
  const { category, district } = shown.line
  return (filters.category ?? category) === category && (filters.district ?? district) === district
}

const hitOf = ({ id, group, title, text, at, shown }: SearchDocument, query: string): Hit => ({
  id,
  group,
  title,
  excerpt: excerptOf(text, query),
  at,
  shown,
})
