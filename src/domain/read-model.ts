/** What pages may ask about published listings and guides. The server answers from its read model; pages never see how. All times are ms. */
import type { Line } from './entry.ts'
import type { Histograms } from './histogram.ts'
import type { Decision } from './label.ts'
import type { Life } from './life.ts'
import type { FieldValue } from './category.ts'
import type { ListingBody } from './listing.ts'
import type { Locale } from './locale.ts'
import type { PosterKind } from './poster.ts'
import type { Business } from './profile.ts'
import type { GuideBody } from './published-guide.ts'
import type { PrintedEntry } from './search-entry.ts'
import type { TownEdit } from './town-pages.ts'

export interface ReadModel {
  /** Live listings per category and sub-kind. */
  counts(now: number): Promise<Readonly<Record<string, CategoryCount>>>
  latest(query: { readonly category?: string; readonly limit: number }, now: number): Promise<readonly Line[]>
  list(query: ListQuery, now: number): Promise<ListPage>
  /** Of the numbers one can filter by in this list; those that cannot be had at once are missing. */
  histograms(query: ListQuery, now: number): Promise<Histograms>
  /** Live listings by id, for sitemaps. */
  addresses(query: { readonly from: number; readonly limit: number }, now: number): Promise<readonly Address[]>
  /** Whatever its life; undefined when no such listing was ever published, or when the moderators have hidden it. */
  listing(id: string, now: number): Promise<ListingView | undefined>
  poster(did: string, now: number): Promise<PosterView | undefined>
  /** Live guides of businesses, the last changed first. */
  guides(): Promise<readonly GuideLine[]>
  /** Why a listing, a guide or all of a key is not shown any more: the moderators' decision, where there is one. */
  removed(id: string): Promise<Decision | undefined>
  /** Everything moderators have decided, the last first. */
  decisions(page: number): Promise<DecisionPage>
  /** What moderators have written into the town's own pages: of each entry what counts. */
  townEdits(): Promise<readonly TownEdit[]>
  /** All of their acts, the last first. */
  townActs(limit: number): Promise<readonly TownAct[]>
  /** One of them, withdrawn or not, if it is not hidden; the newest version, or the one that is asked for. */
  guide(id: string, version?: number): Promise<GuideView | undefined>
  /** Plain search for readers without JavaScript: what meets every need of the query (text.ts). */
  search(query: string, limit: number, now: number): Promise<PlainFound>
}

export const decisionsPerPage = 50
export interface DecisionPage {
  readonly decisions: readonly Decision[]
  readonly total: number
  readonly page: number
  readonly pages: number
}

/** `by` is the moderator's did; empty where he had himself erased. */
export interface TownAct extends TownEdit {
  readonly by: string
}

export type Address = Pick<Line, 'id' | 'category' | 'at'>

/** At most `limit` of each. `busy`: nothing was looked for, the server had no time for it. */
export interface PlainFound {
  readonly lines: readonly Line[] // newest first
  readonly printed: readonly PrintedEntry[] // in the order of `groups`
  readonly busy: boolean
}

export interface CategoryCount {
  readonly live: number
  readonly subs: Readonly<Record<string, number>>
}

export const pageSize = 24

/** Filters of a category page; everything optional but the category. */
export interface ListQuery {
  readonly category: string
  readonly intent?: string
  readonly sub?: string
  readonly district?: string
  readonly by?: PosterKind
  readonly minFen?: number
  readonly maxFen?: number
  /** Typed fields: a choice's or flag's value, or a range of numbers. */
  readonly fields?: Readonly<Record<string, FieldValue | { readonly min?: number; readonly max?: number }>>
  readonly sort?: 'newest' | 'cheapest' | 'dearest'
  readonly page?: number // from 1
}
export interface ListPage {
  readonly lines: readonly Line[]
  readonly total: number
  readonly page: number
  readonly pages: number
}

export interface ListingView {
  readonly id: string
  readonly author: string
  readonly name: string | undefined // the poster's, from the profile
  readonly body: ListingBody
  readonly rev: number
  readonly life: Life
  readonly createdAt: number
  readonly updatedAt: number
  readonly renewedAt: number
  readonly receivedAt: number // of the revision that set renewedAt
  readonly until: number
  readonly overAt: number | undefined // when it ended, if it has
  readonly record: string // the signed record itself, so that a reader can check it
  readonly prices: readonly { readonly priceFen: number | null; readonly at: number }[] // earlier prices, oldest first
  readonly sameNumber: number // other live listings with this phone number
  readonly edits: readonly Edit[] // what its author changed, oldest first
  readonly ended: KeyEnding | undefined // its author's key
}
/** The end of a key, as the page shows it and a reader checks it. */
export interface KeyEnding {
  readonly at: number // the relay's receipt
  readonly successor: string | undefined
  readonly record: string // signed by the key itself (key-end.ts)
}
export const editedParts = ['price', 'title', 'text', 'details', 'district', 'contact', 'renewed'] as const
/** What a revision changed. The words that were there before are not told: who takes them out has a reason. */
export interface Edit {
  readonly at: number
  readonly parts: readonly (typeof editedParts)[number][]
  readonly fromFen: number | null
  readonly toFen: number | null
}
export interface PosterView {
  readonly did: string
  readonly name: string | undefined
  readonly poster: PosterKind
  readonly since: number
  readonly published: number // listings ever published
  readonly lines: readonly Line[] // the live ones, newest first
  readonly sample: boolean
  readonly business: Business | undefined
  readonly guides: readonly GuideLine[]
  readonly ended: KeyEnding | undefined
}

export interface GuideLine {
  readonly id: string
  readonly owner: string
  readonly name: string | undefined // the owner's
  readonly version: number
  readonly at: number
  readonly lang: Locale
  readonly title: string
  readonly summary: string
  readonly hasPolicy: boolean
  readonly sample: boolean
}
export interface GuideView {
  readonly id: string
  readonly owner: string
  readonly name: string | undefined
  readonly business: Business | undefined
  readonly author: string // who signed this version: the owner, or somebody he has delegated
  readonly body: GuideBody
  readonly record: string
  readonly delegation: string | undefined // the owner's record by which somebody else could sign it
  readonly latest: number // the newest version
  readonly isLive: boolean
  readonly firstAt: number
  readonly at: number // of this version
  readonly versions: readonly { readonly version: number; readonly at: number }[] // newest first
}
