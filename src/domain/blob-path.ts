/** Where a photo is, and how wide; apart from its schema, so that a page that only shows photos carries no more. */

/** Pixels of the longest side, as browsers shrink a photo and the portal takes it. */
export const longestSide = 1600
/** Widths a page may ask for; the last is the photo as it is. */
export const photoWidths = [320, 800, longestSide] as const
export type PhotoWidth = (typeof photoWidths)[number]

/** The widest is the photo itself: its bytes can be checked. */
export const blobPath = (hash: string, width?: PhotoWidth): string =>
  width === undefined || width === longestSide ? `/blobs/${hash}` : `/blobs/${hash}?w=${width}`

/** For `srcset`: what there is of a photo, by its own width; nothing is ever made larger. */
export function photoSources({ hash, width }: { readonly hash: string; readonly width: number }): string {
  const narrower = photoWidths.filter((each) => each < width).map((each) => `${blobPath(hash, each)} ${each}w`)
  return [...narrower, `${blobPath(hash, longestSide)} ${width}w`].join(', ')
}
