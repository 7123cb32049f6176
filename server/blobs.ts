/**
 * Photos at the portal: what may be stored, what is shown, and when it goes. A photo is shown only while a listing names it that has a
 * page; one that no listing names is kept for a day, for the listing that is still on its way.
 */
import { blobVariants, type BlobVariant } from './routes/blob-variants.ts'
import type { BlobLimits } from './blob-limits.ts'
import type { PictureQueue } from './picture-queue.ts'
import { examine, shrink, type PictureFault } from './pictures.ts'
import type { NamedPhotos } from './stores/photos.ts'
import type { Sent } from './stores/sent.ts'
import type { BlobStore } from './stores/store.ts'
import { err, ok, type Result } from '#domain/result.ts'

export type BlobFault =
  PictureFault | { readonly kind: 'photo-quota' | 'photo-room' | 'disk-low' | 'busy' | 'storage' | 'wrong-hash' }

export interface Blobs {
  /** Takes the bytes of a photo. Once more changes nothing. */
  receive(hash: string, bytes: Uint8Array, from: Sender): Promise<Result<void, BlobFault>>
  /** Whether it need not be sent: shown, or come not long ago. */
  has(hash: string): Promise<boolean>
  /** What everybody may see. `gone`: a listing named it once. */
  show(hash: string, variant: BlobVariant): Promise<Uint8Array | 'missing' | 'gone'>
  /** Removes what is named no more. */
  sweep(): Promise<number>
}
export interface Sender {
  readonly did: string
  readonly network: string
}

export interface BlobsDeps {
  readonly store: BlobStore
  readonly named: NamedPhotos
  readonly queue: PictureQueue
  readonly limits: BlobLimits
  /** Counts a day's bytes of all these names where they fit; a restart forgets nothing. */
  readonly take: (sent: Sent) => Promise<boolean>
  readonly isDiskLow: () => Promise<boolean>
  readonly now: () => number
}

const hourMs = 3_600_000
const unnamedMs = 24 * hourMs
const surelyThereMs = 12 * hourMs // after it a photo that is not named is sent again, so that it is not swept under its listing
const graceMs = 10 * 60_000 // for "undo"
const mostWaiting = 24

export function createBlobs({ store, named, queue, limits, take, isDiskLow, now }: BlobsDeps): Blobs {
  let unnamedBytes = 0
  const makings = new Map<string, Promise<Uint8Array>>()

  const make = (hash: string, bytes: Uint8Array, variant: Exclude<BlobVariant, 'whole'>): Promise<Uint8Array> => {
    const key = `${hash}.${variant}`
    const making = makings.get(key) ?? queue.run(() => shrink(bytes, blobVariants[variant]))
    if (!makings.has(key)) {
      makings.set(key, making)
      const keep = async () => store.putMade(hash, variant, await making, now())
      void keep()
        .catch(() => undefined) // it is made again
        .finally(() => makings.delete(key))
    }
    return making
  }
  return {
    async receive(hash, bytes, { did, network }) {
      if (await store.stat(hash)) return ok(await store.touch(hash, now()))
      if (queue.length() >= mostWaiting) return err({ kind: 'busy' })
      if (await isDiskLow()) return err({ kind: 'disk-low' })
      const isFull = limits.unnamedBytes > 0 && unnamedBytes + bytes.length > limits.unnamedBytes
      if (isFull) return err({ kind: 'photo-room' })
      const counted = [
        { name: `network ${network}`, most: limits.bytesPerNetwork },
        { name: did, most: limits.bytesPerKey },
      ].filter(({ most }) => most > 0)
      // counted before it is decoded: bad pictures cost as much
      const fits = await take({ counted, bytes: bytes.length, now: now() }).catch(() => undefined)
      if (fits === undefined) return err({ kind: 'storage' })
      if (!fits) return err({ kind: 'photo-quota' })
      const examined = await queue.run(() => examine(bytes, blobVariants.w320))
      if (!examined.ok) return examined
      const stored = await store.put(hash, bytes, now())
      if (!stored.ok) return err({ kind: 'storage' })
      unnamedBytes += bytes.length
      await store.putMade(hash, 'w320', examined.value, now()).catch(() => undefined)
      return ok(undefined)
    },
    async has(hash) {
      const found = await store.stat(hash)
      return found !== undefined && (named.isNamed(hash, now()) || now() - found.at < surelyThereMs)
    },
    async show(hash, variant) {
      if (!named.isNamed(hash, now())) return named.endedAt(hash, now()) === undefined ? 'missing' : 'gone'
      const made = variant === 'whole' ? undefined : await store.readMade(hash, variant)
      if (made) return made
      const whole = await store.read(hash)
      if (!whole) return 'missing' // its listing was quicker
      return variant === 'whole' ? whole : make(hash, whole, variant)
    },
    async sweep() {
      let [removed, unnamed] = [0, 0]
      for await (const { hash, bytes, at } of store.all()) {
        if (named.isNamed(hash, now())) continue
        const endedAt = named.endedAt(hash, now())
        const goesAt = endedAt !== undefined && endedAt >= at ? endedAt + graceMs : at + unnamedMs
        if (now() < goesAt) unnamed += bytes
        else {
          await store.remove(hash)
          removed++
        }
      }
      unnamedBytes = unnamed
      return removed
    },
  }
}
