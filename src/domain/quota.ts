/** How many listings a key may have live. A new key starts with few, and what stands for a day without being hidden makes room for more. */
export const mostLive = 200 // listings of one key at a time

export interface KeyRecord {
  /** Listings accepted at least a day ago that are not hidden; those that are. */
  readonly clean: number
  readonly hidden: number
}

/** Each that stands makes room for two more; each that is hidden takes three of those that stand out of the count. */
export const liveLimitOf = ({ clean, hidden }: KeyRecord, start: number): number =>
  start === 0 ? mostLive : Math.min(mostLive, start + 2 * Math.max(0, clean - 3 * hidden))
