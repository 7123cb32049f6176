/**
 * All that is one person's in one file, to take along:
 *
 *   file    := JSON { type: 'bundle/1', signature, content, photos }
 *   content := JSON text of `Content`; the signature (base64url) covers exactly its UTF-8 bytes, as with records
 *   photos  := by the sha256 of their bytes, which the content names: { type, bytes in base64url }
 *
 * Its records are signed each by itself and are checked each by itself; the key is not in it. What is in it can be read by
 * whoever has the file.
 */
import * as z from 'zod/mini'
import { fromBase64url, sha256, toBase64url, toHex, utf8, type Bytes } from './bytes.ts'
import { HeldContact } from './contact.ts'
import { Did, verifies, type Signer } from './identity.ts'
import { blobHashPattern, maxPhotoBytes, photoTypes } from './photo.ts'
import { err, ok, type Result } from './result.ts'
import { lastInstant } from './time.ts'

const Texts = z.record(z.string(), z.string())
/** ms; later than any calendar goes nothing can be shown. */
const At = z.int().check(z.nonnegative(), z.maximum(lastInstant))
const Hash = z.string().check(z.regex(blobHashPattern))

/** One of the person's keys: what it has published, newest versions only, and how each listing is answered. */
const KeyPart = z.strictObject({
  did: Did,
  records: z.array(z.string()),
  contacts: z.record(z.string(), HeldContact),
})

/** `workspace` is the private workspace map by map; `guides` drafts of guides by the name of their room, as Yjs updates in base64url. */
const Content = z.strictObject({
  type: z.literal('bundle/1'),
  portal: z.string().check(z.maxLength(60)),
  author: Did,
  at: At,
  keys: z.array(KeyPart).check(z.maxLength(2)),
  workspace: z.record(z.string(), Texts),
  guides: Texts,
  messages: z.array(z.strictObject({ from: z.string(), listing: z.string(), at: At, text: z.string() })),
  settings: Texts,
  photos: z.array(Hash),
})
export type BundleContent = z.infer<typeof Content>

const KeptPicture = z.strictObject({
  type: z.enum(photoTypes),
  bytes: z.string().check(z.maxLength(2 * maxPhotoBytes)),
})
const File = z.strictObject({
  type: z.literal('bundle/1'),
  signature: z.string(),
  content: z.string(),
  photos: z.record(Hash, KeptPicture),
})

export interface BundlePhoto {
  readonly hash: string
  readonly type: (typeof photoTypes)[number]
  readonly bytes: Bytes
}

/** The file in pieces, one for each photo, so that no text as long as all of them is ever made. */
export async function sealBundle(
  signer: Signer,
  content: BundleContent,
  photos: Iterable<BundlePhoto>,
): Promise<readonly string[]> {
  const json = JSON.stringify(content)
  const signature = toBase64url(await signer.sign(utf8(json)))
  const pieces = [...photos].map(
    ({ hash, type, bytes }) => `${JSON.stringify(hash)}:${JSON.stringify({ type, bytes: toBase64url(bytes) })}`,
  )
  const head = `{"type":"bundle/1","signature":"${signature}","content":${JSON.stringify(json)},"photos":{`
  return [head, ...pieces.map((piece, at) => (at > 0 ? `,\n${piece}` : piece)), '}}\n']
}

export interface Bundle {
  readonly content: BundleContent
  readonly photos: ReadonlyMap<string, BundlePhoto>
  /** Named, and not in the file or damaged in it. */
  readonly missing: readonly string[]
}
/** `not-bundle`: some other file, or the end of it is missing; `bad-signature`: something in it was changed; `bad-content`: made by a newer portal. */
export type BundleFault = { readonly kind: 'not-bundle' | 'bad-signature' | 'bad-content' }

export async function openBundle(text: string): Promise<Result<Bundle, BundleFault>> {
  const file = File.safeParse(jsonOf(text))
  if (!file.success) return err({ kind: 'not-bundle' })
  const { content: json, signature, photos } = file.data
  const author = Did.safeParse((jsonOf(json) as { readonly author?: unknown } | undefined)?.author)
  const bytes = fromBase64url(signature)
  if (!author.success || !bytes || !(await verifies(author.data, bytes, utf8(json))))
    return err({ kind: 'bad-signature' })
  const content = Content.safeParse(jsonOf(json))
  if (!content.success) return err({ kind: 'bad-content' })
  const good = new Map<string, BundlePhoto>()
  for (const hash of content.data.photos) {
    const kept = photos[hash]
    const picture = kept && fromBase64url(kept.bytes)
    if (kept && picture && toHex(await sha256(picture)) === hash)
      good.set(hash, { hash, type: kept.type, bytes: picture })
  }
  const missing = content.data.photos.filter((hash) => !good.has(hash))
  return ok({ content: content.data, photos: good, missing })
}

/**
 * `put`: signed for this portal, goes onto the shelf as it is. `publish`: signed for another portal, is signed again by the same
 * key and keeps its id. `draft`: cannot be published as it is, or by this key; comes as a draft. `known`: is here already.
 * `over`: has ended. `stays`: has no meaning elsewhere (whom a business lets write, a moderator's labels, the end of a key). `refused`: not genuine.
 */
export const bringActions = ['put', 'publish', 'draft', 'known', 'over', 'stays', 'refused'] as const
export type BringAction = (typeof bringActions)[number]

/** Undefined for what is no JSON, and for what would set a prototype. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text, (key, part: unknown) => {
      if (key === '__proto__') throw new Error('forbidden')
      return part
    })
  } catch {
    return undefined
  }
}
