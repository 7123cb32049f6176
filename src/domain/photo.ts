/**
 * A photo in a listing's signed record: the sha256 of its bytes and what a page needs to lay it out before they come. The order of
 * a listing's photos is the author's; the first is the cover. The bytes lie apart (`/blobs/<hash>`) and are the same for everyone.
 */
import * as z from 'zod/mini'
import { longestSide } from './blob-path.ts'

export const mostPhotos = 8
export const maxPhotoBytes = 1_000_000
export const photoTypes = ['image/webp', 'image/jpeg'] as const
export type PhotoType = (typeof photoTypes)[number]

export const blobHashPattern = /^[0-9a-f]{64}$/
export const isBlobHash = (text: string): boolean => blobHashPattern.test(text)

const Side = z.int('photo-form').check(z.minimum(1, 'photo-form'), z.maximum(longestSide, 'photo-form'))

export const Photo = z.strictObject(
  {
    hash: z.string('photo-form').check(z.regex(blobHashPattern, 'photo-form')),
    width: Side,
    height: Side,
    bytes: z.int('photo-form').check(z.minimum(1, 'photo-form'), z.maximum(maxPhotoBytes, 'photo-form')),
    type: z.enum(photoTypes, 'photo-form'),
  },
  'photo-form',
)
export type Photo = z.infer<typeof Photo>

/** Of a listing: left out where there are none, so that records from before there were photos read as ever. None twice. */
export const Photos = z.array(Photo, 'photo-form').check(
  z.minLength(1, 'photo-form'),
  z.maxLength(mostPhotos, 'photo-count'),
  z.refine((photos) => new Set(photos.map(({ hash }) => hash)).size === photos.length, 'photo-form'),
)
