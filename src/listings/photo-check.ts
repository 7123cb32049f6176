/** Whether the portal's photos are those a record names: each fetched in full, and its bytes counted. */
import { blobPath } from '#domain/blob-path.ts'
import { sha256, toHex } from '#domain/bytes.ts'
import type { Photo } from '#domain/photo.ts'

export type PhotoVerdict = 'genuine' | 'forged' | 'unreachable'

export async function checkPhotos(photos: readonly Photo[]): Promise<PhotoVerdict> {
  let verdict: PhotoVerdict = 'genuine'
  for (const { hash } of photos) {
    const answer = await fetch(blobPath(hash)).catch(() => undefined)
    if (!answer?.ok) verdict = 'unreachable'
    else if (toHex(await sha256(new Uint8Array(await answer.arrayBuffer()))) !== hash) return 'forged'
  }
  return verdict
}
