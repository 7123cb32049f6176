/** What page and search worker say to each other. Both come from one build, so nothing is parsed twice here. */
import type { Asked, Found } from './query.ts'

/** `n` numbers the questions; an answer carries its question's number, so one that comes late can be told. */
export type ToWorker =
  | { readonly kind: 'printed'; readonly entries: unknown }
  | { readonly kind: 'wire'; readonly changed: readonly WireChange[] }
  | { readonly kind: 'ask'; readonly n: number; readonly asked: Asked }

/** A listing's id, and its entry as it stands in the wire; null when it is gone. */
export type WireChange = readonly [id: string, entry: string | null]

export type FromWorker =
  | { readonly kind: 'answer'; readonly n: number; readonly found: Found }
  /** What can be found has changed: an open question is worth asking again. */
  | { readonly kind: 'changed' }
