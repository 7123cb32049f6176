/**
 * A chosen file becomes a photo: looked at by its bytes, decoded, turned upright, made smaller and encoded anew. What the camera wrote
 * beside the picture, where it was taken included, is not copied: only pixels are.
 */
import { sha256, toHex, type Bytes } from '#domain/bytes.ts'
import { longestSide } from '#domain/blob-path.ts'
import { maxPhotoBytes, photoTypes, type Photo, type PhotoType } from '#domain/photo.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { readHeader } from './picture-header.ts'

export type PhotoFault = 'no-picture' | 'too-heavy' | 'too-many-pixels' | 'unreadable'

export interface Shrunk {
  readonly photo: Photo
  readonly bytes: Bytes
}

export const mostFileBytes = 40_000_000
export const mostPixels = 50_000_000 // a phone's camera has up to 48 or 50; decoded it takes four bytes for each
const headerBytes = 512 * 1024 // a JPEG may carry a whole preview before its size

export async function shrink(file: Blob): Promise<Result<Shrunk, PhotoFault>> {
  if (file.size > mostFileBytes) return err('too-heavy')
  const header = readHeader(new Uint8Array(await file.slice(0, headerBytes).arrayBuffer()))
  if (!header) return err('no-picture')
  if (header.size && header.size.width * header.size.height > mostPixels) return err('too-many-pixels')
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined)
  if (!picture) return err('unreadable')
  try {
    if (picture.width * picture.height > mostPixels) return err('too-many-pixels')
    return await encode(picture)
  } catch {
    return err('unreadable') // no memory for it
  } finally {
    picture.close()
  }
}

/** From the best to what is still a photo; the first that is light enough. */
const tries: readonly { readonly side: number; readonly quality: number }[] = [
  { side: longestSide, quality: 0.82 },
  { side: longestSide, quality: 0.68 },
  { side: 1280, quality: 0.68 },
  { side: 960, quality: 0.6 },
]

async function encode(picture: ImageBitmap): Promise<Result<Shrunk, PhotoFault>> {
  for (const { side, quality } of tries) {
    const canvas = drawn(picture, Math.min(1, side / Math.max(picture.width, picture.height)))
    const encoded = await encodedAs(canvas, quality)
    if (!encoded) return err('unreadable')
    if (encoded.size > maxPhotoBytes) continue
    const bytes = new Uint8Array(await encoded.arrayBuffer())
    const { width, height } = canvas
    const type = encoded.type as PhotoType
    return ok({ bytes, photo: { hash: toHex(await sha256(bytes)), width, height, bytes: bytes.length, type } })
  }
  return err('too-heavy')
}

function drawn(picture: ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const brush = canvas.getContext('2d')
  if (!brush) throw new Error('no canvas')
  brush.fillStyle = '#fff' // what shines through
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.imageSmoothingQuality = 'high'
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** WebP where the browser writes it; one that does not gives a PNG, and is asked for JPEG. */
async function encodedAs(canvas: HTMLCanvasElement, quality: number): Promise<Blob | undefined> {
  for (const type of photoTypes) {
    const encoded = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
    if (encoded?.type === type) return encoded
  }
  return undefined
}
