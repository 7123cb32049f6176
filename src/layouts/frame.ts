/** What a page tells its frame about itself. */
export interface PageHead {
  readonly title: string
  readonly description: string
  /** The page's own address without filters that do not change what it is about; none for pages nobody should index. */
  readonly canonical?: string
  readonly noindex?: boolean
  /** Shown in place of another page, at its address. */
  readonly standsIn?: boolean
  readonly kind?: 'website' | 'article'
  /** The picture other apps show beside the address; the portal's own where there is none. */
  readonly picture?: string | undefined
  readonly previous?: string | undefined
  readonly next?: string | undefined
}

/** Which entry of the navigation a page belongs to. */
export type Section = 'home' | 'search' | 'post' | 'guides' | 'notices' | 'phones' | 'links' | 'me'
