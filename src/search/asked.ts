/** A question to the search engine and its answer, as page and worker say them. */
import type { Histograms } from '#domain/histogram.ts'
import type { Locale } from '#domain/locale.ts'
import type { Group } from '#domain/group.ts'
import type { ListQuery } from '#domain/read-model.ts'
import type { SearchEntry } from '#domain/search-entry.ts'

/** What is chosen beside the words: the filters of a category page (domain/filters.ts), of which a district stands without a category too. */
export interface Chips extends Omit<ListQuery, 'category' | 'sort' | 'page'> {
  readonly group?: Group
  readonly category?: string
}

export const sorts = ['best', 'newest', 'cheapest', 'dearest'] as const
export type Sort = (typeof sorts)[number]

/** @property now the relay's time as far as it is known, ms: what ended before it is not shown */
export interface Asked {
  readonly query: string
  readonly locale: Locale
  readonly now: number
  readonly chips?: Chips
  readonly sort?: Sort
  readonly limits?: Readonly<Partial<Record<Group, number>>>
  /** Ids that moderators have hidden: they are not shown, whatever edition or wire is at hand. The worker knows them itself. */
  readonly hidden?: ReadonlySet<string>
  /** Whether counts by category, by district and by number are wanted; they come after the lines. */
  readonly facets?: boolean
}

export interface Hit {
  readonly id: string
  readonly group: Group
  readonly title: string
  readonly excerpt: string
  readonly at: number
  readonly entry: SearchEntry
}

/** `hits` are the best of each group, `counts` all that were found. */
export interface Found {
  readonly hits: readonly Hit[]
  /** What to mark in them, as it is written there. */
  readonly marks: readonly string[]
  readonly counts: Readonly<Record<Group, number>>
  /** A phrase is checked only on what is shown, so the counts are not exact. */
  readonly about: boolean
  /** Some part of the edition could not be had: what is in it is missing here. */
  readonly incomplete: boolean
  /** Words that were looked for beside those typed. */
  readonly widened: readonly string[]
}

export interface Facets {
  /** How the numbers of the chosen category lie, whatever ranges are chosen. */
  readonly numbers?: { readonly category: string; readonly histograms: Histograms }
  readonly category: Readonly<Record<string, number>>
  readonly district: Readonly<Record<string, number>>
}
