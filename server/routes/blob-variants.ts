/** What is made of a photo: its name beside the blob, and its width in pixels. */
import { photoWidths } from '#domain/blob-path.ts'

export const blobVariants = { w320: photoWidths[0], w800: photoWidths[1] } as const
export type BlobVariant = keyof typeof blobVariants | 'whole'

/** @param width as an address says it; the widest is the photo itself */
export function variantOf(width: string | undefined): BlobVariant | undefined {
  if (width === undefined || width === String(photoWidths[2])) return 'whole'
  const name = `w${width}`
  return name === 'w320' || name === 'w800' ? name : undefined
}
