/** A listing's photos as one text of the form, so that a draft keeps and merges them like any other control. */
import { Photo } from '#domain/photo.ts'

export function photosIn(text: string | undefined): readonly Photo[] {
  try {
    const rows: unknown = text ? JSON.parse(text) : []
    return Array.isArray(rows) ? rows.flatMap((row: unknown) => Photo.safeParse(row).data ?? []) : []
  } catch {
    return []
  }
}

/** The same photos in the same order have the same text. */
export const photosText = (photos: readonly Photo[]): string =>
  photos.length === 0
    ? ''
    : JSON.stringify(photos.map(({ hash, width, height, bytes, type }) => ({ hash, width, height, bytes, type })))
