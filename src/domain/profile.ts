/** Who posts: a name and what kind of poster; a company must give its name in every listing too. */
import * as z from 'zod/mini'
import { sha256, utf8, type Bytes } from './bytes.ts'
import type { Did } from './identity.ts'
import { plainText } from './plain-text.ts'
import { posterKinds } from './poster.ts'

export const ProfileBody = z.strictObject({
  name: plainText(1, 20, 'name-length'),
  poster: z.enum(posterKinds),
  sample: z.optional(z.literal(true)),
})
export type ProfileBody = z.infer<typeof ProfileBody>

/** One profile per key: its nonce follows from the key, so that two devices of a key sign the same record. */
export const profileNonceOf = async (did: Did): Promise<Bytes> => (await sha256(utf8(`profile\n${did}`))).slice(0, 16)
