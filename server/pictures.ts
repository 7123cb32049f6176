/** What is asked of the bytes of a photo, and how it is made smaller. Neither its name nor the type it claims is believed: it is decoded. */
import sharp from 'sharp'
import { longestSide } from '#domain/blob-path.ts'
import { type PhotoType } from '#domain/photo.ts'
import { err, ok, type Result } from '#domain/result.ts'

export type PictureFault = {
  readonly kind: 'photo-type' | 'photo-size' | 'photo-damaged' | 'photo-metadata'
}

/** By its first bytes. Nothing else ever reaches the decoder: no document, no animation, no camera's own format. */
export function typeOfPicture(bytes: Uint8Array): PhotoType | undefined {
  const starts = (text: string, at = 0) => [...text].every((char, i) => bytes[at + i] === char.charCodeAt(0))
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  return starts('RIFF') && starts('WEBP', 8) ? 'image/webp' : undefined
}

/** Decodes the whole picture; resolves with its smallest variant, which is needed first. */
export async function examine(bytes: Uint8Array, smallest: number): Promise<Result<Uint8Array, PictureFault>> {
  const type = typeOfPicture(bytes)
  if (!type) return err({ kind: 'photo-type' })
  const picture = () => sharp(bytes, { limitInputPixels: longestSide * longestSide, sequentialRead: true })
  try {
    const { format, width, height, pages = 1, exif, xmp, iptc } = await picture().metadata()
    if (`image/${format}` !== type || pages > 1) return err({ kind: 'photo-type' })
    if (width > longestSide || height > longestSide) return err({ kind: 'photo-size' })
    if (exif ?? xmp ?? iptc) return err({ kind: 'photo-metadata' }) // it may tell where it was taken
    await picture().stats() // every pixel: a picture that ends half way is found here
    return ok(await shrink(bytes, smallest))
  } catch (thrown) {
    return err({ kind: /pixel limit/i.test(String(thrown)) ? 'photo-size' : 'photo-damaged' })
  }
}

/** WebP, whatever came in; never larger than it was. */
export const shrink = async (bytes: Uint8Array, width: number): Promise<Uint8Array> =>
  sharp(bytes, { limitInputPixels: longestSide * longestSide })
    .resize({ width, withoutEnlargement: true })
    .webp({ quality: 78 })
    .toBuffer()
