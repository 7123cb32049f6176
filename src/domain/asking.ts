/** What a page may ask of the service worker, and the answer to `list`. Types only, so a page carries nothing for it. */
export type Ask =
  /** Fetch what should be readable without a network: the asking page, the start page, the printed pages. */
  | { readonly kind: 'fill'; readonly page: string }
  /** A reader tapped: the waiting version takes over. */
  | { readonly kind: 'take-over' }
  /** Fetch no more until a page asks to fill. Answered through the port that comes with it, when nothing is under way. */
  | { readonly kind: 'rest' }
  /** What can be read here? Answered through the port that comes with it. */
  | { readonly kind: 'list' }

export interface KeptPage {
  readonly path: string
  /** As it stands in the page's source, entities and all. */
  readonly title: string
  readonly savedAt: number
}

export interface Kept {
  readonly pages: readonly KeptPage[]
  readonly guides: readonly KeptPage[]
}
