/** What page and search worker say to each other. Both come from one build, so nothing is parsed twice here. */
import type { Asked, Facets, Found } from './asked.ts'
import type { Matched, Matching } from './match.ts'

/** `n` numbers the questions; an answer carries its question's number, so one that comes late can be told. */
export type ToWorker =
  /** Look for the newest edition: at the start, when a wire says that another follows, when the network is back. */
  | { readonly kind: 'look' }
  | { readonly kind: 'wire'; readonly edition: string; readonly changed: WireChanges }
  | { readonly kind: 'ask'; readonly n: number; readonly asked: Asked }
  /** Beside the open question, and without disturbing it. */
  | {
      readonly kind: 'match'
      readonly n: number
      readonly asker: Pick<Asked, 'locale' | 'now'>
      readonly matching: Matching
    }
  | { readonly kind: 'keep' }
  /** Gives up what is being kept; a pack that was whole before stays. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'let-go' }

/** What a wire holds now or has changed; null is gone. `held`: the wire is here, from this device or from the relay. */
export interface WireChanges {
  readonly entries: readonly (readonly [id: string, entry: string | null])[]
  readonly dead: readonly (readonly [ordinal: string, tokens: string | null])[]
  readonly held: boolean
}

export type FromWorker =
  /** This edition is loaded: its wire is wanted. `bare` when there is none to be had, here or on the network; `isPreparing`: the server is about to have its first. */
  | { readonly kind: 'edition'; readonly edition: string }
  | { readonly kind: 'bare'; readonly isPreparing: boolean }
  /** From now on this edition answers; wires of others can be let go. */
  | { readonly kind: 'in-force'; readonly edition: string }
  | { readonly kind: 'answer'; readonly n: number; readonly found: Found }
  | { readonly kind: 'facets'; readonly n: number; readonly facets: Facets }
  | { readonly kind: 'matched'; readonly n: number; readonly matched: Matched }
  /** What can be found has changed: an open question is worth asking again. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'pack'; readonly pack: PackState }

/** The whole town on this device. `bytes` is what it weighs on the way; `at` when the kept edition was printed, ms. */
export type PackState =
  | { readonly kind: 'none'; readonly bytes: number | undefined }
  | { readonly kind: 'keeping'; readonly done: number; readonly all: number; readonly bytes: number }
  | { readonly kind: 'kept'; readonly bytes: number; readonly at: number; readonly isCurrent: boolean }
  | { readonly kind: 'failed'; readonly bytes: number }
