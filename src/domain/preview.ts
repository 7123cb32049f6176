/** What the picture of a page says that other apps show beside its address. */
export interface PreviewCard {
  /** As somebody typed it. */
  readonly title: string
  /** What counts most, such as a price; may be empty. */
  readonly amount: string
  readonly unit: string
  /** Where it belongs, such as "Jobs · Lanshan". */
  readonly note: string
  readonly town: string
  /** `#rrggbb`; the ground runs from one to the other. */
  readonly ground: readonly [top: string, bottom: string]
  readonly accent: string
  /** A path on a grid of 24 by 24. */
  readonly icon: string
  /** The hash of a photo. It is shown while the portal shows it. */
  readonly cover?: string
}

/** Pixels. What apps ask for; a square cut out of the middle still shows the title's beginning. */
export const previewSize = { width: 1200, height: 630 } as const
